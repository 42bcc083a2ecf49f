//! What people may do with their jobs, and how a job ends: with its credits, in one transaction.

use std::collections::BTreeMap;

use contract::ErrorCode;
use contract::auth::Scope;
use contract::jobs::{JobEvent, JobId, JobState, JobView};
use contract::paging::{Page, PageQuery};
use contract::users::UserId;
use serde_json::Value;

use super::handler::{JobFailure, Outcome};
use super::repository;
use super::signals::Signal;
use super::{Claim, Enqueued, NewJob, Queue, QueueError};
use crate::auth::{AuthError, Principal};
use crate::credits::{CreditService, Hold, Ledger, LedgerError};
use crate::paging;

/// How many of somebody's jobs may wait and run at once.
pub const MOST_OPEN: i64 = 50;

/// The counter of jobs that ended, by kind and state.
pub const ENDED: &str = "mog_jobs_ended_total";

/// What jobs cost, and how often they are tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobConfig {
    /// Credits for each kind; one that is not named costs nothing.
    pub prices: BTreeMap<String, i64>,
    /// How often a job is tried, at the most.
    pub max_attempts: i64,
}

/// What somebody wants done.
#[derive(Clone, Debug)]
pub struct Order {
    /// The kind of job.
    pub kind: &'static str,
    /// What to do.
    pub input: Value,
    /// While a job of this owner and kind is queued or running under a key, there is no second one.
    pub unique_key: Option<String>,
}

/// The entrance to jobs.
#[derive(Clone)]
pub struct JobService {
    queue: Queue,
    ledger: Ledger,
    credits: CreditService,
    config: JobConfig,
}

impl JobService {
    /// A service over this queue and this ledger.
    pub const fn new(queue: Queue, ledger: Ledger, credits: CreditService, config: JobConfig) -> Self {
        Self { queue, ledger, credits, config }
    }

    /// The queue behind it.
    pub const fn queue(&self) -> &Queue {
        &self.queue
    }

    /// What a kind of job costs, in credits.
    pub fn price(&self, kind: &str) -> i64 {
        self.config.prices.get(kind).copied().unwrap_or(0)
    }

    /// Puts a job into the queue and holds its price, both or neither. False beside the job if it was there under its
    /// key.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for a key without [`Scope::SwapsWrite`], [`ErrorCode::CreditsShort`], [`ErrorCode::TooManyJobs`], and failures
    /// of the database.
    pub async fn submit(&self, principal: &Principal, order: Order) -> Result<(JobView, bool), AuthError> {
        principal.require_scope(Scope::SwapsWrite)?;
        self.credits.allow(principal).await?;
        let owner = principal.user;
        let price = self.price(order.kind);
        let job = NewJob {
            owner,
            kind: order.kind.into(),
            priority: 0,
            input: order.input,
            max_attempts: self.config.max_attempts,
            unique_key: order.unique_key,
            price,
            delay_ms: 0,
        };
        let (id, new) = self.put(&job).await?;
        Ok((self.view(owner, id).await?, new))
    }

    async fn put(&self, job: &NewJob) -> Result<(JobId, bool), AuthError> {
        let mut transaction = self.queue.database().begin().await?;
        let id = match self.queue.enqueue(&mut transaction, job).await? {
            Enqueued::Already(id) => return Ok((id, false)),
            Enqueued::New(id) => id,
        };
        if repository::open_of(&mut *transaction, job.owner).await? > MOST_OPEN {
            return Err(ErrorCode::TooManyJobs.into());
        }
        // The job's row before the balance's, as everywhere: else two transactions could wait for each other.
        let hold = Hold { owner: job.owner, job: id, round: 1, amount: job.price };
        self.ledger.hold(&mut transaction, hold).await?;
        transaction.commit().await?;
        self.queue.announce(job.owner);
        Ok((id, true))
    }

