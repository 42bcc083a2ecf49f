//! Rows of `security_events`: added, read, forgotten with age or with the account, never changed.

use contract::auth::{SecurityEventId, SecurityEventKind, SecurityEventView};
use contract::users::UserId;
use sqlx::{Any, Executor, Row};

use super::parsed;
use crate::auth::Visit;
use crate::database::ensure_one;

pub(in crate::auth) async fn insert(
    db: impl Executor<'_, Database = Any>,
    id: SecurityEventId,
    user: UserId,
    kind: SecurityEventKind,
    visit: &Visit,
    now_ms: i64,
) -> Result<(), sqlx::Error> {
    let added = sqlx::query(
        "INSERT INTO security_events (id, user_id, kind, network, device, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.to_string())
    .bind(user.to_string())
    .bind(kind.as_str())
    .bind(&visit.network)
    .bind(&visit.device)
    .bind(now_ms);
    ensure_one(&added.execute(db).await?)
}

/// An account's history before an entry, the youngest first.
pub(in crate::auth) async fn page(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    after: Option<SecurityEventId>,
    limit: u32,
) -> Result<Vec<SecurityEventView>, sqlx::Error> {
    // Every id sorts before a `g`: the digits of a UUID end with f.
    let after = after.map_or_else(|| "g".to_owned(), |id| id.to_string());
    let rows = sqlx::query(
        "SELECT id, kind, network, device, created_at_ms FROM security_events
         WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
    );
    let rows = rows.bind(user.to_string()).bind(after).bind(i64::from(limit)).fetch_all(db).await?;
    let view = |row| {
        Ok(SecurityEventView {
            id: parsed(row, "id")?,
            kind: parsed(row, "kind")?,
            network: row.try_get("network")?,
            device: row.try_get("device")?,
            at_ms: row.try_get("created_at_ms")?,
        })
    };
    rows.iter().map(view).collect()
}

/// Forgets what happened before this moment; says how many.
pub(in crate::auth) async fn remove_before(
    db: impl Executor<'_, Database = Any>,
    before_ms: i64,
) -> Result<u64, sqlx::Error> {
    let removed = sqlx::query("DELETE FROM security_events WHERE created_at_ms < $1");
    Ok(removed.bind(before_ms).execute(db).await?.rows_affected())
}
