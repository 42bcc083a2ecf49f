//! `/reset-password`: the link of a mail, and the new password.

use app::account::{Arrival, ResetPage, Sent};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use contract::auth::ResetPassword;
use contract::fields::Secret;
use serde::Deserialize;

use super::door::{InAddress, Posted, with_token};
use super::owner::Anybody;
use super::show;
use crate::api::extract::VisitOf;
use crate::cookies::Cookies;
use crate::http::AppState;

#[derive(Default, Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    token: Secret,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    token: Secret,
    #[serde(default)]
    password: Secret,
}

pub(super) async fn get(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    InAddress(link): InAddress<Link>,
) -> Response {
    let Link { token } = link;
    show::page(&state, &seen, StatusCode::OK, ResetPage { token, form: Sent::default() })
}

pub(super) async fn post(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    VisitOf(visit): VisitOf,
    Posted(Fields { token, password }): Posted<Fields>,
) -> Response {
    let reset = ResetPassword { token: token.clone(), password };
    match state.auth.reset_password(reset, &visit).await {
        // Every session of the account has ended, this browser's among them.
        Ok(()) => {
            let to = Redirect::to(&format!("/sign-in?from={}", Arrival::PasswordReset.as_str()));
            let mut response = to.into_response();
            for (name, value) in Cookies::of(&state.site).clear() {
                response.headers_mut().append(name, value);
            }
            response
        }
        Err(error) => {
            let (status, form) = show::refused(error, Sent::default());
            let address = with_token("/reset-password", &token);
            show::at(&state, &seen, &address, status, ResetPage { token, form })
        }
    }
}
