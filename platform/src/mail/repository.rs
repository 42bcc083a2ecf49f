//! The SQL of the outbox.

use sqlx::AnyConnection;

/// A mail on its way in.
pub(super) struct NewEntry<'a> {
    pub(super) id: &'a str,
    pub(super) kind: &'static str,
    pub(super) sealed: Vec<u8>,
    pub(super) created_at_ms: i64,
    pub(super) give_up_at_ms: i64,
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
