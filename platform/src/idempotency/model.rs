//! A request that is sent with a key, and what becomes of it.

use contract::fields::Secret;
use contract::users::UserId;
use serde::{Deserialize, Serialize};

use crate::sealing::SealingError;

/// A request that is sent with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who sends it.
    pub account: UserId,
    /// Method and path.
    pub route: String,
    /// The key, as the client chose it.
    pub key: String,
    /// SHA-256 of the body.
    pub hash: Vec<u8>,
}

impl Request {
    /// What a stored answer is sealed to: it opens for no other request.
    pub(super) fn place(&self) -> String {
        format!("{} {} {}", self.account, self.route, self.key)
    }
}

/// The right to carry a request out and to write its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub(super) request: Request,
    pub(super) id: String,
}

/// An answer, to be given again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The headers that belong to the answer rather than to the moment.
    pub headers: Vec<(String, String)>,
    /// The body: JSON, or nothing. It may hold what is shown only once.
    pub body: Secret,
}

/// What to do with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Carry it out, then [`IdempotencyService::finish`] or [`IdempotencyService::release`] it.
    ///
    /// [`IdempotencyService::finish`]: super::IdempotencyService::finish
    /// [`IdempotencyService::release`]: super::IdempotencyService::release
    CarryOut(Claim),
    /// It was carried out before: answer this.
    Answered(StoredAnswer),
    /// It is being carried out now.
    InFlight,
    /// The key came before with another body.
    Mismatch,
}

/// The keys could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum IdempotencyError {
    /// The database failed.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// A stored answer does not open.
    #[error("a stored answer: {0}")]
    Sealing(#[from] SealingError),
    /// A stored answer is not one.
    #[error("a stored answer is not one: {0}")]
    Answer(#[from] serde_json::Error),
}
