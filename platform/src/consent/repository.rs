//! Rows of `attestations`, `attestation_results` and `ages`.

use contract::consent::{AttestationId, AttestationView, Claim};
use contract::media::MediaId;
use contract::users::UserId;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Executor, Row};

use crate::database::ensure_one;
use crate::personal_data::delete_of;

/// A row of `attestations`.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) id: AttestationId,
    pub(super) owner: UserId,
    pub(super) source: MediaId,
    pub(super) face: u32,
    pub(super) claim: Claim,
    pub(super) salt: String,
    pub(super) sequence: i64,
    pub(super) results: i64,
    pub(super) created_at_ms: i64,
    pub(super) revoked_at_ms: Option<i64>,
}

impl From<Statement> for AttestationView {
    fn from(statement: Statement) -> Self {
        let Statement { id, source, face, claim, results, created_at_ms, revoked_at_ms, .. } = statement;
        Self { id, source, face, claim, results, created_at_ms, revoked_at_ms }
    }
}

pub(super) async fn insert(tx: &mut AnyConnection, statement: &Statement) -> Result<(), sqlx::Error> {
    let added = sqlx::query(
        "INSERT INTO attestations (id, owner, source, face, claim, salt, sequence, results, created_at_ms, revoked_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(statement.id.to_string())
    .bind(statement.owner.to_string())
    .bind(statement.source.to_string())
    .bind(i64::from(statement.face))
    .bind(statement.claim.as_str())
    .bind(&statement.salt)
    .bind(statement.sequence)
    .bind(statement.results)
    .bind(statement.created_at_ms)
    .bind(statement.revoked_at_ms);
    ensure_one(&added.execute(tx).await?)
}

/// The statement about a face that holds, if there is one.
pub(super) async fn standing(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
    source: MediaId,
    face: u32,
) -> Result<Option<Statement>, sqlx::Error> {
    let found = sqlx::query(
        "SELECT * FROM attestations
         WHERE owner = $1 AND source = $2 AND face = $3 AND revoked_at_ms IS NULL ORDER BY id DESC LIMIT 1",
    );
    let found = found.bind(owner.to_string()).bind(source.to_string()).bind(i64::from(face));
    found.fetch_optional(db).await?.map(|row| statement(&row)).transpose()
}

pub(super) async fn find(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
    id: AttestationId,
) -> Result<Option<Statement>, sqlx::Error> {
    let found = sqlx::query("SELECT * FROM attestations WHERE id = $1 AND owner = $2");
    let found = found.bind(id.to_string()).bind(owner.to_string());
    found.fetch_optional(db).await?.map(|row| statement(&row)).transpose()
}

/// A person's statements, the newest first.
pub(super) async fn page(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
    after: &str,
    limit: i64,
) -> Result<Vec<Statement>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT * FROM attestations WHERE owner = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3",
    );
    let rows = rows.bind(owner.to_string()).bind(after).bind(limit);
    rows.fetch_all(db).await?.iter().map(statement).collect()
}

pub(super) async fn all(db: impl Executor<'_, Database = Any>) -> Result<Vec<Statement>, sqlx::Error> {
    let rows = sqlx::query("SELECT * FROM attestations ORDER BY sequence").fetch_all(db).await?;
    rows.iter().map(statement).collect()
}

/// Withdraws a statement; says whether it held until now.
pub(super) async fn revoke(
    tx: &mut AnyConnection,
    id: AttestationId,
    at_ms: i64,
) -> Result<bool, sqlx::Error> {
    let revoked =
        sqlx::query("UPDATE attestations SET revoked_at_ms = $1 WHERE id = $2 AND revoked_at_ms IS NULL");
    Ok(revoked.bind(at_ms).bind(id.to_string()).execute(tx).await?.rows_affected() == 1)
}

/// Notes that a result was made on a statement; says whether the statement still holds.
pub(super) async fn bind(
    tx: &mut AnyConnection,
    id: AttestationId,
    result: MediaId,
) -> Result<bool, sqlx::Error> {
    let bound = sqlx::query(
        "INSERT INTO attestation_results (attestation_id, media_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    );
    let bound = bound.bind(id.to_string()).bind(result.to_string()).execute(&mut *tx).await?.rows_affected();
    let counted =
        sqlx::query("UPDATE attestations SET results = results + $2 WHERE id = $1 AND revoked_at_ms IS NULL");
    let bound = i64::try_from(bound).unwrap_or(i64::MAX);
    Ok(counted.bind(id.to_string()).bind(bound).execute(tx).await?.rows_affected() == 1)
}

/// What was made on a statement.
pub(super) async fn results_of(
    db: impl Executor<'_, Database = Any>,
    id: AttestationId,
) -> Result<Vec<MediaId>, sqlx::Error> {
    let ids = sqlx::query_scalar(
        "SELECT media_id FROM attestation_results WHERE attestation_id = $1 ORDER BY media_id",
    );
    let ids: Vec<String> = ids.bind(id.to_string()).fetch_all(db).await?;
    ids.iter().map(|id| id.parse().map_err(decode)).collect()
}

/// Forgets all that a person stated, and says how many statements that were.
pub(super) async fn erase(tx: &mut AnyConnection, owner: UserId) -> Result<u64, sqlx::Error> {
    delete_of(tx, owner, "DELETE FROM attestation_results WHERE attestation_id IN (SELECT id FROM attestations WHERE owner = $1)").await?;
    let statements = delete_of(tx, owner, "DELETE FROM attestations WHERE owner = $1").await?;
    delete_of(tx, owner, "DELETE FROM ages WHERE owner = $1").await?;
    Ok(statements)
}

pub(super) async fn set_age(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
    at_ms: i64,
) -> Result<(), sqlx::Error> {
    let set = sqlx::query(
        "INSERT INTO ages (owner, confirmed_at_ms) VALUES ($1, $2) ON CONFLICT (owner) DO NOTHING",
    );
    set.bind(owner.to_string()).bind(at_ms).execute(db).await.map(drop)
}

/// When a person said that they are of age.
pub(super) async fn age(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
) -> Result<Option<i64>, sqlx::Error> {
    let said = sqlx::query_scalar("SELECT confirmed_at_ms FROM ages WHERE owner = $1");
    said.bind(owner.to_string()).fetch_optional(db).await
}

fn statement(row: &AnyRow) -> Result<Statement, sqlx::Error> {
    let text = |name: &str| row.try_get::<String, _>(name);
    Ok(Statement {
        id: text("id")?.parse().map_err(decode)?,
        owner: text("owner")?.parse().map_err(decode)?,
        source: text("source")?.parse().map_err(decode)?,
        face: u32::try_from(row.try_get::<i64, _>("face")?).map_err(decode)?,
        claim: text("claim")?.parse().map_err(decode)?,
        salt: text("salt")?,
        sequence: row.try_get("sequence")?,
        results: row.try_get("results")?,
        created_at_ms: row.try_get("created_at_ms")?,
        revoked_at_ms: row.try_get("revoked_at_ms")?,
    })
}

fn decode(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
