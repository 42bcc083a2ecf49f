//! The server's domain, one folder per feature. It knows no HTTP; what it needs from outside it states as traits.

pub mod auth;
pub mod backup;
pub mod clock;
pub mod consent;
pub mod credits;
pub mod database;
pub mod hd_swap;
pub mod idempotency;
pub mod ids;
pub mod jobs;
pub mod mail;
pub mod media;
pub mod moderation;
mod paging;
pub mod personal_data;
pub mod provenance;
pub mod rate_limits;
pub mod result_cache;
pub mod results;
pub mod sealing;
pub mod swaps;
pub mod users;
