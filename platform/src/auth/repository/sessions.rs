//! Rows of `sessions` and `refresh_tokens`.

use contract::auth::SessionId;
use contract::users::{Role, UserId};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use super::parsed;
use crate::auth::Visit;
use crate::database::ensure_one;

/// A session.
pub(in crate::auth) struct Session {
    pub(in crate::auth) id: SessionId,
    pub(in crate::auth) user: UserId,
    pub(in crate::auth) device: String,
    pub(in crate::auth) network: String,
    pub(in crate::auth) created_at_ms: i64,
    pub(in crate::auth) last_seen_at_ms: i64,
    pub(in crate::auth) idle_ends_at_ms: i64,
    pub(in crate::auth) expires_at_ms: i64,
    pub(in crate::auth) revoked: bool,
}

impl Session {
    /// Whether it still lasts.
    pub(in crate::auth) const fn lives(&self, now_ms: i64) -> bool {
        !self.revoked && now_ms < self.idle_ends_at_ms && now_ms < self.expires_at_ms
    }
}

pub(in crate::auth) async fn insert(
    db: impl Executor<'_, Database = Any>,
    session: &Session,
) -> Result<(), sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO sessions (id, user_id, device, network, created_at_ms, last_seen_at_ms, idle_ends_at_ms,
             expires_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(session.id.to_string())
    .bind(session.user.to_string())
    .bind(&session.device)
    .bind(&session.network)
    .bind(session.created_at_ms)
    .bind(session.last_seen_at_ms)
    .bind(session.idle_ends_at_ms)
    .bind(session.expires_at_ms)
    .execute(db)
    .await?;
    ensure_one(&done)
}

/// What a request needs to know of the account that it names.
pub(in crate::auth) struct Standing {
    pub(in crate::auth) role: Role,
    pub(in crate::auth) email_verified: bool,
    pub(in crate::auth) locked: bool,
}

impl Standing {
    /// From a row with the columns `role`, `email_verified_at_ms` and `locked_at_ms` of `accounts`.
    pub(super) fn of(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            role: parsed(row, "role")?,
            email_verified: row.try_get::<Option<i64>, _>("email_verified_at_ms")?.is_some(),
            locked: row.try_get::<Option<i64>, _>("locked_at_ms")?.is_some(),
        })
    }
}

/// How the account of a living session stands; none if the session has ended or is another's.
pub(in crate::auth) async fn standing(
    db: impl Executor<'_, Database = Any>,
    session: SessionId,
    user: UserId,
    now_ms: i64,
) -> Result<Option<Standing>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT a.role, a.email_verified_at_ms, a.locked_at_ms
         FROM sessions s JOIN accounts a ON a.id = s.user_id
         WHERE s.id = $1 AND s.user_id = $2 AND s.revoked_at_ms IS NULL
             AND s.idle_ends_at_ms > $3 AND s.expires_at_ms > $3",
    )
    .bind(session.to_string())
    .bind(user.to_string())
    .bind(now_ms)
    .fetch_optional(db)
    .await?;
    row.map(|row| Standing::of(&row)).transpose()
}

/// The session of a refresh token, kept for this transaction: of two that come at once, the second waits here.
pub(in crate::auth) async fn hold_by_refresh_token(
    db: impl Executor<'_, Database = Any>,
    hash: &str,
) -> Result<Option<Session>, sqlx::Error> {
    let row = sqlx::query(
        "UPDATE sessions SET last_seen_at_ms = last_seen_at_ms
         WHERE id = (SELECT session_id FROM refresh_tokens WHERE hash = $1)
         RETURNING id, user_id, device, network, created_at_ms, last_seen_at_ms, idle_ends_at_ms, expires_at_ms,
             revoked_at_ms",
    );
    row.bind(hash).fetch_optional(db).await?.map(|row| session(&row)).transpose()
}

/// Notes that a session was used, from where, and until when it now lasts.
pub(in crate::auth) async fn touch(
    db: impl Executor<'_, Database = Any>,
    session: SessionId,
    visit: &Visit,
    now_ms: i64,
    idle_ends_at_ms: i64,
) -> Result<(), sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE sessions SET device = $1, network = $2, last_seen_at_ms = $3, idle_ends_at_ms = $4 WHERE id = $5",
    );
    let changed = changed.bind(&visit.device).bind(&visit.network).bind(now_ms).bind(idle_ends_at_ms);
    ensure_one(&changed.bind(session.to_string()).execute(db).await?)
}

