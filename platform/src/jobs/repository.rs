//! The SQL of the queue.

use contract::ErrorCode;
use contract::jobs::{Happening, JobEvent, JobId, JobState, JobView};
use contract::users::UserId;
use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Executor, Row};

use super::{Claim, NewJob};
use crate::credits::Hold;
use crate::database::{DatabaseKind, ensure_one};
use crate::personal_data::delete_of;

/// False if a job is under its key already.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    id: JobId,
    job: &NewJob,
    now_ms: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO jobs (id, owner_id, kind, priority, state, input, unique_key, round, attempts, max_attempts,
                           price, fence, due_at_ms, last_seq, percent, created_at_ms)
         VALUES ($1, $2, $3, $4, 'queued', $5, $6, 1, 0, $7, $8, 0, $9, 0, 0, $10) ON CONFLICT DO NOTHING",
    )
    .bind(id.to_string())
    .bind(job.owner.to_string())
    .bind(&job.kind)
    .bind(job.priority)
    .bind(job.input.to_string())
    .bind(job.unique_key.as_deref())
    .bind(job.max_attempts)
    .bind(job.price)
    .bind(now_ms + job.delay_ms)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The job that is queued or running under a key.
pub(super) async fn under_key(
    connection: &mut AnyConnection,
    job: &NewJob,
) -> Result<Option<JobId>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT id FROM jobs
         WHERE owner_id = $1 AND kind = $2 AND unique_key = $3 AND state IN ('queued', 'running')",
    );
    let row = row.bind(job.owner.to_string()).bind(&job.kind).bind(job.unique_key.as_deref());
    row.fetch_optional(connection).await?.map(|row| parsed(&row, "id")).transpose()
}

/// How many of somebody's jobs have not ended.
pub(super) async fn open_of(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
) -> Result<i64, sqlx::Error> {
    let count = sqlx::query_scalar(
        "SELECT COUNT(*) FROM jobs WHERE owner_id = $1 AND state IN ('queued', 'running')",
    );
    count.bind(owner.to_string()).fetch_one(db).await
}

/// What a worker asks for.
pub(super) struct Asking<'a> {
    pub(super) worker: &'a str,
    pub(super) kinds: &'a [String],
    pub(super) limit: i64,
    pub(super) now_ms: i64,
    pub(super) lease_ends_at_ms: i64,
}

/// Takes the jobs that are due, those of the highest priority first: new ones, and those whose worker let its lease end.
///
/// On PostgreSQL the workers step over rows that another one is taking (`SKIP LOCKED`), which SQLite has no need for:
/// it has one writer. One that only has to be ended counts no `started`.
pub(super) async fn claim(
    connection: &mut AnyConnection,
    database: DatabaseKind,
    asking: &Asking<'_>,
) -> Result<Vec<Claim>, sqlx::Error> {
    let mut claimed = sqlx::query(AssertSqlSafe(claim_statement(database, asking.kinds.len())))
        .bind(asking.worker)
        .bind(asking.lease_ends_at_ms)
        .bind(asking.now_ms)
        .bind(asking.limit);
    for kind in asking.kinds {
        claimed = claimed.bind(kind);
    }
    let rows = claimed.fetch_all(&mut *connection).await?;
    let mut claims = Vec::with_capacity(rows.len());
    for row in rows {
        let claim = read_claim(&row)?;
        if !claim.cancel_asked && !claim.is_exhausted() {
            let attempt = u32::try_from(claim.attempt).unwrap_or(u32::MAX);
            let seq = row.try_get("last_seq")?;
            insert_event(connection, claim.id, seq, asking.now_ms, &Happening::Started { attempt }).await?;
        }
        claims.push(claim);
    }
    Ok(claims)
}

/// Whether a worker that looks now would find something.
pub(super) async fn is_any_due(
    db: impl Executor<'_, Database = Any>,
    kinds: &[String],
    now_ms: i64,
) -> Result<bool, sqlx::Error> {
    let places = places(2, kinds.len());
    let statement = format!(
        "SELECT id FROM jobs
         WHERE state IN ('queued', 'running') AND due_at_ms <= $1 AND kind IN ({places}) LIMIT 1"
    );
    let mut due = sqlx::query(AssertSqlSafe(statement)).bind(now_ms);
    for kind in kinds {
        due = due.bind(kind);
    }
    Ok(due.fetch_optional(db).await?.is_some())
}

/// `$first, ...`, so many.
fn places(first: usize, count: usize) -> String {
    let places: Vec<String> = (first..first + count).map(|place| format!("${place}")).collect();
    places.join(", ")
}

