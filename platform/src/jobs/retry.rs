//! How long a job waits for its next attempt.

use crate::ids::RandomSource;

/// Exponential backoff with jitter: after the n-th attempt, between half and all of `first_ms * 2^(n-1)`, which never
/// exceeds `most_ms`. Without the jitter, jobs that failed together would come back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The longest pause after the first attempt, in milliseconds.
    pub first_ms: i64,
    /// The longest pause of all, in milliseconds.
    pub most_ms: i64,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { first_ms: 5_000, most_ms: 10 * 60 * 1000 }
    }
}

impl RetryPolicy {
    /// The pause after this attempt, 1 being the first, in milliseconds.
    pub fn pause_ms(self, attempt: i64, random: &dyn RandomSource) -> i64 {
        let doublings = u32::try_from(attempt - 1).unwrap_or(0).min(30);
        let longest = self.first_ms.saturating_mul(1 << doublings).min(self.most_ms).max(1);
        let shortest = longest / 2;
        let spread = u128::from((longest - shortest + 1).unsigned_abs());
        // Less than `spread`, which came from an i64.
        shortest + i64::try_from(random.bits_128() % spread).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u128);

    impl RandomSource for Fixed {
        fn bits_128(&self) -> u128 {
            self.0
        }
    }

    #[test]
    fn pauses_double_up_to_a_bound_and_spread_over_their_upper_half() {
        let policy = RetryPolicy::default();
        let (low, high) = (Fixed(0), Fixed(2_500));
        assert_eq!((policy.pause_ms(1, &low), policy.pause_ms(1, &high)), (2_500, 5_000));
        assert_eq!((policy.pause_ms(2, &low), policy.pause_ms(3, &low)), (5_000, 10_000));
        assert_eq!(policy.pause_ms(1_000, &low), 5 * 60 * 1000);
        for random in 0..10_000 {
            assert!((2_500..=5_000).contains(&policy.pause_ms(1, &Fixed(random * 7))));
        }
    }
}
