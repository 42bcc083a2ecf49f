//! Buckets in this process.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{Buckets, Quota, Standing};

/// From how many buckets on the full ones are looked for.
const SWEEP_FROM: usize = 4096;

/// Buckets in this process: enough for one server.
#[derive(Debug, Default)]
pub struct MemoryBuckets {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    full_at_ms: HashMap<String, i64>,
    /// How many buckets the last sweep left.
    swept_to: usize,
}

impl MemoryBuckets {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing that holds the lock can stop halfway.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn sweep(&mut self, now_ms: i64) -> usize {
        let before = self.full_at_ms.len();
        self.full_at_ms.retain(|_, full_at_ms| *full_at_ms > now_ms);
        self.swept_to = self.full_at_ms.len();
        before - self.swept_to
    }

    /// Keeps memory in proportion to the buckets in use, also when somebody makes up new names all day.
    fn sweep_if_grown(&mut self, now_ms: i64) {
        if self.full_at_ms.len() >= SWEEP_FROM.max(2 * self.swept_to) {
            self.sweep(now_ms);
        }
    }
}

#[async_trait]
impl Buckets for MemoryBuckets {
    async fn take(
        &self,
        bucket: &str,
        quota: Quota,
        cost: u32,
        now_ms: i64,
    ) -> Result<Standing, sqlx::Error> {
        let mut kept = self.kept();
        let full_at_ms = kept.full_at_ms.get(bucket).copied().unwrap_or(now_ms);
        let Some(after) = quota.after(full_at_ms, cost, now_ms) else {
            return Ok(quota.standing(false, full_at_ms, cost, now_ms));
        };
        kept.full_at_ms.insert(bucket.into(), after);
        kept.sweep_if_grown(now_ms);
        Ok(quota.standing(true, after, cost, now_ms))
    }

    async fn sweep(&self, now_ms: i64) -> Result<u64, sqlx::Error> {
        Ok(self.kept().sweep(now_ms) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn made_up_names_do_not_fill_the_memory() {
        let (buckets, quota) = (MemoryBuckets::default(), Quota::new(1, 10));
        for at in 0..20_000 {
            buckets.take(&at.to_string(), quota, 1, at).await.unwrap();
        }
        assert!(buckets.kept().full_at_ms.len() <= SWEEP_FROM);
    }
}
