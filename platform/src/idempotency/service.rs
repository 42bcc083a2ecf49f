//! Decides whether a request is carried out, or was before.

use std::sync::Arc;

use super::repository::Times;
use super::{Claim, IdempotencyError, IdempotencyRepository, Request, StoredAnswer, Verdict};
use crate::clock::Clock;
use crate::ids::RandomSource;
use crate::sealing::Sealer;

/// How long an answer is kept, in milliseconds.
pub const KEPT_MS: i64 = 24 * 60 * 60 * 1000;

/// How long a request may be at work before it is taken for lost, in milliseconds: longer than any request may take.
pub const LEASE_MS: i64 = 3 * 60 * 1000;

/// The feature's one entrance.
#[derive(Clone)]
pub struct IdempotencyService {
    repository: Arc<dyn IdempotencyRepository>,
    sealer: Arc<Sealer>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
}

impl IdempotencyService {
    /// A service over this store.
    pub fn new(
        repository: Arc<dyn IdempotencyRepository>,
        sealer: Sealer,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> Self {
        Self { repository, sealer: Arc::new(sealer), clock, random }
    }

    /// Whether to carry a request out.
    ///
    /// # Errors
    /// When the database fails or a stored answer cannot be read.
    pub async fn begin(&self, request: Request) -> Result<Verdict, IdempotencyError> {
        let now_ms = self.clock.now_ms();
        let times = Times { now_ms, given_up_before_ms: now_ms - LEASE_MS, expires_at_ms: now_ms + KEPT_MS };
        let claim = Claim { request, id: format!("{:032x}", self.random.bits_128()) };
        let Some(stored) = self.repository.claim(&claim, times).await? else {
            return Ok(Verdict::CarryOut(claim));
        };
        if stored.hash != claim.request.hash {
            return Ok(Verdict::Mismatch);
        }
        let Some(sealed) = stored.answer else { return Ok(Verdict::InFlight) };
        let answer = self.sealer.open(&claim.request.place(), &sealed)?;
        Ok(Verdict::Answered(serde_json::from_slice(&answer)?))
    }

    /// Keeps the answer of a request that was carried out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish(&self, claim: &Claim, answer: &StoredAnswer) -> Result<(), IdempotencyError> {
        let sealed = self.sealer.seal(&claim.request.place(), &serde_json::to_vec(answer)?)?;
        if !self.repository.answer(claim, &sealed).await? {
            tracing::warn!(route = claim.request.route, "a request took longer than its key was held for it");
        }
        Ok(())
    }

    /// Frees the key of a request that changed nothing, so that it may be tried again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release(&self, claim: &Claim) -> Result<(), IdempotencyError> {
        if !self.repository.release(claim).await? {
            tracing::warn!(route = claim.request.route, "a request took longer than its key was held for it");
        }
        Ok(())
    }

    /// Forgets what has expired; says how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self) -> Result<u64, IdempotencyError> {
        Ok(self.repository.remove_expired(self.clock.now_ms()).await?)
    }
}