fn claim_statement(database: DatabaseKind, kinds: usize) -> String {
    let places = places(5, kinds);
    let locking = match database {
        DatabaseKind::Sqlite => "",
        DatabaseKind::Postgres => "FOR UPDATE SKIP LOCKED",
    };
    format!(
        "WITH due AS MATERIALIZED (
             SELECT id FROM jobs
             WHERE state IN ('queued', 'running') AND due_at_ms <= $3 AND kind IN ({places})
             ORDER BY priority DESC, due_at_ms, id LIMIT $4 {locking})
         UPDATE jobs SET state = 'running', worker = $1, due_at_ms = $2, fence = fence + 1, attempts = attempts + 1,
             started_at_ms = COALESCE(started_at_ms, $3),
             last_seq = last_seq + CASE WHEN cancel_asked_at_ms IS NULL AND attempts < max_attempts THEN 1 ELSE 0 END
         WHERE id IN (SELECT id FROM due)
         RETURNING id, owner_id, kind, input, attempts, max_attempts, round, price, cancel_asked_at_ms, fence, last_seq"
    )
}

fn read_claim(row: &AnyRow) -> Result<Claim, sqlx::Error> {
    let cancel_asked_at_ms: Option<i64> = row.try_get("cancel_asked_at_ms")?;
    Ok(Claim {
        id: parsed(row, "id")?,
        owner: parsed(row, "owner_id")?,
        kind: row.try_get("kind")?,
        input: json(&row.try_get::<String, _>("input")?)?,
        attempt: row.try_get("attempts")?,
        max_attempts: row.try_get("max_attempts")?,
        round: row.try_get("round")?,
        price: row.try_get("price")?,
        cancel_asked: cancel_asked_at_ms.is_some(),
        fence: row.try_get("fence")?,
    })
}

/// Renews a lease; says whether the owner wants the job to stop. None if the claim is no longer the last.
pub(super) async fn renew(
    db: impl Executor<'_, Database = Any>,
    claim: &Claim,
    lease_ends_at_ms: i64,
) -> Result<Option<bool>, sqlx::Error> {
    let row = sqlx::query(
        "UPDATE jobs SET due_at_ms = $1 WHERE id = $2 AND fence = $3 AND state = 'running'
         RETURNING cancel_asked_at_ms",
    )
    .bind(lease_ends_at_ms)
    .bind(claim.id.to_string())
    .bind(claim.fence)
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok(row.try_get::<Option<i64>, _>("cancel_asked_at_ms")?.is_some())).transpose()
}

/// How a claim leaves its job.
pub(super) struct Leaving<'a> {
    pub(super) state: JobState,
    pub(super) output: Option<&'a Value>,
    pub(super) failure: Option<ErrorCode>,
    /// When the next worker may claim it, if it goes back into the queue.
    pub(super) due_at_ms: i64,
    pub(super) what: Happening,
    pub(super) now_ms: i64,
}

/// Ends a claim. False if it is no longer the last.
pub(super) async fn leave(
    connection: &mut AnyConnection,
    claim: &Claim,
    leaving: &Leaving<'_>,
) -> Result<bool, sqlx::Error> {
    let finished_at_ms = leaving.state.is_end().then_some(leaving.now_ms);
    let row = sqlx::query(
        "UPDATE jobs SET state = $1, output = $2, failure = $3, due_at_ms = $4, finished_at_ms = $5,
             percent = CASE WHEN $1 = 'succeeded' THEN 100 ELSE percent END, last_seq = last_seq + 1
         WHERE id = $6 AND fence = $7 AND state = 'running' RETURNING last_seq",
    )
    .bind(leaving.state.as_str())
    .bind(leaving.output.map(Value::to_string))
    .bind(leaving.failure.map(ErrorCode::as_str))
    .bind(leaving.due_at_ms)
    .bind(finished_at_ms)
    .bind(claim.id.to_string())
    .bind(claim.fence)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(false) };
    insert_event(connection, claim.id, row.try_get("last_seq")?, leaving.now_ms, &leaving.what).await?;
    Ok(true)
}

/// Notes that a claim got on. False if it is no longer the last.
pub(super) async fn progress(
    connection: &mut AnyConnection,
    claim: &Claim,
    percent: u8,
    now_ms: i64,
) -> Result<bool, sqlx::Error> {
    let row = sqlx::query(
        "UPDATE jobs SET percent = $1, last_seq = last_seq + 1 WHERE id = $2 AND fence = $3 AND state = 'running'
         RETURNING last_seq",
    )
    .bind(i64::from(percent))
    .bind(claim.id.to_string())
    .bind(claim.fence)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(false) };
    let what = Happening::Progress { percent };
    insert_event(connection, claim.id, row.try_get("last_seq")?, now_ms, &what).await?;
    Ok(true)
}

