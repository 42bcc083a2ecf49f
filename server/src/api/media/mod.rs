//! Pictures and documents that people keep: what is known of them, and their contents.

mod content;
mod create;
mod create_link;
mod delete;
mod get_media;
mod list;
mod public_content;
mod restore;
pub(crate) mod serve;
mod update;
mod usage;

use axum::http::Method;
use axum::middleware::from_fn_with_state;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

pub(crate) use self::create::receive;
use crate::http::AppState;
use crate::middleware::idempotency;

/// Every operation on what is known of files.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::get))
        .routes(routes!(create::post))
        .routes(routes!(usage::get))
        .routes(routes!(get_media::get))
        .routes(routes!(update::patch).layer(from_fn_with_state(Method::PATCH, idempotency::once)))
        .routes(routes!(delete::delete))
        .routes(routes!(restore::post))
        .routes(routes!(create_link::post))
}

/// The contents, at addresses of their own.
pub(crate) fn contents() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(content::get)).routes(routes!(public_content::get))
}
