//! The one row of `provenance_identities`.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::database::Database;

/// The identity as the database has it.
pub(super) struct StoredIdentity {
    pub(super) sealed_seed: Vec<u8>,
    pub(super) certificate: Vec<u8>,
    pub(super) root_certificate: Vec<u8>,
}

pub(super) async fn find(database: &Database) -> Result<Option<StoredIdentity>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT sealed_seed, certificate, root_certificate FROM provenance_identities WHERE id = $1",
    )
    .bind(super::service::PLACE)
    .fetch_optional(database.reader())
    .await?;
    let stored = |row: AnyRow| -> Result<StoredIdentity, sqlx::Error> {
        Ok(StoredIdentity {
            sealed_seed: row.try_get("sealed_seed")?,
            certificate: row.try_get("certificate")?,
            root_certificate: row.try_get("root_certificate")?,
        })
    };
    row.map(stored).transpose()
}

/// Writes it, if there is none yet: of two nodes that start together, the first has made it.
pub(super) async fn insert(
    database: &Database,
    identity: &StoredIdentity,
    made_at_ms: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO provenance_identities (id, sealed_seed, certificate, root_certificate, made_at_ms)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING",
    )
    .bind(super::service::PLACE)
    .bind(identity.sealed_seed.as_slice())
    .bind(identity.certificate.as_slice())
    .bind(identity.root_certificate.as_slice())
    .bind(made_at_ms)
    .execute(database.writer())
    .await
    .map(|_| ())
}
