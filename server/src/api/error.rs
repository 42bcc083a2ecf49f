//! How a handler fails: with a code of the closed table, which the outer layer writes as a problem document.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::fields::FieldError;
use contract::{ErrorCode, Problem};
use platform::auth::AuthError;
use platform::consent::ConsentError;
use platform::database::error_code;
use platform::media::MediaError;
use platform::moderation::ModerationError;
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
    /// OAuth2's name of the failure, where the request was OAuth2's.
    oauth2: Option<&'static str>,
}

impl ApiError {
    pub(crate) const fn about(field: &'static str, code: ErrorCode) -> Self {
        Self { code, field: Some(field), errors: Vec::new(), oauth2: None }
    }

    /// One field of the request is at fault, by its name there.
    pub(crate) fn of_field(field: &str, code: ErrorCode) -> Self {
        vec![FieldError::new(field, code)].into()
    }

    /// Adds OAuth2's name of the failure (RFC 6749, 5.2), which its clients look for.
    pub(crate) const fn for_oauth2(mut self, name: &'static str) -> Self {
        if self.code.status() < 500 {
            self.oauth2 = Some(name);
        }
        self
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
        Self { code, field: None, errors: Vec::new(), oauth2: None }
    }
}

impl From<Vec<FieldError>> for ApiError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self { errors, ..ErrorCode::FieldsInvalid.into() }
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

impl From<MediaError> for ApiError {
    fn from(error: MediaError) -> Self {
        let code = error.code();
        if code.status() >= 500 {
            tracing::error!(%error, "an operation on stored files failed");
        }
        code.into()
    }
}

impl From<ConsentError> for ApiError {
    fn from(error: ConsentError) -> Self {
        let code = error.code();
        if code.status() >= 500 {
            tracing::error!(%error, "an operation on statements failed");
        }
        code.into()
    }
}

impl From<ModerationError> for ApiError {
    fn from(error: ModerationError) -> Self {
        let code = error.code();
        if code.status() >= 500 {
            tracing::error!(%error, "an operation on reports failed");
        }
        code.into()
    }
}

impl From<AuthError> for ApiError {
    fn from(error: AuthError) -> Self {
        let code = error.code();
        if code.status() >= 500 && code != ErrorCode::Busy {
            tracing::error!(%error, "an operation on accounts failed");
        }
        match error {
            AuthError::Fields(errors) => errors.into(),
            _ => code.into(),
        }
    }
}

impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        Self {
            field: error.field.map(Into::into),
            errors: error.errors,
            error: error.oauth2.map(Into::into),
            ..Self::new(error.code)
        }
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
