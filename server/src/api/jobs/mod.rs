//! Jobs: asking for one, looking at it, stopping it, and hearing of it.

mod cancel;
mod create;
mod events;
mod get;
mod list;
mod retry;
mod stream;
#[cfg(test)]
mod tests;

use axum::http::Method;
use axum::middleware::from_fn_with_state;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::AppState;
use crate::middleware::idempotency;

/// Every operation of the feature.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(create::post).layer(from_fn_with_state(Method::POST, idempotency::once)))
        .routes(routes!(list::get))
        .routes(routes!(stream::get))
        .routes(routes!(get::get))
        .routes(routes!(events::get))
        .routes(routes!(cancel::post))
        .routes(routes!(retry::post))
}
