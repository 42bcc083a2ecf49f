//! What the features keep about people, as a port: each hands out its own part and erases it.

use async_trait::async_trait;
use contract::users::UserId;
use serde_json::Value;
use sqlx::AnyConnection;

/// A feature's part of what is kept about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Name, words about oneself, settings.
    Profile,
    /// Answers kept so that a request that comes twice has one effect.
    IdempotencyKeys,
    /// Jobs with what happened to them.
    Jobs,
    /// What credits came and went.
    Credits,
    /// Files sent and made.
    Media,
    /// Statements about faces.
    Consent,
}

impl Part {
    /// Its name in an export.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::IdempotencyKeys => "idempotency_keys",
            Self::Jobs => "jobs",
            Self::Credits => "credits",
            Self::Media => "media",
            Self::Consent => "consent",
        }
    }
}

/// What was erased: how many things of each part.
pub type Receipt = Vec<(Part, u64)>;

/// Runs a statement that deletes what belongs to a person, who is its `$1`. Says how many rows that were.
pub(crate) async fn delete_of(
    connection: &mut AnyConnection,
    user: UserId,
    statement: &'static str,
) -> Result<u64, sqlx::Error> {
    let deleted = sqlx::query(statement).bind(user.to_string()).execute(connection).await?;
    Ok(deleted.rows_affected())
}

/// A feature that keeps something about people.
#[async_trait]
pub trait PersonalData: Send + Sync {
    /// Which part is its own.
    fn part(&self) -> Part;

    /// All that it keeps about a person (GDPR, articles 15 and 20).
    async fn export(&self, user: UserId) -> Result<Value, sqlx::Error>;

    /// Erases all of it (GDPR, article 17), as part of the caller's transaction: either everything goes or nothing. Says how
    /// many things that were: profiles, jobs, files, postings, statements.
    async fn erase(&self, connection: &mut AnyConnection, user: UserId) -> Result<u64, sqlx::Error>;
}
