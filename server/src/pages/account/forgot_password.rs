//! `/forgot-password`.

use app::account::{ForgotPage, MailKind, Sent};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
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
}

pub(super) async fn get(State(state): State<AppState>, Anybody(seen): Anybody) -> Response {
    show::page(&state, &seen, StatusCode::OK, ForgotPage::default())
}

pub(super) async fn post(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    VisitOf(visit): VisitOf,
    Posted(fields): Posted<Fields>,
) -> Response {
    match state.auth.forgot_password(&fields.email, &visit).await {
        Ok(()) => Redirect::to(&format!("/check-your-mail?for={}", MailKind::Reset.as_str())).into_response(),
        Err(error) => {
            let (status, form) = show::refused(error, Sent::with([("email", fields.email)]));
            show::page(&state, &seen, status, ForgotPage { form })
        }
    }
}
