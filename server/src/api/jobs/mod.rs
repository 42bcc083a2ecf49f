//! Jobs: asking for one, looking at it, stopping it, and hearing of it.

mod cancel;
mod events;
mod get;
mod list;
mod retry;
mod stream;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;

/// Every operation of the feature.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::get))
        .routes(routes!(stream::get))
        .routes(routes!(get::get))
        .routes(routes!(events::get))
        .routes(routes!(cancel::post))
        .routes(routes!(retry::post))
}
