//! `POST /media/{id}/restore`: gets back what was thrown away.

use axum::Json;
use axum::extract::State;
use contract::media::{MediaId, MediaView};
use platform::media::MediaService;

use crate::api::error::ApiError;
use crate::api::extract::{MediaWrite, PathId, WithScope};
use crate::api::refusals::refusals;

refusals!(NotFound, MediaQuotaExceeded);

/// Gets a file back that was thrown away less than a day ago.
#[utoipa::path(
    post,
    path = "/media/{id}/restore",
    operation_id = "restore_media",
    tag = "media",
    params(("id" = MediaId, Path, description = "The file's id.")),
    responses((status = 200, description = "The file, as it was.", body = MediaView), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(media): State<MediaService>,
    WithScope { principal, .. }: WithScope<MediaWrite>,
    PathId(id): PathId<MediaId>,
) -> Result<Json<MediaView>, ApiError> {
    Ok(Json(media.restore(principal.user, id).await?))
}
