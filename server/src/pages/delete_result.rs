//! `POST /swaps/{id}/delete`: forgets a stored result now.

use axum::extract::{Path, State};
use axum::response::Redirect;
use contract::ErrorCode;
use contract::results::ResultId;

use crate::api::error::ApiError;
use crate::http::AppState;

pub(crate) async fn post(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Redirect, ApiError> {
    let id: ResultId = id.parse().map_err(|_| ErrorCode::ResultGone)?;
    state.results.remove(id).await?;
    Ok(Redirect::to("/studio"))
}
