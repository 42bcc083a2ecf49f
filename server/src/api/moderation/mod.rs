//! Reports from anybody, and what moderators do about them.

mod decide;
mod list_reports;
mod report;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;

/// Every operation of the feature.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(report::post))
        .routes(routes!(list_reports::get))
        .routes(routes!(decide::post))
}
