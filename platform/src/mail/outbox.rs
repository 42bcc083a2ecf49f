//! Where mails wait to be delivered.

use std::fmt;
use std::sync::Arc;

use contract::Language;
use contract::fields::EmailAddress;
use sqlx::AnyConnection;
use url::Url;

use super::repository::{self, NewEntry};
use super::{Mail, Message, layout, words};
use crate::clock::Clock;
use crate::ids::RandomSource;
use crate::sealing::{InstanceSecret, Sealer, SealingError};

/// What the sealer of mails is called.
const PURPOSE: &str = "outgoing mails";

/// Who a mail is for.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Where it goes.
    pub address: EmailAddress,
    /// What they read.
    pub language: Language,
}

/// A mail could not be put into the outbox, or taken from it.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// The database refused.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// The mail could not be sealed or opened.
    #[error("a mail in the outbox is {0}")]
    Sealing(#[from] SealingError),
    /// What was opened is not a mail.
    #[error("a mail in the outbox cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// Mails that wait, in the database.
///
/// They are sealed. A reset link is as good as the password for an hour, and whoever reads the database can ask for one
/// at any moment: the hour does not protect against them, and hashing tokens would be in vain if the mail beside them
/// held them in clear. Once a mail is delivered or given up its content is removed; that there was one stays known.
#[derive(Clone)]
pub struct Outbox {
    public_url: Url,
    sealer: Arc<Sealer>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
}

impl Outbox {
    /// An outbox whose mails link to `public_url`.
    ///
    /// # Errors
    /// When no key can be made of the secret.
    pub fn new(
        public_url: Url,
        secret: &InstanceSecret,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> Result<Self, SealingError> {
        Ok(Self { public_url, sealer: Arc::new(secret.sealer(PURPOSE)?), clock, random })
    }

    /// Puts a mail in, as part of the caller's transaction: `outbox.put(&mut transaction, &recipient, &mail)`.
    ///
    /// # Errors
    /// When the database refuses; then the transaction must not be committed.
    pub async fn put(
        &self,
        connection: &mut AnyConnection,
        recipient: &Recipient,
        mail: &Mail,
    ) -> Result<(), OutboxError> {
        let message = self.message(recipient, mail);
        let sealed = self.sealer.seal(&message.id, &serde_json::to_vec(&message)?)?;
        let entry = NewEntry {
            id: &message.id,
            kind: mail.kind(),
            sealed,
            created_at_ms: message.written_at_ms,
            give_up_at_ms: message.written_at_ms + mail.worth_sending_for_ms(),
        };
        Ok(repository::insert(connection, &entry).await?)
    }

    fn message(&self, recipient: &Recipient, mail: &Mail) -> Message {
        let letter = words::letter(mail, recipient.language, &self.public_url);
        Message {
            id: format!("{:032x}", self.random.bits_128()),
            kind: mail.kind().into(),
            to: recipient.address.as_str().into(),
            language: recipient.language.tag().into(),
            text: layout::text(&letter),
            html: layout::html(&letter, recipient.language),
            subject: letter.subject,
            written_at_ms: self.clock.now_ms(),
        }
    }

    /// The mail of an entry.
    pub(super) fn open(&self, id: &str, sealed: &[u8]) -> Result<Message, OutboxError> {
        Ok(serde_json::from_slice(&self.sealer.open(id, sealed)?)?)
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbox").field("public_url", &self.public_url.as_str()).finish_non_exhaustive()
    }
}
