//! Rows of `media`, `media_owners` and `media_removals`.

use contract::media::{MediaId, MediaKind};
use contract::users::UserId;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Executor, Row};

use super::model::Stored;
use crate::database::ensure_one;

const COLUMNS: &str = "id, owner, kind, visibility, name, format, bytes, width, height, frames, blur_hash, sent_sha256, \
                       sha256, created_at_ms, expires_at_ms, deleted_at_ms, hidden_at_ms";

/// Which of a person's files a list has.
#[derive(Clone, Debug)]
pub(super) struct Listed<'a> {
    pub(super) owner: UserId,
    pub(super) kind: Option<MediaKind>,
    /// The id of the last one that was seen: older ones follow.
    pub(super) after: Option<&'a str>,
    pub(super) limit: i64,
    pub(super) now_ms: i64,
}

/// Waits until nobody else changes what this person keeps, and keeps others waiting until the transaction ends.
pub(super) async fn lock(tx: &mut AnyConnection, owner: UserId) -> Result<(), sqlx::Error> {
    let locked = sqlx::query(
        "INSERT INTO media_owners (owner) VALUES ($1) ON CONFLICT (owner) DO UPDATE SET owner = $1",
    );
    ensure_one(&locked.bind(owner.to_string()).execute(tx).await?)
}

/// Removes the row that [`lock`] wrote.
pub(super) async fn forget_owner(tx: &mut AnyConnection, owner: UserId) -> Result<(), sqlx::Error> {
    let removed = sqlx::query("DELETE FROM media_owners WHERE owner = $1").bind(owner.to_string());
    ensure_one(&removed.execute(tx).await?)
}

/// Adds a file.
pub(super) async fn insert(tx: &mut AnyConnection, file: &Stored) -> Result<(), sqlx::Error> {
    let added = sqlx::query(
        "INSERT INTO media (id, owner, kind, visibility, name, format, bytes, width, height, frames, blur_hash,
                            sent_sha256, sha256, created_at_ms, expires_at_ms, deleted_at_ms, hidden_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    )
    .bind(file.id.to_string())
    .bind(file.owner.to_string())
    .bind(file.kind.as_str())
    .bind(file.visibility.as_str())
    .bind(&file.name)
    .bind(file.format.as_str())
    .bind(file.bytes)
    .bind(file.width)
    .bind(file.height)
    .bind(file.frames)
    .bind(&file.blur_hash)
    .bind(&file.sent_sha256)
    .bind(&file.sha256)
    .bind(file.created_at_ms)
    .bind(file.expires_at_ms)
    .bind(file.deleted_at_ms)
    .bind(file.hidden_at_ms);
    ensure_one(&added.execute(tx).await?)
}

/// Writes what may change of a file.
pub(super) async fn update(tx: &mut AnyConnection, file: &Stored) -> Result<(), sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE media SET visibility = $1, name = $2, expires_at_ms = $3, deleted_at_ms = $4, hidden_at_ms = $5
         WHERE id = $6",
    )
    .bind(file.visibility.as_str())
    .bind(&file.name)
    .bind(file.expires_at_ms)
    .bind(file.deleted_at_ms)
    .bind(file.hidden_at_ms)
    .bind(file.id.to_string());
    ensure_one(&changed.execute(tx).await?)
}

pub(super) async fn remove(tx: &mut AnyConnection, id: MediaId) -> Result<(), sqlx::Error> {
    let removed = sqlx::query("DELETE FROM media WHERE id = $1").bind(id.to_string());
    ensure_one(&removed.execute(tx).await?)
}

pub(super) async fn find(
    db: impl Executor<'_, Database = Any>,
    id: MediaId,
) -> Result<Option<Stored>, sqlx::Error> {
    let found = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM media WHERE id = $1")));
    found.bind(id.to_string()).fetch_optional(db).await?.map(|row| stored(&row)).transpose()
}

/// The file that was made of something that was sent before.
pub(super) async fn find_sent(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
    kind: MediaKind,
    sent_sha256: &str,
) -> Result<Option<Stored>, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM media WHERE owner = $1 AND kind = $2 AND sent_sha256 = $3");
    let found =
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(owner.to_string()).bind(kind.as_str()).bind(sent_sha256);
    found.fetch_optional(db).await?.map(|row| stored(&row)).transpose()
}

/// What a person has, the newest first, without what was thrown away or has expired.
pub(super) async fn list(
    db: impl Executor<'_, Database = Any>,
    listed: Listed<'_>,
) -> Result<Vec<Stored>, sqlx::Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM media
         WHERE owner = $1 AND ($2 = '' OR kind = $2) AND ($3 = '' OR id < $3) AND deleted_at_ms IS NULL
           AND (expires_at_ms IS NULL OR expires_at_ms > $4)
         ORDER BY id DESC LIMIT $5"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(listed.owner.to_string())
        .bind(listed.kind.map_or("", MediaKind::as_str))
        .bind(listed.after.unwrap_or_default())
        .bind(listed.now_ms)
        .bind(listed.limit);
    rows.fetch_all(db).await?.iter().map(stored).collect()
}

