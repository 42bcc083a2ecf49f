//! The API: one folder per feature, one operation per file.

pub(crate) mod answer;
mod auth;
mod consent;
mod credits;
pub(crate) mod csp_reports;
pub(crate) mod docs;
pub(crate) mod error;
pub(crate) mod extract;
pub(crate) mod health;
mod jobs;
pub(crate) mod media;
pub(crate) mod metrics;
mod moderation;
pub(crate) mod openapi;
pub(crate) mod provenance;
pub(crate) mod refusals;
pub(crate) mod results;
pub(crate) mod swaps;
mod users;

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
        .routes(routes!(provenance::sign::post))
        .routes(routes!(results::picture::get))
        .routes(routes!(csp_reports::post))
        .merge(jobs::routes())
        .merge(credits::routes());
    let (router, document) = OpenApiRouter::with_openapi(openapi::Api::openapi())
        .routes(routes!(health::get))
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .merge(auth::well_known())
        .merge(media::contents())
        .nest(
            "/api/v1",
            studio
                .merge(people())
                .merge(media::routes())
                .merge(consent::routes())
                .merge(moderation::routes()),
        )
        .split_for_parts();
    (router, openapi::complete(document))
}

/// Accounts and the people behind them: under `/api/v1`, and at the addresses of a gateway that has a service for each.
fn people() -> OpenApiRouter<AppState> {
    auth::routes().merge(users::routes())
}

/// The operations, their description, and a problem for every other address beside theirs.
pub(crate) fn routes() -> Router<AppState> {
    let (operations, document) = documented();
    let (gateway, _) = people().split_for_parts();
    let nothing = ["/api/{*rest}", "/auth/{*rest}", "/users/{id}/{*rest}", "/media/{id}/{*rest}"];
    let routes = operations.merge(gateway).merge(docs::routes(document)).route("/metrics", get(metrics::get));
    nothing.into_iter().fold(routes, |routes, path| routes.route(path, any(not_found)))
}

async fn not_found() -> ApiError {
    ErrorCode::NotFound.into()
}
