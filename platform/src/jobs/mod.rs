//! Jobs: a durable queue on the database, workers that take from it, and what their owners are told meanwhile.
//!
//! Each attempt holds a lease that its worker renews, and a fencing token: whoever lost the lease writes nothing any
//! more. A job's end, what it made and what it costs are one transaction (`docs/adr/0030-jobs.md`).

mod handler;
mod model;
mod personal_data;
mod queue;
mod repository;
mod retry;
mod service;
mod signals;
mod worker;

pub use handler::{Attempt, Effect, EffectError, Handler, JobFailure, NoEffect, Outcome};
pub use model::{Claim, Enqueued, NewJob};
pub use personal_data::JobRecords;
pub use queue::{HEARTBEAT_MS, KEPT_MS, LEASE_MS, Queue, QueueError};
pub use retry::RetryPolicy;
pub use service::{ENDED, JobConfig, JobService, MOST_OPEN, Order};
pub use signals::Signals;
pub use worker::{ATTEMPT_SECONDS, Limits, Worker};
