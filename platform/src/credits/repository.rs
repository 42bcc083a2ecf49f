//! The SQL of the ledger.

use contract::credits::{TransferId, TransferKind, TransferView};
use contract::users::UserId;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Executor, Row};

use crate::database::ensure_one;
use crate::personal_data::delete_of;

/// Where credits are. Those of persons have a sum of their own in `credit_balances`; those of the house are only added
/// up in an audit: a row that everybody's transfers touch would make them queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Account {
    /// Free to spend.
    Available,
    /// Set aside for jobs.
    Held,
    /// Where credits come from; its sum is what was ever given out, with a minus.
    Issued,
    /// Where spent ones go.
    Used,
}

impl Account {
    fn name(self, owner: UserId) -> String {
        match self {
            Self::Available => format!("user:{owner}:available"),
            Self::Held => format!("user:{owner}:held"),
            Self::Issued => "system:issued".into(),
            Self::Used => "system:used".into(),
        }
    }

    /// What becomes of the owner's available and held sums when this account changes by `amount`.
    const fn changes(self, amount: i64) -> (i64, i64) {
        match self {
            Self::Available => (amount, 0),
            Self::Held => (0, amount),
            Self::Issued | Self::Used => (0, 0),
        }
    }
}

/// Credits on their way from one account to another.
pub(super) struct Transfer<'a> {
    pub(super) id: TransferId,
    pub(super) owner: UserId,
    pub(super) kind: TransferKind,
    pub(super) key: &'a str,
    pub(super) job: Option<String>,
    pub(super) note: &'a str,
    pub(super) from: Account,
    pub(super) to: Account,
    pub(super) amount: i64,
    pub(super) now_ms: i64,
}

/// What became of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Posted {
    /// It was written.
    Now,
    /// One of that key was written before; nothing changed.
    Before,
    /// There is not enough. The caller's transaction must not be committed.
    Short,
}

/// Writes a transfer and its two entries, and brings the owner's sums along.
pub(super) async fn post(
    connection: &mut AnyConnection,
    transfer: &Transfer<'_>,
) -> Result<Posted, sqlx::Error> {
    if !insert(connection, transfer).await? {
        return Ok(Posted::Before);
    }
    if !change_sums(connection, transfer).await? {
        return Ok(Posted::Short);
    }
    for (account, amount) in [(transfer.from, -transfer.amount), (transfer.to, transfer.amount)] {
        let entry =
            sqlx::query("INSERT INTO credit_entries (transfer_id, account, amount) VALUES ($1, $2, $3)");
        let entry = entry.bind(transfer.id.to_string()).bind(account.name(transfer.owner)).bind(amount);
        ensure_one(&entry.execute(&mut *connection).await?)?;
    }
    Ok(Posted::Now)
}

/// False if there is one of that key.
async fn insert(connection: &mut AnyConnection, transfer: &Transfer<'_>) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO credit_transfers (id, owner_id, kind, idempotency_key, job_id, note, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (idempotency_key) DO NOTHING",
    )
    .bind(transfer.id.to_string())
    .bind(transfer.owner.to_string())
    .bind(transfer.kind.as_str())
    .bind(transfer.key)
    .bind(transfer.job.as_deref())
    .bind(transfer.note)
    .bind(transfer.now_ms)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// False if one of the sums would become negative.
///
/// The condition asks before the table's constraint does: a refused statement would end the caller's transaction on
/// PostgreSQL.
async fn change_sums(connection: &mut AnyConnection, transfer: &Transfer<'_>) -> Result<bool, sqlx::Error> {
    let (of_from, of_to) = (transfer.from.changes(-transfer.amount), transfer.to.changes(transfer.amount));
    let (available, held) = (of_from.0 + of_to.0, of_from.1 + of_to.1);
    if available > 0 {
        open(connection, transfer.owner).await?;
    }
    let done = sqlx::query(
        "UPDATE credit_balances SET available = available + $1, held = held + $2
         WHERE owner_id = $3 AND available + $1 >= 0 AND held + $2 >= 0",
    )
    .bind(available)
    .bind(held)
    .bind(transfer.owner.to_string())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

async fn open(connection: &mut AnyConnection, owner: UserId) -> Result<(), sqlx::Error> {
    let row = sqlx::query(
        "INSERT INTO credit_balances (owner_id, available, held) VALUES ($1, 0, 0) ON CONFLICT (owner_id) DO NOTHING",
    );
    row.bind(owner.to_string()).execute(connection).await.map(|_| ())
}

/// What somebody has: to spend, and held.
pub(super) async fn sums(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
) -> Result<(i64, i64), sqlx::Error> {
    let row = sqlx::query("SELECT available, held FROM credit_balances WHERE owner_id = $1");
    let row = row.bind(owner.to_string()).fetch_optional(db).await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.try_get("available")?, row.try_get("held")?)))
}

