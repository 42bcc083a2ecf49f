//! `POST /account/sessions/...`: signing other devices out.

use app::account::SecurityNews;
use axum::extract::{Path, State};
use axum::response::Response;
use contract::ErrorCode;
use platform::auth::AuthError;

use super::owner::Owner;
use super::{security, show};
use crate::api::extract::VisitOf;
use crate::http::AppState;

/// One of them.
pub(super) async fn end(
    State(state): State<AppState>,
    owner: Owner,
    VisitOf(visit): VisitOf,
    Path(id): Path<String>,
) -> Response {
    let outcome = match id.parse() {
        Ok(id) => state.auth.revoke_session(&owner.principal, id, &visit).await,
        Err(_) => Err(AuthError::Refused(ErrorCode::NotFound)),
    };
    answer(&state, &owner, outcome, SecurityNews::SessionEnded)
}

/// All but this one.
pub(super) async fn end_others(
    State(state): State<AppState>,
    owner: Owner,
    VisitOf(visit): VisitOf,
) -> Response {
    let outcome = state.auth.revoke_other_sessions(&owner.principal, &visit).await;
    answer(&state, &owner, outcome, SecurityNews::OthersEnded)
}

fn answer(state: &AppState, owner: &Owner, outcome: Result<(), AuthError>, news: SecurityNews) -> Response {
    match outcome {
        Ok(()) => security::done(news),
        // It had ended already: what its owner wanted is so.
        Err(AuthError::Refused(ErrorCode::NotFound)) => security::done(news),
        Err(error) => show::failure(state, &owner.seen, error.code()),
    }
}
