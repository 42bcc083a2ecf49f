//! What an instance decides about accounts.

use super::SupabaseConfig;
use crate::sealing::InstanceSecret;

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
pub(super) const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// What an instance decides about accounts.
#[derive(Clone, Debug)]
pub struct AuthConfig {
    /// The address that visitors know, without a slash at its end: the issuer of tokens.
    pub public_url: String,
    /// What seals the instance's secrets.
    pub secret: InstanceSecret,
    /// How long things are good for.
    pub lifetimes: Lifetimes,
    /// What a password's hash costs.
    pub hash_cost: HashCost,
    /// How many passwords are hashed at once: the number of cores.
    pub hashing_cores: usize,
    /// Sign-in through a Supabase project, if there is one.
    pub supabase: Option<SupabaseConfig>,
}

impl AuthConfig {
    /// The usual configuration of an instance.
    pub fn new(public_url: &str, secret: InstanceSecret, hashing_cores: usize) -> Self {
        Self {
            public_url: public_url.trim_end_matches('/').into(),
            secret,
            lifetimes: Lifetimes::default(),
            hash_cost: HashCost::default(),
            hashing_cores,
            supabase: None,
        }
    }
}

/// How long things are good for, in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// An access token.
    pub access_ms: i64,
    /// A session that nobody refreshes.
    pub session_idle_ms: i64,
    /// A session at the most.
    pub session_ms: i64,
    /// A used refresh token, for the client that did not get its answer.
    pub refresh_retry_ms: i64,
    /// The link that shows an address to be theirs.
    pub verify_link_ms: i64,
    /// The link that resets a password.
    pub reset_link_ms: i64,
    /// A sign-in that waits for its code.
    pub challenge_ms: i64,
    /// A signing key, for signing.
    pub signing_key_ms: i64,
    /// A signing key after its last signature, for checking: longer than any access token.
    pub signing_key_overlap_ms: i64,
    /// An API key in its owner's list after its end.
    pub ended_key_shown_ms: i64,
    /// Entries of the security history.
    pub security_event_ms: i64,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            access_ms: 15 * MINUTE_MS,
            session_idle_ms: 7 * DAY_MS,
            session_ms: 30 * DAY_MS,
            refresh_retry_ms: 10 * SECOND_MS,
            verify_link_ms: DAY_MS,
            reset_link_ms: HOUR_MS,
            challenge_ms: 5 * MINUTE_MS,
            signing_key_ms: 30 * DAY_MS,
            signing_key_overlap_ms: DAY_MS,
            ended_key_shown_ms: 30 * DAY_MS,
            security_event_ms: 365 * DAY_MS,
        }
    }
}

/// The parameters of argon2id. The default is OWASP's advice (Password Storage Cheat Sheet).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for HashCost {
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 }
    }
}
