//! Takes tokens for requests.

use std::sync::Arc;

use async_trait::async_trait;

use super::{Quota, Standing};
use crate::clock::Clock;

/// Where buckets are kept.
#[async_trait]
pub trait Buckets: Send + Sync {
    /// Takes `cost` tokens from the bucket of that name, or none if there are not as many.
    ///
    /// # Errors
    /// When the store does not answer.
    async fn take(&self, bucket: &str, quota: Quota, cost: u32, now_ms: i64)
    -> Result<Standing, sqlx::Error>;

    /// Forgets the buckets that are full again, and says how many.
    ///
    /// # Errors
    /// When the store does not answer.
    async fn sweep(&self, now_ms: i64) -> Result<u64, sqlx::Error>;
}

/// What a request costs from one bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// The bucket's name: what is done, and who does it.
    pub bucket: String,
    /// How large it is.
    pub quota: Quota,
    /// How many tokens the request takes.
    pub cost: u32,
}

/// The rate limits of an instance.
#[derive(Clone)]
pub struct RateLimits {
    buckets: Arc<dyn Buckets>,
    clock: Arc<dyn Clock>,
    factor: f64,
}

impl RateLimits {
    /// Limits that are `factor` times as wide as their quotas say.
    pub fn new(buckets: Arc<dyn Buckets>, clock: Arc<dyn Clock>, factor: f64) -> Self {
        Self { buckets, clock, factor }
    }

    /// Takes what a request costs, bucket after bucket, up to the first that has too little.
    ///
    /// The answer has the quota in force and the standing of each bucket that was asked; only the last can be a refusal.
    /// What an earlier bucket gave stays taken: whoever is refused has tried all the same.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn take(&self, charges: &[Charge]) -> Result<Vec<(Quota, Standing)>, sqlx::Error> {
        let now_ms = self.clock.now_ms();
        let mut standings = Vec::with_capacity(charges.len());
        for charge in charges {
            let quota = charge.quota.wider(self.factor);
            let standing = self.buckets.take(&charge.bucket, quota, charge.cost, now_ms).await?;
            standings.push((quota, standing));
            if !standing.taken {
                break;
            }
        }
        Ok(standings)
    }

    /// Forgets the buckets that are full again, and says how many.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn sweep(&self) -> Result<u64, sqlx::Error> {
        self.buckets.sweep(self.clock.now_ms()).await
    }
}