/// Whether a transfer of that key was written.
pub(super) async fn is_posted(db: impl Executor<'_, Database = Any>, key: &str) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("SELECT id FROM credit_transfers WHERE idempotency_key = $1");
    Ok(row.bind(key).fetch_optional(db).await?.is_some())
}

/// Somebody's transfers before one of them, the youngest first.
pub(super) async fn page(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
    after: Option<TransferId>,
    limit: u32,
) -> Result<Vec<TransferView>, sqlx::Error> {
    // Every id sorts before a `g`: the digits of a UUID end with f.
    let after = after.map_or_else(|| "g".to_owned(), |id| id.to_string());
    let rows = sqlx::query(
        "SELECT t.id, t.kind, t.job_id, t.note, t.created_at_ms, e.amount,
                CAST(COALESCE(a.amount, 0) AS BIGINT) AS change
         FROM credit_transfers t
         JOIN credit_entries e ON e.transfer_id = t.id AND e.amount > 0
         LEFT JOIN credit_entries a ON a.transfer_id = t.id AND a.account = $1
         WHERE t.owner_id = $2 AND t.id < $3 ORDER BY t.id DESC LIMIT $4",
    );
    let rows = rows
        .bind(Account::Available.name(owner))
        .bind(owner.to_string())
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?;
    rows.iter().map(view).collect()
}

fn view(row: &AnyRow) -> Result<TransferView, sqlx::Error> {
    let (id, kind, job): (String, String, Option<String>) =
        (row.try_get("id")?, row.try_get("kind")?, row.try_get("job_id")?);
    Ok(TransferView {
        id: id.parse().map_err(decode)?,
        kind: kind.parse().map_err(decode)?,
        amount: row.try_get("amount")?,
        change: row.try_get("change")?,
        job_id: job.map(|job| job.parse()).transpose().map_err(decode)?,
        note: row.try_get("note")?,
        at_ms: row.try_get("created_at_ms")?,
    })
}

/// The sum of all entries, and how many transfers and balances do not agree with their entries.
pub(super) async fn audit(db: &mut AnyConnection) -> Result<(i64, i64, i64), sqlx::Error> {
    let count = async |db: &mut AnyConnection, query: &'static str| {
        sqlx::query_scalar::<_, i64>(query).fetch_one(db).await
    };
    let sum = count(db, "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM credit_entries").await?;
    let transfers = count(
        db,
        "SELECT COUNT(*) FROM (SELECT t.id FROM credit_transfers t
             LEFT JOIN credit_entries e ON e.transfer_id = t.id
             GROUP BY t.id HAVING COUNT(e.amount) <> 2 OR SUM(e.amount) <> 0) wrong",
    )
    .await?;
    let balances = count(
        db,
        "SELECT COUNT(*) FROM credit_balances b WHERE
             b.available <> COALESCE((SELECT SUM(amount) FROM credit_entries
                 WHERE account = 'user:' || b.owner_id || ':available'), 0)
          OR b.held <> COALESCE((SELECT SUM(amount) FROM credit_entries
                 WHERE account = 'user:' || b.owner_id || ':held'), 0)",
    )
    .await?;
    Ok((sum, transfers, balances))
}

/// Removes all of somebody's transfers with both their entries, and says how many that were: what is left still sums to zero.
pub(super) async fn erase(connection: &mut AnyConnection, owner: UserId) -> Result<u64, sqlx::Error> {
    delete_of(connection, owner, "DELETE FROM credit_entries WHERE transfer_id IN (SELECT id FROM credit_transfers WHERE owner_id = $1)").await?;
    let transfers = delete_of(connection, owner, "DELETE FROM credit_transfers WHERE owner_id = $1").await?;
    delete_of(connection, owner, "DELETE FROM credit_balances WHERE owner_id = $1").await?;
    Ok(transfers)
}

fn decode(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
