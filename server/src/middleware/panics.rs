//! A panic in a handler costs that request, not the server.

use std::any::Any;

use axum::response::{IntoResponse, Response};
use contract::ErrorCode;

use crate::api::error::ApiError;

pub(crate) fn answer(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text =
        panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(panic = text.unwrap_or("of another kind"), "a handler panicked");
    ApiError::from(ErrorCode::Internal).into_response()
}
