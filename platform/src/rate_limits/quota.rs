//! The arithmetic of a token bucket, as the generic cell rate algorithm (ITU-T I.371): one number says it all.
//!
//! A bucket is remembered as the moment at which it will be full again, in whole milliseconds. A token pushes that
//! moment further away; it may not be further than the whole bucket takes to fill. So nothing has to be counted up
//! while time passes, and two stores that round alike cannot disagree.

/// How large a bucket is and how fast it fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    burst: u32,
    refill_ms: i64,
}

impl Quota {
    /// A bucket of `burst` tokens that gains one every `refill_ms`. Both are at least 1.
    pub const fn new(burst: u32, refill_ms: i64) -> Self {
        Self {
            burst: if burst == 0 { 1 } else { burst },
            refill_ms: if refill_ms < 1 { 1 } else { refill_ms },
        }
    }

    /// The same, so many times as generous: more at once, and sooner again.
    #[must_use]
    pub fn wider(self, factor: f64) -> Self {
        // Casts saturate: a quota beyond their range is none at all, which is what such a factor asks for.
        let burst = (f64::from(self.burst) * factor).round() as u32;
        let refill_ms = (self.refill_ms as f64 / factor).round() as i64;
        Self::new(burst, refill_ms)
    }

    /// How many tokens a full bucket has.
    pub const fn burst(self) -> u32 {
        self.burst
    }

    /// How long an empty bucket takes to fill.
    pub const fn window_ms(self) -> i64 {
        self.refill_ms.saturating_mul(self.burst as i64)
    }

    /// How long `cost` tokens take to come back. What costs more than a full bucket costs a full bucket: otherwise it
    /// could never be done at all.
    pub(super) const fn cost_ms(self, cost: u32) -> i64 {
        let cost = if cost < self.burst { cost } else { self.burst };
        self.refill_ms.saturating_mul(cost as i64)
    }

    /// The moment of fullness after taking tokens from a bucket, if they are there.
    pub(super) const fn after(self, full_at_ms: i64, cost: u32, now_ms: i64) -> Option<i64> {
        let from = if full_at_ms > now_ms { full_at_ms } else { now_ms };
        let full_at_ms = from.saturating_add(self.cost_ms(cost));
        if full_at_ms <= now_ms.saturating_add(self.window_ms()) { Some(full_at_ms) } else { None }
    }

    /// How a bucket stands that was asked for `cost` tokens and is full at `full_at_ms` now.
    pub(super) fn standing(self, taken: bool, full_at_ms: i64, cost: u32, now_ms: i64) -> Standing {
        let missing_ms = full_at_ms.saturating_sub(now_ms).clamp(0, self.window_ms());
        let remaining = (self.window_ms() - missing_ms) / self.refill_ms;
        let retry_after_ms = if taken { 0 } else { missing_ms + self.cost_ms(cost) - self.window_ms() };
        Standing {
            taken,
            remaining: u32::try_from(remaining).unwrap_or(u32::MAX),
            retry_after_ms: retry_after_ms.max(i64::from(!taken)),
            full_after_ms: missing_ms,
        }
    }
}

/// How a bucket stands after somebody asked it for tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether the tokens were there, and have been taken.
    pub taken: bool,
    /// How many tokens are left.
    pub remaining: u32,
    /// In how many milliseconds the same request can succeed; 0 if it just did.
    pub retry_after_ms: i64,
    /// In how many milliseconds the bucket is full again.
    pub full_after_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_gives_its_burst_and_then_one_for_each_refill() {
        let quota = Quota::new(3, 1000);
        let mut full_at_ms = 0;
        for _ in 0..3 {
            full_at_ms = quota.after(full_at_ms, 1, 50_000).unwrap();
        }
        assert_eq!(quota.after(full_at_ms, 1, 50_999), None);
        assert_eq!(quota.after(full_at_ms, 1, 51_000), Some(54_000));
        let refused = quota.standing(false, full_at_ms, 1, 50_400);
        assert_eq!((refused.remaining, refused.retry_after_ms, refused.full_after_ms), (0, 600, 2600));
    }

    #[test]
    fn what_costs_more_than_a_full_bucket_takes_all_of_it() {
        let quota = Quota::new(3, 1000);
        assert_eq!(quota.after(0, 9, 10_000), Some(13_000));
        assert_eq!(quota.after(13_000, 9, 12_999), None);
        assert_eq!(quota.after(13_000, 9, 13_000), Some(16_000));
    }

    #[test]
    fn a_factor_widens_both_the_burst_and_the_pace() {
        assert_eq!(Quota::new(10, 20_000).wider(10.0), Quota::new(100, 2000));
        assert_eq!(Quota::new(10, 20_000).wider(0.1), Quota::new(1, 200_000));
        assert_eq!(Quota::new(10, 20).wider(1000.0), Quota::new(10_000, 1));
    }
}
