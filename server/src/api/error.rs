//! How a handler fails: with a code of the closed table, which the outer layer writes as a problem document.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::{ErrorCode, Problem};
use platform::database::error_code;
use platform::results::ResultError;
use studio::Failure;

/// After how many seconds a busy server may be asked again.
const RETRY_AFTER_SECONDS: &str = "3";

/// A failure, and the field at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) code: ErrorCode,
    pub(crate) field: Option<&'static str>,
}

impl ApiError {
    pub(crate) const fn about(field: &'static str, code: ErrorCode) -> Self {
        Self { code, field: Some(field) }
    }
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self { code, field: None }
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        Self { code: failure.code, field: failure.slot.map(|slot| slot.as_str()) }
    }
}

impl From<ResultError> for ApiError {
    fn from(error: ResultError) -> Self {
        tracing::error!(%error, "a stored result could not be handled");
        match error {
            ResultError::Database(error) => error.into(),
            ResultError::Pictures(_) => ErrorCode::Internal.into(),
        }
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        error_code(&error).into()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut problem = Problem::new(self.code);
        problem.field = self.field.map(Into::into);
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if self.code == ErrorCode::Busy {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        response.extensions_mut().insert(problem);
        response
    }
}
