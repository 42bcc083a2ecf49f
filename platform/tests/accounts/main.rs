//! Accounts, from sign-up to deletion, on both databases. The clock is set by hand and randomness is counted.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod access_tokens;
mod administration;
mod api_keys;
mod email;
mod house;
mod password;
mod privacy;
mod profiles;
mod refresh;
mod second_factor;
mod secrets;
mod sessions;
mod sign_in;
mod sign_up;
mod supabase;
