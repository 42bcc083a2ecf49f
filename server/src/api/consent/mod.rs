//! Whose faces are used: statements, their withdrawal, and the age of whoever makes them.

mod attest;
mod confirm_age;
mod get_age;
mod list;
mod revoke;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;

/// Every operation of the feature.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::get))
        .routes(routes!(attest::post))
        .routes(routes!(revoke::delete))
        .routes(routes!(get_age::get))
        .routes(routes!(confirm_age::put))
}
