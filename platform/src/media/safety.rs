//! Whether a picture may be here, as a port: somebody else's judgement, asked before anything is kept.

use async_trait::async_trait;
use contract::ErrorCode;

/// What was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be here.
    Allowed,
    /// It may not.
    Refused,
}

/// Nobody could judge: the service is out of reach, or its answer is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a picture could not be checked: {0}")]
pub struct SafetyError(pub String);

/// Judges pictures.
#[async_trait]
pub trait ContentSafety: Send + Sync {
    /// Judges a small JPEG or PNG.
    async fn examine(&self, picture: &[u8]) -> Result<Verdict, SafetyError>;
}

/// Lets a picture through that was judged to be allowed. Where nobody can judge, nothing passes.
///
/// # Errors
/// [`ErrorCode::ContentRefused`] and [`ErrorCode::ContentUnchecked`].
pub(super) async fn require(safety: &dyn ContentSafety, picture: &[u8]) -> Result<(), ErrorCode> {
    match safety.examine(picture).await {
        Ok(Verdict::Allowed) => Ok(()),
        Ok(Verdict::Refused) => Err(ErrorCode::ContentRefused),
        Err(error) => {
            tracing::error!(%error, "a picture is refused because it could not be checked");
            Err(ErrorCode::ContentUnchecked)
        }
    }
}
