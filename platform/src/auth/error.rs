//! Why an operation on accounts was refused or failed.

use contract::ErrorCode;
use contract::fields::{FieldError, Secret};

use crate::database;
use crate::mail::OutboxError;
use crate::sealing::SealingError;

/// Why an operation on accounts was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// Some fields are at fault.
    #[error("{} fields are at fault", .0.len())]
    Fields(Vec<FieldError>),
    /// The password is right and the account asks for a code as well.
    #[error("a second factor is needed")]
    CodeRequired {
        /// Stands for the right password, once and for five minutes: see `AuthService::sign_in_with_code`.
        challenge: Secret,
    },
    /// One of the known refusals.
    #[error("{0}")]
    Refused(ErrorCode),
    /// The database failed.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// A cryptographic operation failed, which no input should make happen.
    #[error("cryptography failed: {0}")]
    Crypto(&'static str),
}

impl AuthError {
    /// The code of the closed table for this failure.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Fields(_) => ErrorCode::FieldsInvalid,
            Self::CodeRequired { .. } => ErrorCode::CodeRequired,
            Self::Refused(code) => *code,
            Self::Database(error) => database::error_code(error),
            Self::Crypto(_) => ErrorCode::Internal,
        }
    }

    /// The fault of one field.
    pub(crate) fn field(field: &str, code: ErrorCode) -> Self {
        Self::Fields(vec![FieldError::new(field, code)])
    }
}

impl From<ErrorCode> for AuthError {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(code)
    }
}

impl From<SealingError> for AuthError {
    fn from(_: SealingError) -> Self {
        Self::Crypto("a sealed value did not open: was the instance's secret changed?")
    }
}

impl From<OutboxError> for AuthError {
    fn from(error: OutboxError) -> Self {
        match error {
            OutboxError::Database(error) => Self::Database(error),
            OutboxError::Sealing(error) => error.into(),
            OutboxError::Unreadable(_) => Self::Crypto("a mail could not be written down"),
        }
    }
}
