//! The queue: what may happen to a job, each as part of the caller's transaction.

use std::sync::Arc;

use contract::ErrorCode;
use contract::jobs::{Happening, JobId, JobState};
use contract::users::UserId;
use serde_json::Value;
use sqlx::AnyConnection;

use super::repository::{self, Asking, Leaving};
use super::signals::{Signal, announce};
use super::{Claim, EffectError, Enqueued, NewJob, RetryPolicy, Signals};
use crate::clock::Clock;
use crate::credits::Hold;
use crate::database::Database;
use crate::ids::RandomSource;

/// How long a worker has a job without saying that it is still at it, in milliseconds. Servers of one database need
/// clocks that agree to a few seconds.
pub const LEASE_MS: i64 = 30_000;

/// How often a worker says so, in milliseconds.
pub const HEARTBEAT_MS: i64 = 10_000;

/// How long a job that has ended is kept, in milliseconds.
pub const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Something did not happen to a job.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// Another worker has the job by now, or it is gone. The transaction must not be committed.
    #[error("the lease of this job was lost")]
    Fenced,
    /// What the job made was not written. The transaction must not be committed.
    #[error("what the job made was refused: {0}")]
    Effect(EffectError),
    /// The database refused. The transaction must not be committed.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
}

/// The queue.
#[derive(Clone)]
pub struct Queue {
    database: Database,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
    signals: Signals,
    retry: RetryPolicy,
}

impl Queue {
    /// The queue in this database.
    pub fn new(
        database: Database,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
        signals: Signals,
    ) -> Self {
        Self { database, clock, random, signals, retry: RetryPolicy::default() }
    }

    /// The database that it is in.
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// Who is told what happens here.
    pub const fn signals(&self) -> &Signals {
        &self.signals
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Puts a job in, as part of the caller's transaction. Once that is committed, [`Queue::announce`] wakes a worker.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn enqueue(
        &self,
        connection: &mut AnyConnection,
        job: &NewJob,
    ) -> Result<Enqueued, QueueError> {
        let now_ms = self.now_ms();
        let id = JobId::new(now_ms, self.random.bits_128());
        // The job under its key may end between the two looks: then its place is free.
        for _ in 0..3 {
            if repository::insert(connection, id, job, now_ms).await? {
                repository::insert_first_event(connection, id, now_ms).await?;
                self.announce_in(connection, &[Signal::Ready, Signal::Event(job.owner)]).await?;
                return Ok(Enqueued::New(id));
            }
            if let Some(known) = repository::under_key(connection, job).await? {
                return Ok(Enqueued::Already(known));
            }
        }
        Err(sqlx::Error::RowNotFound.into())
    }

    /// Wakes those in this process who wait for jobs of `owner`, or for any job. PostgreSQL wakes all by itself.
    pub fn announce(&self, owner: UserId) {
        self.signals.tell(Signal::Ready);
        self.signals.tell(Signal::Event(owner));
    }

    async fn announce_in(
        &self,
        connection: &mut AnyConnection,
        signals: &[Signal],
    ) -> Result<(), sqlx::Error> {
        for signal in signals {
            announce(connection, self.database.kind(), *signal).await?;
        }
        Ok(())
    }

    /// Takes up to `limit` jobs of these kinds for [`LEASE_MS`].
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn claim(
        &self,
        worker: &str,
        kinds: &[String],
        limit: usize,
    ) -> Result<Vec<Claim>, QueueError> {
        if kinds.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let now_ms = self.now_ms();
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let asking = Asking { worker, kinds, limit, now_ms, lease_ends_at_ms: now_ms + LEASE_MS };
        let mut transaction = self.database.begin().await?;
        let claims = repository::claim(&mut transaction, self.database.kind(), &asking).await?;
        for claim in &claims {
            self.announce_in(&mut transaction, &[Signal::Event(claim.owner)]).await?;
        }
        transaction.commit().await?;
        for claim in &claims {
            self.signals.tell(Signal::Event(claim.owner));
        }
        Ok(claims)
    }

    /// As [`Queue::claim`], but looks first: a worker with nothing to do keeps nobody from writing.
    pub(super) async fn claim_due(
        &self,
        worker: &str,
        kinds: &[String],
        limit: usize,
    ) -> Result<Vec<Claim>, QueueError> {
        if kinds.is_empty() || !repository::is_any_due(self.database.reader(), kinds, self.now_ms()).await? {
            return Ok(Vec::new());
        }
        self.claim(worker, kinds, limit).await
    }

