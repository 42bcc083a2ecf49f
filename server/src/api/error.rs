//! How a handler fails: with a code of the closed table, which the outer layer writes as a problem document.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::fields::FieldError;
use contract::{ErrorCode, Problem};
use platform::database::error_code;
use platform::results::ResultError;
use studio::Failure;

/// After how many seconds a busy server may be asked again.
const RETRY_AFTER_SECONDS: &str = "3";

/// What a refused visitor has to bring (RFC 6750, 3).
const BEARER: &str = "Bearer realm=\"mog\"";

/// A failure, and the field or the fields at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) code: ErrorCode,
    pub(crate) field: Option<&'static str>,
    pub(crate) errors: Vec<FieldError>,
}

impl ApiError {
    pub(crate) const fn about(field: &'static str, code: ErrorCode) -> Self {
        Self { code, field: Some(field), errors: Vec::new() }
    }

    /// One field of the request is at fault, by its name there.
    #[allow(dead_code, reason = "until the accounts that use it are merged")]
    pub(crate) fn of_field(field: &str, code: ErrorCode) -> Self {
        vec![FieldError::new(field, code)].into()
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The header that goes with the code, beside the body.
    fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        match self.code {
            ErrorCode::Busy | ErrorCode::Unavailable => {
                Some((header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS)))
            }
            code if code.status() == 401 => {
                Some((header::WWW_AUTHENTICATE, HeaderValue::from_static(BEARER)))
            }
            _ => None,
        }
    }
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self { code, field: None, errors: Vec::new() }
    }
}

impl From<Vec<FieldError>> for ApiError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self { code: ErrorCode::FieldsInvalid, field: None, errors }
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        Self { field: failure.slot.map(|slot| slot.as_str()), ..failure.code.into() }
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

impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        Self { field: error.field.map(Into::into), errors: error.errors, ..Self::new(error.code) }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Some((name, value)) = self.header() {
            response.headers_mut().insert(name, value);
        }
        response.extensions_mut().insert(Problem::from(self));
        response
    }
}
