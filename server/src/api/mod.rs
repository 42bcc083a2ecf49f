//! The API: one folder per feature, one operation per file.

pub(crate) mod error;
pub(crate) mod health;
pub(crate) mod results;
pub(crate) mod swaps;

use contract::ErrorCode;

use self::error::ApiError;

/// Answers every address under `/api` that is none.
pub(crate) async fn not_found() -> ApiError {
    ErrorCode::NotFound.into()
}
