//! Buckets in the database, for several servers that share their counts.

use async_trait::async_trait;
use sqlx::Row;

use super::{Buckets, Quota, Standing};
use crate::database::Database;

/// Buckets in the database.
#[derive(Clone)]
pub struct SqlBuckets {
    database: Database,
}

impl SqlBuckets {
    /// On this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    async fn full_at_ms(&self, bucket: &str) -> Result<Option<i64>, sqlx::Error> {
        let row = sqlx::query("SELECT full_at_ms FROM rate_limits WHERE bucket = $1")
            .bind(bucket)
            .fetch_optional(self.database.reader())
            .await?;
        row.map(|row| row.try_get("full_at_ms")).transpose()
    }
}

/// One statement decides and takes, so that no two servers can have the same token. A bucket that has too little is left
/// as it is and gives no row back.
const TAKE: &str = "INSERT INTO rate_limits (bucket, full_at_ms) VALUES ($1, $2) \
    ON CONFLICT (bucket) DO UPDATE SET full_at_ms = \
        CASE WHEN rate_limits.full_at_ms > $3 THEN rate_limits.full_at_ms + $4 ELSE $2 END \
    WHERE CASE WHEN rate_limits.full_at_ms > $3 THEN rate_limits.full_at_ms + $4 ELSE $2 END <= $5 \
    RETURNING full_at_ms";

#[async_trait]
impl Buckets for SqlBuckets {
    async fn take(
        &self,
        bucket: &str,
        quota: Quota,
        cost: u32,
        now_ms: i64,
    ) -> Result<Standing, sqlx::Error> {
        let cost_ms = quota.cost_ms(cost);
        let row = sqlx::query(TAKE)
            .bind(bucket)
            .bind(now_ms.saturating_add(cost_ms))
            .bind(now_ms)
            .bind(cost_ms)
            .bind(now_ms.saturating_add(quota.window_ms()))
            .fetch_optional(self.database.writer())
            .await?;
        if let Some(row) = row {
            return Ok(quota.standing(true, row.try_get("full_at_ms")?, cost, now_ms));
        }
        // Only what the refused are told; the decision has fallen.
        let full_at_ms = self.full_at_ms(bucket).await?.unwrap_or(now_ms);
        Ok(quota.standing(false, full_at_ms, cost, now_ms))
    }

    async fn sweep(&self, now_ms: i64) -> Result<u64, sqlx::Error> {
        let swept = sqlx::query("DELETE FROM rate_limits WHERE full_at_ms <= $1")
            .bind(now_ms)
            .execute(self.database.writer())
            .await?;
        Ok(swept.rows_affected())
    }
}
