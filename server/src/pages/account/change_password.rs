//! `POST /account/password`.

use app::account::{SecurityForm, SecurityNews, Sent};
use axum::extract::State;
use axum::response::Response;
use contract::auth::ChangePassword;
use contract::fields::Secret;
use serde::Deserialize;

use super::door::Posted;
use super::owner::Owner;
use super::security;
use crate::api::extract::VisitOf;
use crate::http::AppState;

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    current: Secret,
    #[serde(default)]
    password: Secret,
}

pub(super) async fn post(
    State(state): State<AppState>,
    owner: Owner,
    VisitOf(visit): VisitOf,
    Posted(fields): Posted<Fields>,
) -> Response {
    let change = ChangePassword { current: fields.current, password: fields.password };
    match state.auth.change_password(&owner.principal, change, &visit).await {
        Ok(()) => security::done(SecurityNews::PasswordChanged),
        Err(error) => security::refused(&state, &owner, error, Sent::default(), SecurityForm::Password).await,
    }
}
