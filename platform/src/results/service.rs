//! Keeps results, finds them, and forgets them in time.

use std::sync::Arc;

use contract::results::{ResultId, ResultView};

use super::{Pictures, ResultRepository, StoredResult};
use crate::clock::Clock;
use crate::ids::RandomSource;
use crate::swaps::SwapOutcome;

/// How long a result is kept, in milliseconds.
pub const KEPT_MS: i64 = 60 * 60 * 1000;

/// How many expired results one sweep removes, so that it never holds the database for long.
const SWEPT_AT_ONCE: i64 = 100;

/// Storage failed.
#[derive(Debug, thiserror::Error)]
pub enum ResultError {
    /// The database did.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// The folder of pictures did.
    #[error("the picture store refused: {0}")]
    Pictures(#[from] std::io::Error),
}

/// The feature's one entrance.
#[derive(Clone)]
pub struct ResultService {
    repository: Arc<dyn ResultRepository>,
    pictures: Pictures,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
}

impl ResultService {
    /// A service over these stores.
    pub fn new(
        repository: Arc<dyn ResultRepository>,
        pictures: Pictures,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> Self {
        Self { repository, pictures, clock, random }
    }

    /// Keeps a picture for [`KEPT_MS`].
    ///
    /// # Errors
    /// When storage fails; nothing is left behind then.
    pub async fn keep(&self, outcome: &SwapOutcome) -> Result<ResultView, ResultError> {
        let now_ms = self.clock.now_ms();
        let result = StoredResult {
            id: ResultId::from_random(self.random.bits_128()),
            faces: i64::try_from(outcome.faces).unwrap_or(i64::MAX),
            width: outcome.width.into(),
            height: outcome.height.into(),
            created_at_ms: now_ms,
            expires_at_ms: now_ms + KEPT_MS,
        };
        self.pictures.write(result.id, &outcome.bytes).await?;
        if let Err(error) = self.repository.insert(&result).await {
            self.pictures.remove(result.id).await?;
            return Err(error.into());
        }
        Ok(result.into())
    }

    /// What is known of a result; none once it has expired.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn find(&self, id: ResultId) -> Result<Option<ResultView>, ResultError> {
        Ok(self.repository.find(id, self.clock.now_ms()).await?.map(ResultView::from))
    }

    /// A result's picture; none once it has expired.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn picture(&self, id: ResultId) -> Result<Option<Vec<u8>>, ResultError> {
        match self.find(id).await? {
            Some(_) => Ok(self.pictures.read(id).await?),
            None => Ok(None),
        }
    }

    /// Forgets a result; says whether it was there.
    ///
    /// The picture goes first: a row without a picture is found by the next sweep, a picture without a row by nobody.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn remove(&self, id: ResultId) -> Result<bool, ResultError> {
        self.pictures.remove(id).await?;
        Ok(self.repository.remove(id).await?)
    }

    /// Forgets what has expired; says how many.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn sweep(&self) -> Result<usize, ResultError> {
        let expired = self.repository.expired(self.clock.now_ms(), SWEPT_AT_ONCE).await?;
        for id in &expired {
            self.remove(*id).await?;
        }
        Ok(expired.len())
    }
}