    /// One of somebody's jobs.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] also for somebody else's, [`ErrorCode::Forbidden`] for a key without [`Scope::SwapsWrite`], and failures of the
    /// database.
    pub async fn find(&self, principal: &Principal, id: JobId) -> Result<JobView, AuthError> {
        principal.require_scope(Scope::SwapsWrite)?;
        self.view(principal.user, id).await
    }

    async fn view(&self, owner: UserId, id: JobId) -> Result<JobView, AuthError> {
        let found = repository::find(self.queue.database().reader(), owner, id).await?;
        found.ok_or_else(|| ErrorCode::NotFound.into())
    }

    /// Somebody's jobs, the youngest first.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for a key without [`Scope::SwapsWrite`], the field `after`, and failures of the database.
    pub async fn list(&self, principal: &Principal, query: &PageQuery) -> Result<Page<JobView>, AuthError> {
        principal.require_scope(Scope::SwapsWrite)?;
        let after: Option<JobId> = paging::after(query)?;
        let limit = query.limit();
        let reader = self.queue.database().reader();
        let items = repository::page(reader, principal.user, after, limit + 1).await?;
        Ok(paging::page(items, limit, |job| job.id.to_string()))
    }

    /// What happened to one of somebody's jobs after an event of that number.
    ///
    /// # Errors
    /// As [`JobService::find`].
    pub async fn events(
        &self,
        principal: &Principal,
        id: JobId,
        last_seq: u64,
    ) -> Result<Vec<JobEvent>, AuthError> {
        self.find(principal, id).await?;
        Ok(self.events_of(principal.user, id, last_seq).await?)
    }

