//! People: profile, settings, and what others see of them.

mod delete_me;
mod export_me;
mod get_me;
mod get_settings;
mod get_user;
mod list_users;
mod lock;
mod put_settings;
mod unlock;
mod update_me;

use axum::http::Method;
use axum::middleware::from_fn_with_state;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::AppState;
use crate::middleware::idempotency;

/// Every operation of the feature.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get_me::get))
        .routes(routes!(update_me::patch).layer(from_fn_with_state(Method::PATCH, idempotency::once)))
        .routes(routes!(delete_me::delete))
        .routes(routes!(export_me::get))
        .routes(routes!(get_settings::get))
        .routes(routes!(put_settings::put))
        .routes(routes!(get_user::get))
        .routes(routes!(list_users::get))
        .routes(routes!(lock::post))
        .routes(routes!(unlock::post))
}
