//! Requests that have their effect once, however often they are sent: the `Idempotency-Key` header.
//!
//! The answer is kept for a day and given again. It is written after the effect, not together with it: a server that dies
//! in between leaves a key in flight, which ends after [`LEASE_MS`], and the next try has its effect again. What must
//! never happen twice, such as a payment, also has a unique constraint of its own.

mod model;
mod repository;
mod service;

pub use model::{Claim, IdempotencyError, Request, StoredAnswer, Verdict};
pub use repository::{IdempotencyRepository, SqlIdempotency};
pub use service::{IdempotencyService, KEPT_MS, LEASE_MS};