    /// The same, for those who have shown who they are.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn events_of(
        &self,
        owner: UserId,
        id: JobId,
        last_seq: u64,
    ) -> Result<Vec<JobEvent>, sqlx::Error> {
        let last_seq = i64::try_from(last_seq).unwrap_or(i64::MAX);
        repository::events(self.queue.database().reader(), owner, id, last_seq).await
    }

    /// The number of the last event of each of somebody's jobs that have not ended, or ended less than `within_ms` ago.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn heads(&self, owner: UserId, within_ms: i64) -> Result<Vec<(JobId, u64)>, sqlx::Error> {
        let since = self.queue.now_ms() - within_ms;
        let heads = repository::heads(self.queue.database().reader(), owner, since).await?;
        Ok(heads.into_iter().map(|(id, seq)| (id, u64::try_from(seq).unwrap_or_default())).collect())
    }

    /// Stops one of somebody's jobs: at once if it waits, else as soon as its worker hears of it.
    ///
    /// # Errors
    /// [`ErrorCode::JobEnded`], and as [`JobService::find`].
    pub async fn cancel(&self, principal: &Principal, id: JobId) -> Result<JobView, AuthError> {
        self.find(principal, id).await?;
        let owner = principal.user;
        let mut transaction = self.queue.database().begin().await?;
        if let Some(hold) = self.queue.cancel_queued(&mut transaction, owner, id).await? {
            self.ledger.release(&mut transaction, hold).await?;
        } else {
            self.queue.ask_to_cancel(&mut transaction, owner, id).await?;
        }
        transaction.commit().await?;
        self.queue.signals().tell(Signal::Cancel(id));
        self.queue.signals().tell(Signal::Event(owner));
        let job = self.view(owner, id).await?;
        let ended_otherwise = job.state.is_end() && job.state != JobState::Cancelled;
        if ended_otherwise { Err(ErrorCode::JobEnded.into()) } else { Ok(job) }
    }

    /// Does a job once more that ended without a result.
    ///
    /// # Errors
    /// [`ErrorCode::JobNotRetryable`], [`ErrorCode::CreditsShort`], [`ErrorCode::TooManyJobs`], and as
    /// [`JobService::find`].
    pub async fn retry(&self, principal: &Principal, id: JobId) -> Result<JobView, AuthError> {
        self.find(principal, id).await?;
        self.credits.allow(principal).await?;
        let owner = principal.user;
        let mut transaction = self.queue.database().begin().await?;
        let requeued = self.queue.requeue(&mut transaction, owner, id).await;
        // Another job of its key may be under way by now.
        let hold = match requeued {
            Err(error) if crate::database::is_unique_violation(&error) => None,
            other => other?,
        };
        let hold = hold.ok_or(ErrorCode::JobNotRetryable)?;
        if repository::open_of(&mut *transaction, owner).await? > MOST_OPEN {
            return Err(ErrorCode::TooManyJobs.into());
        }
        self.ledger.hold(&mut transaction, hold).await?;
        transaction.commit().await?;
        self.queue.announce(owner);
        self.view(owner, id).await
    }

    /// Ends an attempt as it went. What the job made, its state and its credits are one transaction.
    ///
    /// # Errors
    /// [`QueueError::Fenced`] when another worker has the job by now. And what the database or the effect refuses: then
    /// the lease will end, and another attempt follows. In each case nothing was written.
    pub async fn finish(&self, claim: &Claim, went: Result<Outcome, JobFailure>) -> Result<(), QueueError> {
        match went {
            Ok(outcome) => self.succeed(claim, &outcome).await?,
            Err(JobFailure::Passing(code)) if claim.attempt < claim.max_attempts => {
                let mut transaction = self.queue.database().begin().await?;
                self.queue.postpone(&mut transaction, claim, code).await?;
                transaction.commit().await?;
            }
            Err(failure) => self.end_without(claim, failure).await?,
        }
        self.queue.signals().tell(Signal::Event(claim.owner));
        Ok(())
    }

    async fn succeed(&self, claim: &Claim, outcome: &Outcome) -> Result<(), QueueError> {
        let mut transaction = self.queue.database().begin().await?;
        // First, so that whoever lost the lease writes nothing, and waits for nothing that another holds.
        self.queue.succeed(&mut transaction, claim, &outcome.output).await?;
        outcome.effect.write(&mut transaction).await.map_err(QueueError::Effect)?;
        if outcome.charged {
            self.ledger.capture(&mut transaction, claim.hold()).await?;
        } else {
            self.ledger.release(&mut transaction, claim.hold()).await?;
        }
        transaction.commit().await?;
        count_end(claim, "succeeded");
        Ok(())
    }

    async fn end_without(&self, claim: &Claim, failure: JobFailure) -> Result<(), QueueError> {
        let mut transaction = self.queue.database().begin().await?;
        let state = match failure {
            JobFailure::Final(code) => {
                self.queue.fail(&mut transaction, claim, code).await?;
                "failed"
            }
            JobFailure::Passing(code) => {
                self.queue.bury(&mut transaction, claim, code).await?;
                "dead"
            }
            JobFailure::Stopped => {
                self.queue.stop(&mut transaction, claim).await?;
                "cancelled"
            }
        };
        self.ledger.release(&mut transaction, claim.hold()).await?;
        transaction.commit().await?;
        count_end(claim, state);
        Ok(())
    }
}

fn count_end(claim: &Claim, state: &'static str) {
    metrics::counter!(ENDED, "kind" => claim.kind.clone(), "state" => state).increment(1);
}

impl From<QueueError> for AuthError {
    fn from(error: QueueError) -> Self {
        match error {
            QueueError::Fenced | QueueError::Effect(_) => ErrorCode::Internal.into(),
            QueueError::Database(error) => error.into(),
        }
    }
}

impl From<LedgerError> for QueueError {
    fn from(error: LedgerError) -> Self {
        match error {
            // Nothing was set aside for a job that has a price: the ledger is wrong, and the job waits until it is not.
            LedgerError::Short => Self::Database(sqlx::Error::RowNotFound),
            LedgerError::Database(error) => Self::Database(error),
        }
    }
}
