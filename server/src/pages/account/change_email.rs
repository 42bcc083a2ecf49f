//! `POST /account/email`.

use app::account::{MailKind, SecurityForm, Sent};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use contract::auth::ChangeEmail;
use contract::fields::Secret;
use serde::Deserialize;

use super::door::Posted;
use super::owner::Owner;
use super::security;
use crate::http::AppState;

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: Secret,
}

pub(super) async fn post(
    State(state): State<AppState>,
    owner: Owner,
    Posted(fields): Posted<Fields>,
) -> Response {
    let form = Sent::with([("email", fields.email.clone())]);
    let change = ChangeEmail { email: fields.email, password: fields.password };
    match state.auth.change_email(&owner.principal, change).await {
        Ok(()) => Redirect::to(&format!("/check-your-mail?for={}", MailKind::Email.as_str())).into_response(),
        Err(error) => security::refused(&state, &owner, error, form, SecurityForm::Email).await,
    }
}
