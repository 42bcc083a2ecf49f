//! How often somebody may do something: token buckets, in one server's memory or shared through the database.

mod memory;
mod quota;
mod service;
mod sql;

pub use memory::MemoryBuckets;
pub use quota::{Quota, Standing};
pub use service::{Buckets, Charge, RateLimits};
pub use sql::SqlBuckets;
