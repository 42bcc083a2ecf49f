//! Jobs on their way in and out of the queue.

use contract::jobs::JobId;
use contract::users::UserId;
use serde_json::Value;

use crate::credits::Hold;

/// A job on its way in.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Who asked for it.
    pub owner: UserId,
    /// Which handler does it.
    pub kind: String,
    /// Those of a higher priority are taken first; 0 is usual.
    pub priority: i64,
    /// What to do.
    pub input: Value,
    /// How often it is tried, at the most.
    pub max_attempts: i64,
    /// While a job of this owner and kind is queued or running under a key, there is no second one.
    pub unique_key: Option<String>,
    /// What it costs, in credits.
    pub price: i64,
    /// How long it waits before its first attempt, in milliseconds.
    pub delay_ms: i64,
}

/// What became of a job on its way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enqueued {
    /// It is in the queue.
    New(JobId),
    /// There is one under its key.
    Already(JobId),
}

/// A job that this worker, and no other, works on until its lease ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The job.
    pub id: JobId,
    /// Who asked for it.
    pub owner: UserId,
    /// Which handler does it.
    pub kind: String,
    /// What to do.
    pub input: Value,
    /// Which attempt of this round it is; 1 for the first.
    pub attempt: i64,
    /// How many there may be.
    pub max_attempts: i64,
    /// How often its owner asked for it.
    pub round: i64,
    /// What it costs, in credits.
    pub price: i64,
    /// Whether its owner does not want it any more.
    pub cancel_asked: bool,
    /// The fencing token: higher than that of every earlier claim of the job.
    pub(super) fence: i64,
}

impl Claim {
    /// The credits that are held for this round.
    pub const fn hold(&self) -> Hold {
        Hold { owner: self.owner, job: self.id, round: self.round, amount: self.price }
    }

    /// Whether it was tried as often as it may be, and each worker died before it could say so.
    pub const fn is_exhausted(&self) -> bool {
        self.attempt > self.max_attempts
    }
}
