//! Rows of `signing_keys`.

use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use crate::database::ensure_one;

/// A key as the database has it.
pub(in crate::auth) struct StoredKey {
    pub(in crate::auth) kid: String,
    /// In base64url.
    pub(in crate::auth) public_key: String,
    pub(in crate::auth) sealed_seed: Vec<u8>,
    pub(in crate::auth) signs_until_ms: i64,
    pub(in crate::auth) verifies_until_ms: i64,
}

pub(in crate::auth) async fn insert(
    db: impl Executor<'_, Database = Any>,
    key: &StoredKey,
) -> Result<(), sqlx::Error> {
    let added = sqlx::query(
        "INSERT INTO signing_keys (kid, public_key, sealed_seed, signs_until_ms, verifies_until_ms)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&key.kid)
    .bind(&key.public_key)
    .bind(key.sealed_seed.as_slice())
    .bind(key.signs_until_ms)
    .bind(key.verifies_until_ms);
    ensure_one(&added.execute(db).await?)
}

/// Every key that still checks tokens.
pub(in crate::auth) async fn all(
    db: impl Executor<'_, Database = Any>,
    now_ms: i64,
) -> Result<Vec<StoredKey>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT kid, public_key, sealed_seed, signs_until_ms, verifies_until_ms FROM signing_keys
         WHERE verifies_until_ms > $1 ORDER BY signs_until_ms, kid",
    );
    rows.bind(now_ms).fetch_all(db).await?.iter().map(key).collect()
}

/// Removes the keys that check nothing any more; says how many.
pub(in crate::auth) async fn remove_old(
    db: impl Executor<'_, Database = Any>,
    now_ms: i64,
) -> Result<u64, sqlx::Error> {
    let removed = sqlx::query("DELETE FROM signing_keys WHERE verifies_until_ms <= $1");
    Ok(removed.bind(now_ms).execute(db).await?.rows_affected())
}

fn key(row: &AnyRow) -> Result<StoredKey, sqlx::Error> {
    Ok(StoredKey {
        kid: row.try_get("kid")?,
        public_key: row.try_get("public_key")?,
        sealed_seed: row.try_get("sealed_seed")?,
        signs_until_ms: row.try_get("signs_until_ms")?,
        verifies_until_ms: row.try_get("verifies_until_ms")?,
    })
}
