//! `/sign-in`.

use app::account::{Arrival, Sent, SignInPage};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use contract::auth::SignIn;
use contract::fields::Secret;
use platform::auth::AuthError;
use serde::Deserialize;

use super::door::{InAddress, Posted, challenge_cookie, let_in};
use super::owner::Anybody;
use super::{own_path, show};
use crate::api::extract::VisitOf;
use crate::http::AppState;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    from: String,
    next: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: Secret,
    next: Option<String>,
}

pub(super) async fn get(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let next = asked.next.filter(|next| own_path(next).is_some());
    if matches!(seen.me, Ok(Some(_))) {
        return Redirect::to(next.as_deref().unwrap_or("/account")).into_response();
    }
    let page = SignInPage { form: Sent::default(), next, arrival: Arrival::parse(&asked.from) };
    show::page(&state, &seen, StatusCode::OK, page)
}

pub(super) async fn post(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    VisitOf(visit): VisitOf,
    Posted(fields): Posted<Fields>,
) -> Response {
    let next = fields.next.filter(|next| own_path(next).is_some());
    let form = Sent::with([("email", fields.email.clone())]);
    let sign_in = SignIn { email: fields.email, password: fields.password, code: None };
    match state.auth.sign_in(sign_in, &visit).await {
        Ok(tokens) => let_in(&state, &tokens, next.as_deref()),
        Err(AuthError::CodeRequired { challenge }) => {
            let query = next.map(|next| format!("?{}", with_next(&next))).unwrap_or_default();
            let cookie = challenge_cookie(&state, challenge.expose());
            ([cookie], Redirect::to(&format!("/sign-in/code{query}"))).into_response()
        }
        Err(error) => {
            let (status, form) = show::refused(error, form);
            show::page(&state, &seen, status, SignInPage { form, next, arrival: None })
        }
    }
}

fn with_next(next: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish()
}
