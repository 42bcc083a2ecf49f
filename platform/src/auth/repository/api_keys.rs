//! Rows of `api_keys`.

use contract::auth::{ApiKeyId, ApiKeyView, Scope};
use contract::users::UserId;
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use super::parsed;
use super::sessions::Standing;
use crate::database::ensure_one;

pub(in crate::auth) async fn insert(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    hash: &str,
    key: &ApiKeyView,
) -> Result<(), sqlx::Error> {
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.as_str()).collect();
    let added = sqlx::query(
        "INSERT INTO api_keys (id, user_id, hash, prefix, name, scopes, created_at_ms, expires_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(key.id.to_string())
    .bind(user.to_string())
    .bind(hash)
    .bind(&key.prefix)
    .bind(&key.name)
    .bind(scopes.join(" "))
    .bind(key.created_at_ms)
    .bind(key.expires_at_ms);
    ensure_one(&added.execute(db).await?)
}

/// How many of an account's keys still work.
pub(in crate::auth) async fn count_living(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    now_ms: i64,
) -> Result<i64, sqlx::Error> {
    let counted =
        sqlx::query_scalar("SELECT COUNT(*) FROM api_keys WHERE user_id = $1 AND expires_at_ms > $2");
    counted.bind(user.to_string()).bind(now_ms).fetch_one(db).await
}

/// An account's keys, the youngest first.
pub(in crate::auth) async fn of(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
) -> Result<Vec<ApiKeyView>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT id, prefix, name, scopes, created_at_ms, last_used_at_ms, expires_at_ms FROM api_keys
         WHERE user_id = $1 ORDER BY id DESC",
    );
    rows.bind(user.to_string()).fetch_all(db).await?.iter().map(view).collect()
}

/// A living key, and how its account stands.
pub(in crate::auth) struct Known {
    pub(in crate::auth) id: ApiKeyId,
    pub(in crate::auth) user: UserId,
    pub(in crate::auth) scopes: Vec<Scope>,
    pub(in crate::auth) last_used_at_ms: Option<i64>,
    pub(in crate::auth) standing: Standing,
}

pub(in crate::auth) async fn by_hash(
    db: impl Executor<'_, Database = Any>,
    hash: &str,
    now_ms: i64,
) -> Result<Option<Known>, sqlx::Error> {
    let found = sqlx::query(
        "SELECT k.id, k.user_id, k.scopes, k.last_used_at_ms, a.role, a.email_verified_at_ms, a.locked_at_ms
         FROM api_keys k JOIN accounts a ON a.id = k.user_id WHERE k.hash = $1 AND k.expires_at_ms > $2",
    );
    let row = found.bind(hash).bind(now_ms).fetch_optional(db).await?;
    row.map(|row| {
        Ok(Known {
            id: parsed(&row, "id")?,
            user: parsed(&row, "user_id")?,
            scopes: scopes(&row)?,
            last_used_at_ms: row.try_get("last_used_at_ms")?,
            standing: Standing::of(&row)?,
        })
    })
    .transpose()
}

pub(in crate::auth) async fn touch(
    db: impl Executor<'_, Database = Any>,
    key: ApiKeyId,
    now_ms: i64,
) -> Result<(), sqlx::Error> {
    let changed = sqlx::query("UPDATE api_keys SET last_used_at_ms = $1 WHERE id = $2");
    ensure_one(&changed.bind(now_ms).bind(key.to_string()).execute(db).await?)
}

/// Ends one of an account's keys; says whether it had it.
pub(in crate::auth) async fn remove(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    key: ApiKeyId,
) -> Result<bool, sqlx::Error> {
    let removed = sqlx::query("DELETE FROM api_keys WHERE id = $1 AND user_id = $2");
    Ok(removed.bind(key.to_string()).bind(user.to_string()).execute(db).await?.rows_affected() == 1)
}

/// Ends all of an account's keys.
pub(in crate::auth) async fn remove_all(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
) -> Result<(), sqlx::Error> {
    let removed = sqlx::query("DELETE FROM api_keys WHERE user_id = $1");
    removed.bind(user.to_string()).execute(db).await.map(|_| ())
}

/// Removes the keys that ended before this moment; says how many.
pub(in crate::auth) async fn remove_expired(
    db: impl Executor<'_, Database = Any>,
    before_ms: i64,
) -> Result<u64, sqlx::Error> {
    let removed = sqlx::query("DELETE FROM api_keys WHERE expires_at_ms <= $1");
    Ok(removed.bind(before_ms).execute(db).await?.rows_affected())
}

fn view(row: &AnyRow) -> Result<ApiKeyView, sqlx::Error> {
    Ok(ApiKeyView {
        id: parsed(row, "id")?,
        name: row.try_get("name")?,
        prefix: row.try_get("prefix")?,
        scopes: scopes(row)?,
        created_at_ms: row.try_get("created_at_ms")?,
        last_used_at_ms: row.try_get("last_used_at_ms")?,
        expires_at_ms: row.try_get("expires_at_ms")?,
    })
}

/// A scope that this program does not know is one that it does not grant.
fn scopes(row: &AnyRow) -> Result<Vec<Scope>, sqlx::Error> {
    let text: String = row.try_get("scopes")?;
    Ok(text.split(' ').filter_map(|scope| scope.parse().ok()).collect())
}
