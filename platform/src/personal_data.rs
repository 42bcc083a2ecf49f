//! What the features keep about people, as a port: each hands out its own part and erases it.

use async_trait::async_trait;
use contract::users::UserId;
use serde_json::Value;
use sqlx::AnyConnection;

/// A feature that keeps something about people.
#[async_trait]
pub trait PersonalData: Send + Sync {
    /// What its part is called in an export, such as `profile`.
    fn name(&self) -> &'static str;

    /// All that it keeps about a person (GDPR, articles 15 and 20).
    async fn export(&self, user: UserId) -> Result<Value, sqlx::Error>;

    /// Erases all of it (GDPR, article 17), as part of the caller's transaction: either everything goes or nothing.
    async fn erase(&self, connection: &mut AnyConnection, user: UserId) -> Result<(), sqlx::Error>;
}
