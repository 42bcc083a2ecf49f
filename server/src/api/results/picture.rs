//! `GET /api/v1/results/{id}/picture`: the picture of a kept result; `?download=1` to save it.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use contract::ErrorCode;
use contract::results::ResultId;
use serde::Deserialize;

use crate::api::error::ApiError;
use crate::api::extract::{PathId, QueryOf};
use crate::api::openapi::File;
use crate::api::refusals::refusals;
use crate::http::AppState;

/// How the picture is wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    /// As a file to save rather than to look at.
    download: Option<u8>,
}

refusals!(ResultGone);

/// The picture of a kept result.
#[utoipa::path(
    get,
    path = "/results/{id}/picture",
    operation_id = "get_result_picture",
    tag = "swaps",
    params(("id" = String, Path, description = "The result's unguessable name."),
        ("download" = Option<u8>, Query, description = "1 to save it as a file.")),
    responses((status = 200, description = "The picture.", body = File, content_type = "image/jpeg"), Refusals)
)]
pub(crate) async fn get(
    State(state): State<AppState>,
    id: Result<PathId<ResultId>, ApiError>,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<(HeaderMap, Vec<u8>), ApiError> {
    let PathId(id) = id.map_err(|_| ErrorCode::ResultGone)?;
    let bytes = state.results.picture(id).await?.ok_or(ErrorCode::ResultGone)?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if wanted.download.is_some() {
        headers.insert(
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"mog.jpg\""),
        );
    }
    Ok((headers, bytes))
}
