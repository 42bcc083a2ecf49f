//! The SQL of stored results.

use async_trait::async_trait;
use contract::results::ResultId;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::StoredResult;
use crate::database::Database;

/// Where results are remembered.
#[async_trait]
pub trait ResultRepository: Send + Sync {
    /// Adds one.
    async fn insert(&self, result: &StoredResult) -> Result<(), sqlx::Error>;
    /// Finds one that has not expired at `now_ms`.
    async fn find(&self, id: ResultId, now_ms: i64) -> Result<Option<StoredResult>, sqlx::Error>;
    /// Removes one; says whether it was there.
    async fn remove(&self, id: ResultId) -> Result<bool, sqlx::Error>;
    /// Those that have expired at `now_ms`, the oldest first, at most `limit` of them.
    async fn expired(&self, now_ms: i64, limit: i64) -> Result<Vec<ResultId>, sqlx::Error>;
}

/// [`ResultRepository`] on the database.
#[derive(Clone, Debug)]
pub struct SqlResults {
    database: Database,
}

impl SqlResults {
    /// On this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

#[async_trait]
impl ResultRepository for SqlResults {
    async fn insert(&self, result: &StoredResult) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO results (id, faces, width, height, created_at_ms, expires_at_ms)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(result.id.to_string())
        .bind(result.faces)
        .bind(result.width)
        .bind(result.height)
        .bind(result.created_at_ms)
        .bind(result.expires_at_ms)
        .execute(self.database.writer())
        .await
        .map(|_| ())
    }

    async fn find(&self, id: ResultId, now_ms: i64) -> Result<Option<StoredResult>, sqlx::Error> {
        let row = sqlx::query(
            "SELECT id, faces, width, height, created_at_ms, expires_at_ms
             FROM results WHERE id = $1 AND expires_at_ms > $2",
        )
        .bind(id.to_string())
        .bind(now_ms)
        .fetch_optional(self.database.reader())
        .await?;
        row.map(|row| stored(&row)).transpose()
    }

    async fn remove(&self, id: ResultId) -> Result<bool, sqlx::Error> {
        let done = sqlx::query("DELETE FROM results WHERE id = $1")
            .bind(id.to_string())
            .execute(self.database.writer())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn expired(&self, now_ms: i64, limit: i64) -> Result<Vec<ResultId>, sqlx::Error> {
        let rows =
            sqlx::query("SELECT id FROM results WHERE expires_at_ms <= $1 ORDER BY expires_at_ms LIMIT $2")
                .bind(now_ms)
                .bind(limit)
                .fetch_all(self.database.reader())
                .await?;
        rows.iter().map(result_id).collect()
    }
}

fn stored(row: &AnyRow) -> Result<StoredResult, sqlx::Error> {
    Ok(StoredResult {
        id: result_id(row)?,
        faces: row.try_get("faces")?,
        width: row.try_get("width")?,
        height: row.try_get("height")?,
        created_at_ms: row.try_get("created_at_ms")?,
        expires_at_ms: row.try_get("expires_at_ms")?,
    })
}

fn result_id(row: &AnyRow) -> Result<ResultId, sqlx::Error> {
    let text: String = row.try_get("id")?;
    text.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))
}
