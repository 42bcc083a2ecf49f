//! Rows of `reports`.

use contract::moderation::{NewReport, ReportId, ReportState, ReportView};
use contract::users::UserId;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Executor, Row};

use crate::database::ensure_one;

pub(super) async fn insert(
    tx: &mut AnyConnection,
    id: ReportId,
    report: &NewReport,
    now_ms: i64,
) -> Result<(), sqlx::Error> {
    let added = sqlx::query(
        "INSERT INTO reports (id, address, media_id, reason, details, contact, state, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.to_string())
    .bind(&report.address)
    .bind(report.media.map(|media| media.to_string()))
    .bind(report.reason.as_str())
    .bind(&report.details)
    .bind(&report.contact)
    .bind(ReportState::Open.as_str())
    .bind(now_ms);
    ensure_one(&added.execute(tx).await?)
}

pub(super) async fn find(
    db: impl Executor<'_, Database = Any>,
    id: ReportId,
) -> Result<Option<ReportView>, sqlx::Error> {
    let found = sqlx::query("SELECT * FROM reports WHERE id = $1").bind(id.to_string());
    found.fetch_optional(db).await?.map(|row| report(&row)).transpose()
}

/// Reports in a state, the oldest first: whoever waits longest comes first.
pub(super) async fn page(
    db: impl Executor<'_, Database = Any>,
    state: ReportState,
    after: &str,
    limit: i64,
) -> Result<Vec<ReportView>, sqlx::Error> {
    let rows = sqlx::query("SELECT * FROM reports WHERE state = $1 AND id > $2 ORDER BY id LIMIT $3");
    let rows = rows.bind(state.as_str()).bind(after).bind(limit);
    rows.fetch_all(db).await?.iter().map(report).collect()
}

/// Writes what was decided, and forgets whom to write to.
pub(super) async fn decide(
    tx: &mut AnyConnection,
    id: ReportId,
    state: ReportState,
    by: UserId,
    now_ms: i64,
) -> Result<(), sqlx::Error> {
    let decided = sqlx::query(
        "UPDATE reports SET state = $1, decided_by = $2, decided_at_ms = $3, contact = '' WHERE id = $4",
    );
    let decided = decided.bind(state.as_str()).bind(by.to_string()).bind(now_ms).bind(id.to_string());
    ensure_one(&decided.execute(tx).await?)
}

fn report(row: &AnyRow) -> Result<ReportView, sqlx::Error> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let media: Option<String> = row.try_get("media_id")?;
    Ok(ReportView {
        id: text("id")?.parse().map_err(decode)?,
        address: text("address")?,
        media: media.map(|id| id.parse()).transpose().map_err(decode)?,
        reason: text("reason")?.parse().map_err(decode)?,
        details: text("details")?,
        contact: text("contact")?,
        state: text("state")?.parse().map_err(decode)?,
        created_at_ms: row.try_get("created_at_ms")?,
        decided_at_ms: row.try_get("decided_at_ms")?,
    })
}

fn decode(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