/// Ends a job that no worker has. None if a worker has it, or it has ended.
pub(super) async fn cancel_queued(
    connection: &mut AnyConnection,
    owner: UserId,
    id: JobId,
    now_ms: i64,
) -> Result<Option<Hold>, sqlx::Error> {
    let change = "UPDATE jobs SET state = 'cancelled', finished_at_ms = $1, last_seq = last_seq + 1
         WHERE id = $2 AND owner_id = $3 AND state = 'queued' RETURNING last_seq, round, price";
    change_own(connection, change, owner, id, now_ms, &Happening::Cancelled).await
}

/// Notes that a running job should stop. False if it does not run, or that was noted before.
pub(super) async fn ask_to_cancel(
    connection: &mut AnyConnection,
    owner: UserId,
    id: JobId,
    now_ms: i64,
) -> Result<bool, sqlx::Error> {
    let change = "UPDATE jobs SET cancel_asked_at_ms = $1, last_seq = last_seq + 1
         WHERE id = $2 AND owner_id = $3 AND state = 'running' AND cancel_asked_at_ms IS NULL
         RETURNING last_seq, round, price";
    let changed = change_own(connection, change, owner, id, now_ms, &Happening::CancelAsked).await?;
    Ok(changed.is_some())
}

/// Puts a job that ended without a result back into the queue, as a new round. None if it is none of those.
pub(super) async fn requeue(
    connection: &mut AnyConnection,
    owner: UserId,
    id: JobId,
    now_ms: i64,
) -> Result<Option<Hold>, sqlx::Error> {
    let change =
        "UPDATE jobs SET state = 'queued', round = round + 1, attempts = 0, percent = 0, failure = NULL,
             due_at_ms = $1, cancel_asked_at_ms = NULL, started_at_ms = NULL, finished_at_ms = NULL,
             last_seq = last_seq + 1
         WHERE id = $2 AND owner_id = $3 AND state IN ('failed', 'dead', 'cancelled')
         RETURNING last_seq, round, price";
    change_own(connection, change, owner, id, now_ms, &Happening::Queued).await
}

/// Changes somebody's job by a statement that takes moment, job and owner, and writes down what happened. None where the job is in
/// no state for it.
async fn change_own(
    connection: &mut AnyConnection,
    change: &'static str,
    owner: UserId,
    id: JobId,
    now_ms: i64,
    what: &Happening,
) -> Result<Option<Hold>, sqlx::Error> {
    let change = sqlx::query(change).bind(now_ms).bind(id.to_string()).bind(owner.to_string());
    let Some(row) = change.fetch_optional(&mut *connection).await? else { return Ok(None) };
    insert_event(connection, id, row.try_get("last_seq")?, now_ms, what).await?;
    Ok(Some(Hold { owner, job: id, round: row.try_get("round")?, amount: row.try_get("price")? }))
}

/// The first event of a new job.
pub(super) async fn insert_first_event(
    connection: &mut AnyConnection,
    id: JobId,
    now_ms: i64,
) -> Result<(), sqlx::Error> {
    let counted = sqlx::query("UPDATE jobs SET last_seq = 1 WHERE id = $1").bind(id.to_string());
    ensure_one(&counted.execute(&mut *connection).await?)?;
    insert_event(connection, id, 1, now_ms, &Happening::Queued).await
}

async fn insert_event(
    connection: &mut AnyConnection,
    id: JobId,
    seq: i64,
    now_ms: i64,
    what: &Happening,
) -> Result<(), sqlx::Error> {
    let body = serde_json::to_string(what).map_err(decode)?;
    let event = sqlx::query("INSERT INTO job_events (job_id, seq, at_ms, body) VALUES ($1, $2, $3, $4)");
    let event = event.bind(id.to_string()).bind(seq).bind(now_ms).bind(body);
    ensure_one(&event.execute(connection).await?)
}

/// Somebody's job.
pub(super) async fn find(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
    id: JobId,
) -> Result<Option<JobView>, sqlx::Error> {
    let row = sqlx::query("SELECT * FROM jobs WHERE id = $1 AND owner_id = $2");
    let row = row.bind(id.to_string()).bind(owner.to_string()).fetch_optional(db).await?;
    row.map(|row| view(&row)).transpose()
}