/// Every file of a person, also what was thrown away.
pub(super) async fn all_of(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
) -> Result<Vec<Stored>, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM media WHERE owner = $1 ORDER BY id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(owner.to_string());
    rows.fetch_all(db).await?.iter().map(stored).collect()
}

/// A part of all files, by their ids: for who looks at each.
pub(super) async fn after(
    db: impl Executor<'_, Database = Any>,
    after: &str,
    limit: i64,
) -> Result<Vec<Stored>, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM media WHERE id > $1 ORDER BY id LIMIT $2");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(after).bind(limit);
    rows.fetch_all(db).await?.iter().map(stored).collect()
}

/// How many bytes a person keeps, without what was thrown away.
pub(super) async fn used(db: impl Executor<'_, Database = Any>, owner: UserId) -> Result<i64, sqlx::Error> {
    let sum = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM media WHERE owner = $1 AND deleted_at_ms IS NULL";
    sqlx::query_scalar(sum).bind(owner.to_string()).fetch_one(db).await
}

/// What nobody can have any more: expired, or thrown away before `deleted_before_ms`.
pub(super) async fn ended(
    db: impl Executor<'_, Database = Any>,
    now_ms: i64,
    deleted_before_ms: i64,
    limit: i64,
) -> Result<Vec<Stored>, sqlx::Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM media WHERE expires_at_ms <= $1 OR deleted_at_ms <= $2 ORDER BY id LIMIT $3"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(now_ms).bind(deleted_before_ms).bind(limit);
    rows.fetch_all(db).await?.iter().map(stored).collect()
}

/// Notes that a name of the store is to be freed.
pub(super) async fn plan_removal(
    db: impl Executor<'_, Database = Any>,
    id: MediaId,
    due_at_ms: i64,
) -> Result<(), sqlx::Error> {
    let planned = sqlx::query(
        "INSERT INTO media_removals (id, due_at_ms) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET due_at_ms = $2",
    );
    ensure_one(&planned.bind(id.to_string()).bind(due_at_ms).execute(db).await?)
}

/// Takes that note back where it is not due before `after_ms`; says whether it was there.
pub(super) async fn cancel_removal(
    db: impl Executor<'_, Database = Any>,
    id: MediaId,
    after_ms: i64,
) -> Result<bool, sqlx::Error> {
    let cancelled = sqlx::query("DELETE FROM media_removals WHERE id = $1 AND due_at_ms > $2");
    Ok(cancelled.bind(id.to_string()).bind(after_ms).execute(db).await?.rows_affected() == 1)
}

/// Forgets a note that was due by `until_ms`, once it is done. One that was written anew meanwhile stays.
pub(super) async fn removal_done(
    db: impl Executor<'_, Database = Any>,
    id: MediaId,
    until_ms: i64,
) -> Result<(), sqlx::Error> {
    let done = sqlx::query("DELETE FROM media_removals WHERE id = $1 AND due_at_ms <= $2");
    done.bind(id.to_string()).bind(until_ms).execute(db).await.map(drop)
}

/// Names that are to be freed by now.
pub(super) async fn due_removals(
    db: impl Executor<'_, Database = Any>,
    now_ms: i64,
    limit: i64,
) -> Result<Vec<MediaId>, sqlx::Error> {
    let due =
        sqlx::query_scalar("SELECT id FROM media_removals WHERE due_at_ms <= $1 ORDER BY due_at_ms LIMIT $2");
    let ids: Vec<String> = due.bind(now_ms).bind(limit).fetch_all(db).await?;
    ids.iter().map(|id| id.parse().map_err(decode)).collect()
}

/// Whether a name of the store is known: as a file, or as one to be freed.
pub(super) async fn is_known(
    db: impl Executor<'_, Database = Any>,
    id: MediaId,
) -> Result<bool, sqlx::Error> {
    let known = sqlx::query_scalar(
        "SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM media WHERE id = $1)
                            OR EXISTS (SELECT 1 FROM media_removals WHERE id = $1) THEN 1 ELSE 0 END AS BIGINT)",
    );
    let known: i64 = known.bind(id.to_string()).fetch_one(db).await?;
    Ok(known == 1)
}

fn stored(row: &AnyRow) -> Result<Stored, sqlx::Error> {
    let text = |name: &str| row.try_get::<String, _>(name);
    Ok(Stored {
        id: text("id")?.parse().map_err(decode)?,
        owner: text("owner")?.parse().map_err(decode)?,
        kind: text("kind")?.parse().map_err(decode)?,
        visibility: text("visibility")?.parse().map_err(decode)?,
        name: text("name")?,
        format: text("format")?.parse().map_err(decode)?,
        bytes: row.try_get("bytes")?,
        width: row.try_get("width")?,
        height: row.try_get("height")?,
        frames: row.try_get("frames")?,
        blur_hash: text("blur_hash")?,
        sent_sha256: text("sent_sha256")?,
        sha256: text("sha256")?,
        created_at_ms: row.try_get("created_at_ms")?,
        expires_at_ms: row.try_get("expires_at_ms")?,
        deleted_at_ms: row.try_get("deleted_at_ms")?,
        hidden_at_ms: row.try_get("hidden_at_ms")?,
    })
}

fn decode(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
