//! `GET /media/{id}`: the content of a file, for its owner and for whoever has a link.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use contract::media::MediaId;
use platform::media::{MediaService, Reader, Signature};
use serde::Deserialize;

use super::serve::{self, Shape};
use crate::api::error::ApiError;
use crate::api::extract::{MediaRead, PathId, QueryOf, WithScope};
use crate::api::openapi::File;
use crate::api::refusals::refusals;

refusals!(NotFound, LinkExpired, MediaTakenDown);

/// How a content is wanted, and the link's part of the address.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// `thumbnail` for a small picture of it.
    #[param(inline)]
    variant: Option<Shape>,
    /// 1 to save it as a file.
    download: Option<u8>,
    /// Of a link: when it ends.
    expires: Option<i64>,
    /// Of a link: what makes it one.
    signature: Option<String>,
}

/// The content of a file: for its owner, or for whoever has a link that has not ended. Parts of it by `Range`.
#[utoipa::path(
    get,
    path = "/media/{id}",
    operation_id = "get_media_content",
    tag = "media",
    params(("id" = MediaId, Path, description = "The file's id."), Wanted),
    responses((status = 200, description = "The file.",
            content((File = "image/jpeg"), (File = "image/png"), (File = "image/gif"), (File = "image/webp"), (File = "application/pdf"))),
        (status = 206, description = "The part that was asked for.",
            content((File = "image/jpeg"), (File = "image/png"), (File = "image/gif"), (File = "image/webp"), (File = "application/pdf"))),
        (status = 304, description = "It is what the client has."),
        (status = 416, description = "There is no such part."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(media): State<MediaService>,
    PathId(id): PathId<MediaId>,
    QueryOf(wanted): QueryOf<Wanted>,
    headers: HeaderMap,
    caller: Result<WithScope<MediaRead>, ApiError>,
) -> Result<Response, ApiError> {
    let reader = match (wanted.expires, wanted.signature) {
        (Some(expires_at_ms), Some(signature)) => Reader::Link(Signature { expires_at_ms, signature }),
        _ => Reader::Person(caller?.principal.user),
    };
    let wanted = serve::Wanted { shape: wanted.variant, download: wanted.download.is_some() };
    serve::serve(&media, &reader, id, wanted, &headers).await
}
