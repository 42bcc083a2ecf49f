//! What crosses the wire between the browser, its worker and the server: requests, answers, ids and errors.
//!
//! Plain data with serde, nothing else, so that every side compiles the same words.

pub mod assets;
pub mod auth;
pub mod consent;
pub mod credits;
pub mod error;
pub mod fields;
pub mod gate;
pub mod hd_swap;
pub mod health;
pub mod ids;
pub mod jobs;
mod language;
pub mod media;
pub mod moderation;
pub mod names;
pub mod paging;
pub mod problem;
pub mod provenance;
pub mod quality;
pub mod results;
pub mod studio;
pub mod swaps;
pub mod users;

pub use error::ErrorCode;
pub use language::{Language, UnknownLanguage};
pub use problem::Problem;
