//! The port that takes mails out of the house.

use std::fmt;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// A mail with all its words, ready to be put into an envelope.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Unique, and the same at each attempt, so that receivers can drop what comes twice. Letters, digits and hyphens.
    pub id: String,
    /// Which mail it is, such as `reset_password`.
    pub kind: String,
    /// Where it goes.
    pub to: String,
    /// The language it is in, as a BCP 47 tag.
    pub language: String,
    /// One line.
    pub subject: String,
    /// The words alone.
    pub text: String,
    /// The same words as an HTML document.
    pub html: String,
    /// When it was written, milliseconds since 1970-01-01 UTC.
    pub written_at_ms: i64,
}

/// Neither the address nor the words, which may hold a token, belong in a log.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Why a mail was not taken. The reasons are for the operator: they name no address and quote no words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// Another attempt may succeed.
    #[error("not now: {0}")]
    NotNow(String),
    /// No attempt will.
    #[error("never: {0}")]
    Never(String),
}

/// Takes mails out of the house.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands one over.
    ///
    /// # Errors
    /// When it was not taken, and whether to try again.
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError>;
}
