//! Results kept for an hour, for browsers that have nowhere else to put them.

mod model;
mod pictures;
mod repository;
mod service;

pub use model::StoredResult;
pub use pictures::Pictures;
pub use repository::{ResultRepository, SqlResults};
pub use service::{KEPT_MS, ResultError, ResultService};
