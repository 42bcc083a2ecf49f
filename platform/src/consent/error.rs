//! Why an operation on statements was refused or failed.

use contract::ErrorCode;

use crate::database;
use crate::media::MediaError;

/// Why an operation on statements was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum ConsentError {
    /// One of the known refusals.
    #[error("{0}")]
    Refused(ErrorCode),
    /// The database failed.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// What was made could not be looked at or removed.
    #[error(transparent)]
    Media(#[from] MediaError),
}

impl ConsentError {
    /// The code of the closed table for this failure.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(code) => *code,
            Self::Database(error) => database::error_code(error),
            Self::Media(error) => error.code(),
        }
    }
}

impl From<ErrorCode> for ConsentError {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(code)
    }
}
