//! `POST /account/second-step/...`: setting it up, turning it off, new recovery codes.

use app::account::{RecoveryPage, SecurityForm, SecurityNews, Sent, TotpPage};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use contract::fields::Secret;
use serde::Deserialize;

use super::door::Posted;
use super::owner::Owner;
use super::{security, show};
use crate::api::extract::VisitOf;
use crate::http::AppState;

/// Where these forms' answers can be had again, since none of them has an address of its own.
const HOME: &str = "/account/security";

#[derive(Deserialize)]
pub(super) struct Password {
    #[serde(default)]
    password: Secret,
}

#[derive(Deserialize)]
pub(super) struct Code {
    #[serde(default)]
    code: Secret,
}

/// Shows the secret that the app needs.
pub(super) async fn begin(State(state): State<AppState>, owner: Owner) -> Response {
    match state.auth.totp_begin(&owner.principal).await {
        Ok(setup) => {
            let page = TotpPage { setup: Some(setup), form: Sent::default() };
            show::at(&state, &owner.seen, HOME, StatusCode::OK, page)
        }
        Err(error) => show::failure(&state, &owner.seen, error.code()),
    }
}

/// Takes the first code; shows the recovery codes.
pub(super) async fn confirm(
    State(state): State<AppState>,
    owner: Owner,
    VisitOf(visit): VisitOf,
    Posted(Code { code }): Posted<Code>,
) -> Response {
    match state.auth.totp_confirm(&owner.principal, &code, &visit).await {
        Ok(codes) => show::at(&state, &owner.seen, HOME, StatusCode::OK, RecoveryPage { codes }),
        Err(error) => {
            let (status, form) = show::refused(error, Sent::default());
            // Not the secret again: it was shown once, and the app has it.
            show::at(&state, &owner.seen, HOME, status, TotpPage { setup: None, form })
        }
    }
}

/// Turns it off.
pub(super) async fn off(
    State(state): State<AppState>,
    owner: Owner,
    VisitOf(visit): VisitOf,
    Posted(Password { password }): Posted<Password>,
) -> Response {
    match state.auth.totp_disable(&owner.principal, &password, &visit).await {
        Ok(()) => security::done(SecurityNews::TotpOff),
        Err(error) => security::refused(&state, &owner, error, Sent::default(), SecurityForm::TotpOff).await,
    }
}

/// New recovery codes in the place of the old ones.
pub(super) async fn codes(
    State(state): State<AppState>,
    owner: Owner,
    VisitOf(visit): VisitOf,
    Posted(Password { password }): Posted<Password>,
) -> Response {
    match state.auth.renew_recovery_codes(&owner.principal, &password, &visit).await {
        Ok(codes) => show::at(&state, &owner.seen, HOME, StatusCode::OK, RecoveryPage { codes }),
        Err(error) => {
            security::refused(&state, &owner, error, Sent::default(), SecurityForm::RenewCodes).await
        }
    }
}
