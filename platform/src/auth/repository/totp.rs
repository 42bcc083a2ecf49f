//! Rows of `totp` and `recovery_codes`.

use contract::users::UserId;
use sqlx::{Any, Executor, Row};

use crate::database::ensure_one;

/// The secret of an account's authenticator app.
pub(in crate::auth) struct StoredTotp {
    pub(in crate::auth) sealed_secret: Vec<u8>,
    pub(in crate::auth) confirmed: bool,
}

/// Keeps the secret of an app that has yet to be confirmed, in the place of an earlier such one. Says whether that
/// could be: a confirmed app stays.
pub(in crate::auth) async fn begin(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    sealed_secret: &[u8],
) -> Result<bool, sqlx::Error> {
    let kept = sqlx::query(
        "INSERT INTO totp (user_id, sealed_secret, last_step) VALUES ($1, $2, 0)
         ON CONFLICT (user_id) DO UPDATE SET sealed_secret = excluded.sealed_secret
             WHERE totp.confirmed_at_ms IS NULL",
    );
    Ok(kept.bind(user.to_string()).bind(sealed_secret).execute(db).await?.rows_affected() == 1)
}

pub(in crate::auth) async fn find(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
) -> Result<Option<StoredTotp>, sqlx::Error> {
    let row = sqlx::query("SELECT sealed_secret, confirmed_at_ms FROM totp WHERE user_id = $1");
    let row = row.bind(user.to_string()).fetch_optional(db).await?;
    row.map(|row| {
        Ok(StoredTotp {
            sealed_secret: row.try_get("sealed_secret")?,
            confirmed: row.try_get::<Option<i64>, _>("confirmed_at_ms")?.is_some(),
        })
    })
    .transpose()
}

/// Notes that the owner has the app; says whether that is news.
pub(in crate::auth) async fn confirm(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    now_ms: i64,
) -> Result<bool, sqlx::Error> {
    let changed =
        sqlx::query("UPDATE totp SET confirmed_at_ms = $1 WHERE user_id = $2 AND confirmed_at_ms IS NULL");
    Ok(changed.bind(now_ms).bind(user.to_string()).execute(db).await?.rows_affected() == 1)
}

/// Uses a step up; says whether it and all later ones were unused.
pub(in crate::auth) async fn use_step(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    step: i64,
) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query("UPDATE totp SET last_step = $1 WHERE user_id = $2 AND last_step < $1");
    Ok(changed.bind(step).bind(user.to_string()).execute(db).await?.rows_affected() == 1)
}

/// Removes the app and the recovery codes; says whether there was an app.
pub(in crate::auth) async fn remove(
    connection: &mut sqlx::AnyConnection,
    user: UserId,
) -> Result<bool, sqlx::Error> {
    remove_codes(&mut *connection, user).await?;
    let removed = sqlx::query("DELETE FROM totp WHERE user_id = $1").bind(user.to_string());
    Ok(removed.execute(connection).await?.rows_affected() == 1)
}

pub(in crate::auth) async fn insert_code(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    hash: &str,
) -> Result<(), sqlx::Error> {
    let added = sqlx::query("INSERT INTO recovery_codes (hash, user_id) VALUES ($1, $2)");
    ensure_one(&added.bind(hash).bind(user.to_string()).execute(db).await?)
}

/// Uses a recovery code up; says whether it was one.
pub(in crate::auth) async fn use_code(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    hash: &str,
) -> Result<bool, sqlx::Error> {
    let removed = sqlx::query("DELETE FROM recovery_codes WHERE hash = $1 AND user_id = $2");
    Ok(removed.bind(hash).bind(user.to_string()).execute(db).await?.rows_affected() == 1)
}

/// How many recovery codes are left.
pub(in crate::auth) async fn codes_left(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
) -> Result<i64, sqlx::Error> {
    let counted = sqlx::query_scalar("SELECT COUNT(*) FROM recovery_codes WHERE user_id = $1");
    counted.bind(user.to_string()).fetch_one(db).await
}

pub(in crate::auth) async fn remove_codes(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
) -> Result<(), sqlx::Error> {
    let removed = sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1");
    removed.bind(user.to_string()).execute(db).await.map(|_| ())
}
