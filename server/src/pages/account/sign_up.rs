//! `/sign-up`.

use app::account::{MailKind, Sent, SignUpPage};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use contract::auth::SignUp;
use contract::fields::Secret;
use platform::auth::AuthError;
use serde::Deserialize;

use super::door::Posted;
use super::owner::Anybody;
use super::show;
use crate::api::extract::VisitOf;
use crate::http::AppState;

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: Secret,
    #[serde(default)]
    name: String,
}

pub(super) async fn get(State(state): State<AppState>, Anybody(seen): Anybody) -> Response {
    show::page(&state, &seen, StatusCode::OK, SignUpPage::default())
}

pub(super) async fn post(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    VisitOf(visit): VisitOf,
    Posted(fields): Posted<Fields>,
) -> Response {
    let form = Sent::with([("email", fields.email.clone()), ("name", fields.name.clone())]);
    let language = Some(seen.visitor.language);
    let sign_up = SignUp { email: fields.email, password: fields.password, name: fields.name, language };
    let outcome = match sign_up.check() {
        Ok(new) => state.auth.sign_up(new, &visit).await,
        Err(faults) => Err(AuthError::Fields(faults)),
    };
    match outcome {
        Ok(()) => {
            Redirect::to(&format!("/check-your-mail?for={}", MailKind::SignUp.as_str())).into_response()
        }
        Err(error) => {
            let (status, form) = show::refused(error, form);
            show::page(&state, &seen, status, SignUpPage { form })
        }
    }
}
