//! What happens to every request and every answer.

pub(crate) mod client_address;
pub(crate) mod cors;
pub(crate) mod idempotency;
pub(crate) mod language;
#[cfg(test)]
mod log_canaries;
pub(crate) mod observe;
pub(crate) mod panics;
pub(crate) mod problems;
pub(crate) mod rate_limit;
mod rate_limit_rules;
#[cfg(test)]
mod rate_limit_tests;
pub(crate) mod request_id;
pub(crate) mod same_site;
pub(crate) mod security_headers;
pub(crate) mod session;
pub(crate) mod static_cache;
pub(crate) mod time_limit;
