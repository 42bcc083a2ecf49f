//! The SQL of idempotency keys.

use async_trait::async_trait;
use contract::users::UserId;
use serde_json::Value;
use sqlx::{AnyConnection, Row};

use super::{Claim, Request};
use crate::database::Database;
use crate::personal_data::{Part, PersonalData, delete_of};

/// What is stored for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredKey {
    /// SHA-256 of the body that came with it.
    pub hash: Vec<u8>,
    /// The sealed answer, once there is one.
    pub answer: Option<Vec<u8>>,
}

/// When a claim is made, and until when things count, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Now.
    pub now_ms: i64,
    /// Claims without an answer that began before are given up.
    pub given_up_before_ms: i64,
    /// When the new claim is forgotten.
    pub expires_at_ms: i64,
}

/// Where keys are remembered.
#[async_trait]
pub trait IdempotencyRepository: Send + Sync {
    /// Claims a key. None if the claim was made; else what stands in its way.
    async fn claim(&self, claim: &Claim, times: Times) -> Result<Option<StoredKey>, sqlx::Error>;
    /// Writes the answer of a claim; says whether the claim still held.
    async fn answer(&self, claim: &Claim, sealed: &[u8]) -> Result<bool, sqlx::Error>;
    /// Gives a claim up; says whether it still held.
    async fn release(&self, claim: &Claim) -> Result<bool, sqlx::Error>;
    /// Removes what has expired at `now_ms`; says how many.
    async fn remove_expired(&self, now_ms: i64) -> Result<u64, sqlx::Error>;
}

/// [`IdempotencyRepository`] on the database.
#[derive(Clone, Debug)]
pub struct SqlIdempotency {
    database: Database,
}

impl SqlIdempotency {
    /// On this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

#[async_trait]
impl IdempotencyRepository for SqlIdempotency {
    /// Two that claim at once meet at the primary key: PostgreSQL lets the second wait there until the first has
    /// committed, SQLite has one writer.
    async fn claim(&self, claim: &Claim, times: Times) -> Result<Option<StoredKey>, sqlx::Error> {
        let Request { account, route, key, hash } = &claim.request;
        let mut transaction = self.database.begin().await?;
        sqlx::query(
            "DELETE FROM idempotency_keys
             WHERE account_id = $1 AND route = $2 AND idempotency_key = $3
               AND (expires_at_ms <= $4 OR (answer IS NULL AND started_at_ms < $5))",
        )
        .bind(account.to_string())
        .bind(route.as_str())
        .bind(key.as_str())
        .bind(times.now_ms)
        .bind(times.given_up_before_ms)
        .execute(&mut *transaction)
        .await?;
        let made = sqlx::query(
            "INSERT INTO idempotency_keys
                 (account_id, route, idempotency_key, request_hash, claim, started_at_ms, expires_at_ms)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (account_id, route, idempotency_key) DO NOTHING",
        )
        .bind(account.to_string())
        .bind(route.as_str())
        .bind(key.as_str())
        .bind(hash.as_slice())
        .bind(claim.id.as_str())
        .bind(times.now_ms)
        .bind(times.expires_at_ms)
        .execute(&mut *transaction)
        .await?;
        if made.rows_affected() == 1 {
            transaction.commit().await?;
            return Ok(None);
        }
        let row = sqlx::query(
            "SELECT request_hash, answer FROM idempotency_keys
             WHERE account_id = $1 AND route = $2 AND idempotency_key = $3",
        )
        .bind(account.to_string())
        .bind(route.as_str())
        .bind(key.as_str())
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Some(StoredKey { hash: row.try_get("request_hash")?, answer: row.try_get("answer")? }))
    }

    async fn answer(&self, claim: &Claim, sealed: &[u8]) -> Result<bool, sqlx::Error> {
        let done = sqlx::query(
            "UPDATE idempotency_keys SET answer = $1
             WHERE account_id = $2 AND route = $3 AND idempotency_key = $4 AND claim = $5",
        )
        .bind(sealed)
        .bind(claim.request.account.to_string())
        .bind(claim.request.route.as_str())
        .bind(claim.request.key.as_str())
        .bind(claim.id.as_str())
        .execute(self.database.writer())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn release(&self, claim: &Claim) -> Result<bool, sqlx::Error> {
        let done = sqlx::query(
            "DELETE FROM idempotency_keys
             WHERE account_id = $1 AND route = $2 AND idempotency_key = $3 AND claim = $4",
        )
        .bind(claim.request.account.to_string())
        .bind(claim.request.route.as_str())
        .bind(claim.request.key.as_str())
        .bind(claim.id.as_str())
        .execute(self.database.writer())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn remove_expired(&self, now_ms: i64) -> Result<u64, sqlx::Error> {
        let done = sqlx::query("DELETE FROM idempotency_keys WHERE expires_at_ms <= $1")
            .bind(now_ms)
            .execute(self.database.writer())
            .await?;
        Ok(done.rows_affected())
    }
}

/// Keys go with their account. Nothing of them is exported: they hold a day's answers, which their owner has.
#[async_trait]
impl PersonalData for SqlIdempotency {
    fn part(&self) -> Part {
        Part::IdempotencyKeys
    }

    async fn export(&self, _: UserId) -> Result<Value, sqlx::Error> {
        Ok(Value::Null)
    }

    async fn erase(&self, connection: &mut AnyConnection, user: UserId) -> Result<u64, sqlx::Error> {
        delete_of(connection, user, "DELETE FROM idempotency_keys WHERE account_id = $1").await
    }
}
