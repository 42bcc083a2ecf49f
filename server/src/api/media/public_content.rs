//! `GET /media/public/{id}`: the content of a file that its owner opened to everybody.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use contract::media::MediaId;
use platform::media::{MediaService, Reader};
use serde::Deserialize;

use super::serve::{self, Shape};
use crate::api::error::ApiError;
use crate::api::extract::{PathId, QueryOf};
use crate::api::openapi::File;
use crate::api::refusals::refusals;

refusals!(NotFound);

/// How a content is wanted.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// `thumbnail` for a small picture of it.
    #[param(inline)]
    variant: Option<Shape>,
    /// 1 to save it as a file.
    download: Option<u8>,
}

/// The content of a public file.
#[utoipa::path(
    get,
    path = "/media/public/{id}",
    operation_id = "get_public_media_content",
    tag = "media",
    params(("id" = MediaId, Path, description = "The file's id."), Wanted),
    responses((status = 200, description = "The file.",
            content((File = "image/jpeg"), (File = "image/png"), (File = "image/gif"), (File = "image/webp"), (File = "application/pdf"))),
        (status = 206, description = "The part that was asked for.",
            content((File = "image/jpeg"), (File = "image/png"), (File = "image/gif"), (File = "image/webp"), (File = "application/pdf"))),
        (status = 304, description = "It is what the client has."),
        (status = 416, description = "There is no such part."), Refusals)
)]
pub(crate) async fn get(
    State(media): State<MediaService>,
    PathId(id): PathId<MediaId>,
    QueryOf(wanted): QueryOf<Wanted>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let wanted = serve::Wanted { shape: wanted.variant, download: wanted.download.is_some() };
    serve::serve(&media, &Reader::Anybody, id, wanted, &headers).await
}
