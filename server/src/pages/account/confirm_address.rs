//! `/confirm-address`: the link of a mail. Looking at it changes nothing, because programs look at every link.

use app::account::{AskVerifyPage, Sent, VerifiedPage};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use contract::fields::Secret;
use serde::Deserialize;

use super::door::{InAddress, Posted, with_token};
use super::owner::Anybody;
use super::show;
use crate::api::extract::VisitOf;
use crate::http::AppState;

#[derive(Default, Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    token: Secret,
}

pub(super) async fn get(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    InAddress(link): InAddress<Link>,
) -> Response {
    let Link { token } = link;
    show::page(&state, &seen, StatusCode::OK, AskVerifyPage { token, form: Sent::default() })
}

pub(super) async fn post(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    VisitOf(visit): VisitOf,
    Posted(Link { token }): Posted<Link>,
) -> Response {
    match state.auth.verify_email(&token, &visit).await {
        Ok(()) => show::at(&state, &seen, "/account", StatusCode::OK, VerifiedPage),
        Err(error) => {
            let (status, form) = show::refused(error, Sent::default());
            let address = with_token("/confirm-address", &token);
            show::at(&state, &seen, &address, status, AskVerifyPage { token, form })
        }
    }
}