/// Somebody's jobs before one of them, the youngest first.
pub(super) async fn page(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
    after: Option<JobId>,
    limit: u32,
) -> Result<Vec<JobView>, sqlx::Error> {
    // Every id sorts before a `g`: the digits of a UUID end with f.
    let after = after.map_or_else(|| "g".to_owned(), |id| id.to_string());
    let rows = sqlx::query("SELECT * FROM jobs WHERE owner_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    let rows = rows.bind(owner.to_string()).bind(after).bind(i64::from(limit)).fetch_all(db).await?;
    rows.iter().map(view).collect()
}

/// The number of the last event of each of somebody's jobs that have not ended, or ended after a moment.
pub(super) async fn heads(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
    finished_after_ms: i64,
) -> Result<Vec<(JobId, i64)>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT id, last_seq FROM jobs
         WHERE owner_id = $1 AND (finished_at_ms IS NULL OR finished_at_ms >= $2) ORDER BY id",
    );
    let rows = rows.bind(owner.to_string()).bind(finished_after_ms).fetch_all(db).await?;
    rows.iter().map(|row| Ok((parsed(row, "id")?, row.try_get("last_seq")?))).collect()
}

/// The events of one of somebody's jobs after a number, in order.
pub(super) async fn events(
    db: impl Executor<'_, Database = Any>,
    owner: UserId,
    id: JobId,
    last_seq: i64,
) -> Result<Vec<JobEvent>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT e.seq, e.at_ms, e.body FROM job_events e JOIN jobs j ON j.id = e.job_id
         WHERE e.job_id = $1 AND j.owner_id = $2 AND e.seq > $3 ORDER BY e.seq",
    );
    let rows = rows.bind(id.to_string()).bind(owner.to_string()).bind(last_seq).fetch_all(db).await?;
    let event = |row: &AnyRow| {
        Ok(JobEvent {
            job_id: id,
            seq: number(row.try_get("seq")?),
            at_ms: row.try_get("at_ms")?,
            what: serde_json::from_str(&row.try_get::<String, _>("body")?).map_err(decode)?,
        })
    };
    rows.iter().map(event).collect()
}

/// How many jobs there are in each state that is no end.
pub(super) async fn depth(db: impl Executor<'_, Database = Any>) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT state, COUNT(*) AS jobs FROM jobs WHERE state IN ('queued', 'running') GROUP BY state",
    );
    let rows = rows.fetch_all(db).await?;
    rows.iter().map(|row| Ok((row.try_get("state")?, row.try_get("jobs")?))).collect()
}

/// Forgets jobs that ended before a moment; says how many.
pub(super) async fn forget_before(
    connection: &mut AnyConnection,
    finished_at_ms: i64,
) -> Result<u64, sqlx::Error> {
    let events =
        sqlx::query("DELETE FROM job_events WHERE job_id IN (SELECT id FROM jobs WHERE finished_at_ms < $1)");
    events.bind(finished_at_ms).execute(&mut *connection).await?;
    let jobs = sqlx::query("DELETE FROM jobs WHERE finished_at_ms < $1").bind(finished_at_ms);
    Ok(jobs.execute(connection).await?.rows_affected())
}

/// Removes all of somebody's jobs, and says how many that were. A worker that has one finds its claim gone.
pub(super) async fn erase(connection: &mut AnyConnection, owner: UserId) -> Result<u64, sqlx::Error> {
    delete_of(
        connection,
        owner,
        "DELETE FROM job_events WHERE job_id IN (SELECT id FROM jobs WHERE owner_id = $1)",
    )
    .await?;
    let jobs = delete_of(connection, owner, "DELETE FROM jobs WHERE owner_id = $1").await?;
    Ok(jobs)
}

fn view(row: &AnyRow) -> Result<JobView, sqlx::Error> {
    let (failure, output): (Option<String>, Option<String>) =
        (row.try_get("failure")?, row.try_get("output")?);
    Ok(JobView {
        id: parsed(row, "id")?,
        kind: row.try_get("kind")?,
        state: parsed(row, "state")?,
        percent: u8::try_from(row.try_get::<i64, _>("percent")?).unwrap_or(100),
        failure: failure.map(|code| ErrorCode::parse_or_internal(&code)),
        output: output.map(|output| json(&output)).transpose()?,
        price: row.try_get("price")?,
        attempts: u32::try_from(row.try_get::<i64, _>("attempts")?).unwrap_or(u32::MAX),
        last_seq: number(row.try_get("last_seq")?),
        created_at_ms: row.try_get("created_at_ms")?,
        started_at_ms: row.try_get("started_at_ms")?,
        finished_at_ms: row.try_get("finished_at_ms")?,
    })
}

fn number(seq: i64) -> u64 {
    u64::try_from(seq).unwrap_or_default()
}

fn json(text: &str) -> Result<Value, sqlx::Error> {
    serde_json::from_str(text).map_err(decode)
}

fn parsed<T>(row: &AnyRow, column: &str) -> Result<T, sqlx::Error>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    row.try_get::<String, _>(column)?.parse().map_err(decode)
}

fn decode(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
