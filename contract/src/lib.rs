//! What crosses the wire between the browser, its worker and the server: requests, answers, ids and errors.
//!
//! Plain data with serde, nothing else, so that every side compiles the same words.

pub mod assets;
pub mod error;
pub mod health;
pub mod problem;
pub mod results;
pub mod studio;
pub mod swaps;

pub use error::ErrorCode;
pub use problem::Problem;
