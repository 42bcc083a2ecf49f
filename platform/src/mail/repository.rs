//! The SQL of the outbox.

use sqlx::{AnyConnection, Row};

use crate::database::Database;

/// A mail on its way in.
pub(super) struct NewEntry<'a> {
    pub(super) id: &'a str,
    pub(super) kind: &'static str,
    pub(super) sealed: Vec<u8>,
    pub(super) created_at_ms: i64,
    pub(super) give_up_at_ms: i64,
}

/// A mail that this worker, and no other, is to deliver until its lease ends.
pub(super) struct Claimed {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) sealed: Vec<u8>,
    /// How many claims there have been, this one included. A later claim has a higher number.
    pub(super) attempts: i64,
    pub(super) give_up_at_ms: i64,
}

/// How a mail's way ends.
#[derive(Clone, Copy)]
pub(super) enum End {
    Delivered,
    GivenUp,
}

impl End {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
        }
    }
}

pub(super) async fn insert(connection: &mut AnyConnection, entry: &NewEntry<'_>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO outgoing_mails
             (id, kind, sealed, state, attempts, due_at_ms, give_up_at_ms, created_at_ms, failure)
         VALUES ($1, $2, $3, 'waiting', 0, $4, $5, $4, '')",
    )
    .bind(entry.id)
    .bind(entry.kind)
    .bind(entry.sealed.as_slice())
    .bind(entry.created_at_ms)
    .bind(entry.give_up_at_ms)
    .execute(connection)
    .await
    .map(|_| ())
}

/// The mails that are due, those that have waited longest first.
pub(super) async fn due(database: &Database, now_ms: i64, limit: i64) -> Result<Vec<String>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT id FROM outgoing_mails WHERE state = 'waiting' AND due_at_ms <= $1
         ORDER BY due_at_ms, id LIMIT $2",
    )
    .bind(now_ms)
    .bind(limit)
    .fetch_all(database.reader())
    .await?;
    rows.iter().map(|row| row.try_get("id")).collect()
}

/// Takes a mail that is still due; none if another worker was faster.
pub(super) async fn claim(
    database: &Database,
    id: &str,
    now_ms: i64,
    lease_ends_at_ms: i64,
) -> Result<Option<Claimed>, sqlx::Error> {
    let row = sqlx::query(
        "UPDATE outgoing_mails SET attempts = attempts + 1, due_at_ms = $1
         WHERE id = $2 AND state = 'waiting' AND due_at_ms <= $3
         RETURNING kind, sealed, attempts, give_up_at_ms",
    )
    .bind(lease_ends_at_ms)
    .bind(id)
    .bind(now_ms)
    .fetch_optional(database.writer())
    .await?;
    row.map(|row| {
        Ok(Claimed {
            id: id.into(),
            kind: row.try_get("kind")?,
            sealed: row.try_get("sealed")?,
            attempts: row.try_get("attempts")?,
            give_up_at_ms: row.try_get("give_up_at_ms")?,
        })
    })
    .transpose()
}

/// Ends a mail's way and removes what it says. False if the claim is no longer the last: then its worker decides.
pub(super) async fn finish(
    database: &Database,
    claimed: &Claimed,
    end: End,
    failure: &str,
    now_ms: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE outgoing_mails SET state = $1, sealed = NULL, failure = $2, finished_at_ms = $3
         WHERE id = $4 AND attempts = $5 AND state = 'waiting'",
    )
    .bind(end.as_str())
    .bind(failure)
    .bind(now_ms)
    .bind(&claimed.id)
    .bind(claimed.attempts)
    .execute(database.writer())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts a mail back until `due_at_ms`. False if the claim is no longer the last.
pub(super) async fn postpone(
    database: &Database,
    claimed: &Claimed,
    failure: &str,
    due_at_ms: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE outgoing_mails SET due_at_ms = $1, failure = $2
         WHERE id = $3 AND attempts = $4 AND state = 'waiting'",
    )
    .bind(due_at_ms)
    .bind(failure)
    .bind(&claimed.id)
    .bind(claimed.attempts)
    .execute(database.writer())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets the traces of mails whose way ended before this moment; says how many.
pub(super) async fn forget_before(database: &Database, finished_at_ms: i64) -> Result<u64, sqlx::Error> {
    let done = sqlx::query("DELETE FROM outgoing_mails WHERE finished_at_ms < $1")
        .bind(finished_at_ms)
        .execute(database.writer())
        .await?;
    Ok(done.rows_affected())
}
