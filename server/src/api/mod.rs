//! The API: one folder per feature, one operation per file.

pub(crate) mod csp_reports;
pub(crate) mod docs;
pub(crate) mod error;
pub(crate) mod extract;
pub(crate) mod health;
pub(crate) mod metrics;
pub(crate) mod openapi;
pub(crate) mod refusals;
pub(crate) mod results;
pub(crate) mod swaps;

use axum::Router;
use axum::routing::{any, get};
use contract::ErrorCode;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::error::ApiError;
use crate::http::AppState;

/// Every operation at its address, and the description of them all.
pub(crate) fn documented() -> (Router<AppState>, utoipa::openapi::OpenApi) {
    let studio = OpenApiRouter::new()
        .routes(routes!(swaps::create::post))
        .routes(routes!(results::picture::get))
        .routes(routes!(csp_reports::post));
    let (router, document) = OpenApiRouter::with_openapi(openapi::Api::openapi())
        .routes(routes!(health::get))
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .nest("/api/v1", studio)
        .split_for_parts();
    (router, openapi::complete(document))
}

/// The operations, their description, and a problem for every other address under `/api`.
pub(crate) fn routes() -> Router<AppState> {
    let (operations, document) = documented();
    let operations = operations.merge(docs::routes(document)).route("/metrics", get(metrics::get));
    operations.route("/api/{*rest}", any(not_found))
}

async fn not_found() -> ApiError {
    ErrorCode::NotFound.into()
}
