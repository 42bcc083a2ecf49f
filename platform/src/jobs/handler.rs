//! What a kind of job has to bring: its work, and what of it is written when it ends.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use contract::ErrorCode;
use serde_json::Value;
use sqlx::AnyConnection;
use tokio::sync::Notify;

use super::{Claim, Queue, QueueError};

/// Does the jobs of one kind.
#[async_trait]
pub trait Handler: Send + Sync {
    /// The kind, as it stands in the database. It never changes: jobs outlive programs.
    fn kind(&self) -> &'static str;

    /// Does one. It may be called again for the same job, also while an attempt that lost its lease is still at work:
    /// what it changes outside the database must stand being done twice, and what it changes inside belongs into
    /// [`Outcome::effect`]. Computing belongs off the async threads; no connection may be held meanwhile.
    async fn run(&self, attempt: &Attempt) -> Result<Outcome, JobFailure>;
}

/// Why an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobFailure {
    /// It would fail again: the job is at an end.
    Final(ErrorCode),
    /// Another attempt may do better.
    Passing(ErrorCode),
    /// The owner wanted it to stop, or the lease was lost.
    Stopped,
}

/// What an attempt achieved.
pub struct Outcome {
    /// What its owner is told.
    pub output: Value,
    /// Whether it costs what was held for it. What was known already costs nothing.
    pub charged: bool,
    /// What is written in the same transaction.
    pub effect: Box<dyn Effect>,
}

impl Outcome {
    /// An outcome that is charged and writes nothing but itself.
    pub fn of(output: Value) -> Self {
        Self { output, charged: true, effect: Box::new(NoEffect) }
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Outcome");
        shown.field("output", &self.output).field("charged", &self.charged).finish_non_exhaustive()
    }
}

/// What is written in the transaction that ends a job: all of it, or nothing.
#[async_trait]
pub trait Effect: Send + Sync {
    /// Writes it.
    async fn write(&self, connection: &mut AnyConnection) -> Result<(), EffectError>;
}

/// Why an effect was not written; the attempt then leaves nothing.
pub type EffectError = Box<dyn std::error::Error + Send + Sync>;

/// Nothing to write.
#[derive(Clone, Copy, Debug)]
pub struct NoEffect;

#[async_trait]
impl Effect for NoEffect {
    async fn write(&self, _: &mut AnyConnection) -> Result<(), EffectError> {
        Ok(())
    }
}

/// One attempt at a job: what to do, how to tell of it, and whether to stop.
#[derive(Clone)]
pub struct Attempt {
    /// The job.
    pub claim: Claim,
    queue: Queue,
    stop: Arc<Stop>,
}

/// A request to stop, for async code and for loops that compute.
#[derive(Debug, Default)]
struct Stop {
    asked: AtomicBool,
    told: Notify,
}

impl Attempt {
    pub(super) fn new(claim: Claim, queue: Queue) -> Self {
        Self { claim, queue, stop: Arc::default() }
    }

    /// Tells the owner how much is done, in percent.
    ///
    /// # Errors
    /// [`JobFailure::Stopped`] when the lease was lost or the job should stop.
    pub async fn progress(&self, percent: u8) -> Result<(), JobFailure> {
        if self.is_stopped() {
            return Err(JobFailure::Stopped);
        }
        match self.queue.progress(&self.claim, percent).await {
            Ok(()) => Ok(()),
            Err(QueueError::Fenced) => Err(JobFailure::Stopped),
            // What the owner is not told now, the next event tells.
            Err(error) => {
                tracing::warn!(%error, job = %self.claim.id, "the progress of a job could not be noted");
                Ok(())
            }
        }
    }

    /// Whether there is no use in going on. Loops that compute ask now and then.
    pub fn is_stopped(&self) -> bool {
        self.stop.asked.load(Ordering::Acquire)
    }

    /// Resolves when there is no use in going on.
    pub async fn stopped(&self) {
        let told = self.stop.told.notified();
        tokio::pin!(told);
        // Enrolled before the look: what is told in between is not missed.
        told.as_mut().enable();
        if !self.is_stopped() {
            told.await;
        }
    }

    pub(super) fn stop(&self) {
        self.stop.asked.store(true, Ordering::Release);
        self.stop.told.notify_waiters();
    }
}