/// The sessions of an account that last, the one used last first.
pub(in crate::auth) async fn living(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    now_ms: i64,
) -> Result<Vec<Session>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT id, user_id, device, network, created_at_ms, last_seen_at_ms, idle_ends_at_ms, expires_at_ms,
             revoked_at_ms
         FROM sessions
         WHERE user_id = $1 AND revoked_at_ms IS NULL AND idle_ends_at_ms > $2 AND expires_at_ms > $2
         ORDER BY last_seen_at_ms DESC, id DESC",
    );
    rows.bind(user.to_string()).bind(now_ms).fetch_all(db).await?.iter().map(session).collect()
}

/// Ends one of an account's sessions; says whether it lasted until now.
pub(in crate::auth) async fn revoke(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    session: SessionId,
    now_ms: i64,
) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE sessions SET revoked_at_ms = $1 WHERE id = $2 AND user_id = $3 AND revoked_at_ms IS NULL",
    );
    let changed = changed.bind(now_ms).bind(session.to_string()).bind(user.to_string());
    Ok(changed.execute(db).await?.rows_affected() == 1)
}

/// Ends every session of an account but one; says how many.
pub(in crate::auth) async fn revoke_all_but(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    kept: Option<SessionId>,
    now_ms: i64,
) -> Result<u64, sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE sessions SET revoked_at_ms = $1 WHERE user_id = $2 AND id <> $3 AND revoked_at_ms IS NULL",
    );
    let kept = kept.map(|session| session.to_string()).unwrap_or_default();
    Ok(changed.bind(now_ms).bind(user.to_string()).bind(kept).execute(db).await?.rows_affected())
}

pub(in crate::auth) async fn insert_token(
    db: impl Executor<'_, Database = Any>,
    hash: &str,
    session: SessionId,
) -> Result<(), sqlx::Error> {
    let added = sqlx::query("INSERT INTO refresh_tokens (hash, session_id) VALUES ($1, $2)");
    ensure_one(&added.bind(hash).bind(session.to_string()).execute(db).await?)
}

/// Whether a token is known, and since when it is used.
pub(in crate::auth) async fn token_used_at_ms(
    db: impl Executor<'_, Database = Any>,
    hash: &str,
) -> Result<Option<Option<i64>>, sqlx::Error> {
    let row = sqlx::query("SELECT used_at_ms FROM refresh_tokens WHERE hash = $1");
    row.bind(hash).fetch_optional(db).await?.map(|row| row.try_get("used_at_ms")).transpose()
}

/// Uses a token up; says whether it was unused.
pub(in crate::auth) async fn use_token(
    db: impl Executor<'_, Database = Any>,
    hash: &str,
    now_ms: i64,
) -> Result<bool, sqlx::Error> {
    let changed =
        sqlx::query("UPDATE refresh_tokens SET used_at_ms = $1 WHERE hash = $2 AND used_at_ms IS NULL");
    Ok(changed.bind(now_ms).bind(hash).execute(db).await?.rows_affected() == 1)
}

/// Removes sessions that have ended, with their tokens; says how many.
pub(in crate::auth) async fn remove_ended(
    db: impl Executor<'_, Database = Any>,
    now_ms: i64,
) -> Result<u64, sqlx::Error> {
    let removed = sqlx::query(
        "DELETE FROM sessions WHERE expires_at_ms <= $1 OR idle_ends_at_ms <= $1 OR revoked_at_ms IS NOT NULL",
    );
    Ok(removed.bind(now_ms).execute(db).await?.rows_affected())
}

fn session(row: &AnyRow) -> Result<Session, sqlx::Error> {
    Ok(Session {
        id: parsed(row, "id")?,
        user: parsed(row, "user_id")?,
        device: row.try_get("device")?,
        network: row.try_get("network")?,
        created_at_ms: row.try_get("created_at_ms")?,
        last_seen_at_ms: row.try_get("last_seen_at_ms")?,
        idle_ends_at_ms: row.try_get("idle_ends_at_ms")?,
        expires_at_ms: row.try_get("expires_at_ms")?,
        revoked: row.try_get::<Option<i64>, _>("revoked_at_ms")?.is_some(),
    })
}