    /// How many jobs there are in each state that is no end.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn depth(&self) -> Result<Vec<(String, i64)>, sqlx::Error> {
        repository::depth(self.database.reader()).await
    }

    /// Renews a lease; says whether the job's owner wants it to stop.
    ///
    /// # Errors
    /// [`QueueError::Fenced`], and what the database refuses.
    pub async fn renew(&self, claim: &Claim) -> Result<bool, QueueError> {
        let lease_ends_at_ms = self.now_ms() + LEASE_MS;
        let renewed = repository::renew(self.database.writer(), claim, lease_ends_at_ms).await?;
        renewed.ok_or(QueueError::Fenced)
    }

    /// Tells the owner how much is done, in a transaction of its own.
    ///
    /// # Errors
    /// [`QueueError::Fenced`], and what the database refuses.
    pub async fn progress(&self, claim: &Claim, percent: u8) -> Result<(), QueueError> {
        let mut transaction = self.database.begin().await?;
        let noted = repository::progress(&mut transaction, claim, percent.min(100), self.now_ms()).await?;
        fenced(noted)?;
        self.announce_in(&mut transaction, &[Signal::Event(claim.owner)]).await?;
        transaction.commit().await?;
        self.signals.tell(Signal::Event(claim.owner));
        Ok(())
    }

    /// The job is done.
    ///
    /// # Errors
    /// [`QueueError::Fenced`], and what the database refuses.
    pub async fn succeed(
        &self,
        connection: &mut AnyConnection,
        claim: &Claim,
        output: &Value,
    ) -> Result<(), QueueError> {
        let what = Happening::Succeeded { output: output.clone() };
        self.leave(connection, claim, JobState::Succeeded, Some(output), None, what).await
    }

    /// The job cannot be done.
    ///
    /// # Errors
    /// [`QueueError::Fenced`], and what the database refuses.
    pub async fn fail(
        &self,
        connection: &mut AnyConnection,
        claim: &Claim,
        failure: ErrorCode,
    ) -> Result<(), QueueError> {
        let what = Happening::Failed { failure };
        self.leave(connection, claim, JobState::Failed, None, Some(failure), what).await
    }

    /// The job was tried often enough: a dead letter.
    ///
    /// # Errors
    /// [`QueueError::Fenced`], and what the database refuses.
    pub async fn bury(
        &self,
        connection: &mut AnyConnection,
        claim: &Claim,
        failure: ErrorCode,
    ) -> Result<(), QueueError> {
        let what = Happening::Dead { failure };
        self.leave(connection, claim, JobState::Dead, None, Some(failure), what).await
    }

    /// The job was stopped.
    ///
    /// # Errors
    /// [`QueueError::Fenced`], and what the database refuses.
    pub async fn stop(&self, connection: &mut AnyConnection, claim: &Claim) -> Result<(), QueueError> {
        self.leave(connection, claim, JobState::Cancelled, None, None, Happening::Cancelled).await
    }

    /// The attempt failed, and there is another after a pause.
    ///
    /// # Errors
    /// [`QueueError::Fenced`], and what the database refuses.
    pub async fn postpone(
        &self,
        connection: &mut AnyConnection,
        claim: &Claim,
        failure: ErrorCode,
    ) -> Result<(), QueueError> {
        let now_ms = self.now_ms();
        let due_at_ms = now_ms + self.retry.pause_ms(claim.attempt, self.random.as_ref());
        let what = Happening::Postponed { failure, due_at_ms };
        let state = JobState::Queued;
        let leaving = Leaving { state, output: None, failure: Some(failure), due_at_ms, what, now_ms };
        fenced(repository::leave(connection, claim, &leaving).await?)?;
        Ok(self.announce_in(connection, &[Signal::Event(claim.owner)]).await?)
    }

    async fn leave(
        &self,
        connection: &mut AnyConnection,
        claim: &Claim,
        state: JobState,
        output: Option<&Value>,
        failure: Option<ErrorCode>,
        what: Happening,
    ) -> Result<(), QueueError> {
        let now_ms = self.now_ms();
        let leaving = Leaving { state, output, failure, due_at_ms: now_ms, what, now_ms };
        fenced(repository::leave(connection, claim, &leaving).await?)?;
        Ok(self.announce_in(connection, &[Signal::Event(claim.owner)]).await?)
    }

    /// Ends a job that no worker has; gives the hold that it leaves. None if a worker has it, or it has ended.
    pub(super) async fn cancel_queued(
        &self,
        connection: &mut AnyConnection,
        owner: UserId,
        id: JobId,
    ) -> Result<Option<Hold>, sqlx::Error> {
        let hold = repository::cancel_queued(connection, owner, id, self.now_ms()).await?;
        self.announce_in(connection, &[Signal::Event(owner)]).await?;
        Ok(hold)
    }

    /// Asks the worker of a running job to stop it. False if it does not run.
    pub(super) async fn ask_to_cancel(
        &self,
        connection: &mut AnyConnection,
        owner: UserId,
        id: JobId,
    ) -> Result<bool, sqlx::Error> {
        let asked = repository::ask_to_cancel(connection, owner, id, self.now_ms()).await?;
        self.announce_in(connection, &[Signal::Cancel(id), Signal::Event(owner)]).await?;
        Ok(asked)
    }

    /// Puts a job that ended without a result back in. None if it is none of those.
    pub(super) async fn requeue(
        &self,
        connection: &mut AnyConnection,
        owner: UserId,
        id: JobId,
    ) -> Result<Option<Hold>, sqlx::Error> {
        let hold = repository::requeue(connection, owner, id, self.now_ms()).await?;
        self.announce_in(connection, &[Signal::Ready, Signal::Event(owner)]).await?;
        Ok(hold)
    }

    /// Forgets jobs that ended more than [`KEPT_MS`] ago; says how many.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn sweep(&self) -> Result<u64, sqlx::Error> {
        let mut transaction = self.database.begin().await?;
        let forgotten = repository::forget_before(&mut transaction, self.now_ms() - KEPT_MS).await?;
        transaction.commit().await?;
        Ok(forgotten)
    }
}

const fn fenced(happened: bool) -> Result<(), QueueError> {
    if happened { Ok(()) } else { Err(QueueError::Fenced) }
}
