//! `/sign-in/code`: the second step.

use app::account::{CodePage, Sent};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use contract::ErrorCode;
use contract::fields::Secret;
use serde::Deserialize;

use super::door::{InAddress, Posted, challenge, let_in};
use super::owner::Anybody;
use super::{own_path, show};
use crate::api::extract::VisitOf;
use crate::http::AppState;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    next: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    code: Secret,
    next: Option<String>,
}

pub(super) async fn get(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    headers: HeaderMap,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    if challenge(&state, &headers).is_none() {
        return Redirect::to("/sign-in").into_response();
    }
    let next = asked.next.filter(|next| own_path(next).is_some());
    show::page(&state, &seen, StatusCode::OK, CodePage { form: Sent::default(), next })
}

pub(super) async fn post(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    VisitOf(visit): VisitOf,
    headers: HeaderMap,
    Posted(fields): Posted<Fields>,
) -> Response {
    let next = fields.next.filter(|next| own_path(next).is_some());
    let Some(challenge) = challenge(&state, &headers) else {
        return refused(&state, &seen, next, ErrorCode::SessionEnded.into());
    };
    match state.auth.sign_in_with_code(&challenge, &fields.code, &visit).await {
        Ok(tokens) => let_in(&state, &tokens, next.as_deref()),
        Err(error) => refused(&state, &seen, next, error),
    }
}

fn refused(
    state: &AppState,
    seen: &crate::pages::seen::Seen,
    next: Option<String>,
    error: platform::auth::AuthError,
) -> Response {
    let (status, form) = show::refused(error, Sent::default());
    show::page(state, seen, status, CodePage { form, next })
}
