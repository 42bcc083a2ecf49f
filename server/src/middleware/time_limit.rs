//! No request may take for ever, in arriving or in being answered.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::ErrorCode;

use crate::api::error::ApiError;

/// Enough for two photos of 10 MB over a slow line, and for a queue of swaps.
const MOST: Duration = Duration::from_secs(120);

pub(crate) async fn enforce(request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(MOST, next.run(request)).await;
    answer.unwrap_or_else(|_| ApiError::from(ErrorCode::RequestTimeout).into_response())
}
