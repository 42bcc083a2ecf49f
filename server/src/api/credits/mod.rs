//! Credits: what somebody has, what became of them, and gifts.

mod balance;
mod grant;
mod history;

use axum::http::Method;
use axum::middleware::from_fn_with_state;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::AppState;
use crate::middleware::idempotency;

/// Every operation of the feature.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(balance::get))
        .routes(routes!(history::get))
        .routes(routes!(grant::post).layer(from_fn_with_state(Method::POST, idempotency::once)))
}
