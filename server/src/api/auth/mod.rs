//! Accounts: signing up and in, sessions, second step, keys.

mod begin_totp;
mod change_email;
mod change_password;
mod confirm_totp;
mod create_api_key;
mod disable_totp;
mod forgot_password;
mod jwks;
mod list_api_keys;
mod list_security_events;
mod list_sessions;
mod login;
mod logout;
mod refresh;
mod register;
mod renew_recovery_codes;
mod resend_verification;
mod reset_password;
mod revoke_api_key;
mod revoke_other_sessions;
mod revoke_session;
mod tokens;
mod verify_email;

use axum::http::Method;
use axum::middleware::from_fn_with_state;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::AppState;
use crate::middleware::idempotency;

/// Every operation of the feature.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(register::post))
        .routes(routes!(login::post))
        .routes(routes!(refresh::post))
        .routes(routes!(logout::post))
        .routes(routes!(verify_email::post))
        .routes(routes!(resend_verification::post))
        .routes(routes!(forgot_password::post))
        .routes(routes!(reset_password::post))
        .routes(routes!(change_password::post))
        .routes(routes!(change_email::post))
        .routes(routes!(list_sessions::get))
        .routes(routes!(revoke_other_sessions::delete))
        .routes(routes!(revoke_session::delete))
        .routes(routes!(begin_totp::post))
        .routes(routes!(disable_totp::delete))
        .routes(routes!(confirm_totp::post))
        .routes(routes!(renew_recovery_codes::post))
        .routes(routes!(list_api_keys::get))
        .routes(routes!(create_api_key::post).layer(from_fn_with_state(Method::POST, idempotency::once)))
        .routes(routes!(revoke_api_key::delete))
        .routes(routes!(list_security_events::get))
}

/// What other services check our tokens with, at the address where they look for it.
pub(crate) fn well_known() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(jwks::get))
}
