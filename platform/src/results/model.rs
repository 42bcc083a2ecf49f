//! A stored result.

use contract::results::{ResultId, ResultView};

/// A row of `results`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResult {
    /// Its unguessable name.
    pub id: ResultId,
    /// How many faces were changed.
    pub faces: i64,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
    /// When it was made, milliseconds since 1970.
    pub created_at_ms: i64,
    /// When it is removed, milliseconds since 1970.
    pub expires_at_ms: i64,
}

impl From<StoredResult> for ResultView {
    fn from(stored: StoredResult) -> Self {
        Self {
            id: stored.id,
            faces: stored.faces,
            width: stored.width,
            height: stored.height,
            expires_at_ms: stored.expires_at_ms,
        }
    }
}
