//! The platform's ports on a real machine.

pub(crate) mod cache;
pub(crate) mod mail;
pub(crate) mod media;
#[cfg(test)]
mod media_tests;
pub(crate) mod safety;

use std::time::{SystemTime, UNIX_EPOCH};

use platform::clock::Clock;
use platform::ids::RandomSource;

/// The machine's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where the port is fulfilled")]
    fn now_ms(&self) -> i64 {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
    }
}

/// The operating system's randomness, through a generator fit for secrets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemRandom;

impl RandomSource for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "this is where the port is fulfilled")]
    fn bits_128(&self) -> u128 {
        rand::random()
    }
}
