//! Why an operation on stored files was refused or failed.

use contract::ErrorCode;

use crate::database;

/// Why an operation on stored files was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// One of the known refusals.
    #[error("{0}")]
    Refused(ErrorCode),
    /// The database failed.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// The store failed.
    #[error("the store refused: {0}")]
    Store(#[from] object_store::Error),
    /// The disk failed under an upload on its way in.
    #[error("the folder of uploads refused: {0}")]
    Disk(#[from] std::io::Error),
}

impl MediaError {
    /// The code of the closed table for this failure.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(code) => *code,
            Self::Database(error) => database::error_code(error),
            Self::Store(_) | Self::Disk(_) => ErrorCode::Unavailable,
        }
    }
}

impl From<ErrorCode> for MediaError {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(code)
    }
}
