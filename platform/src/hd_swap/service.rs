//! Takes orders.

use contract::ErrorCode;
use contract::fields::FieldError;
use contract::hd_swap::HdSwap;
use contract::jobs::{HD_SWAP, JobView};
use contract::media::MediaId;
use contract::users::UserId;

use super::handler::{digest_of, picture};
use crate::auth::{AuthError, Principal};
use crate::jobs::{JobService, Order};
use crate::media::{MediaError, MediaService};

/// Takes orders for swaps of kept photos.
#[derive(Clone)]
pub struct HdSwapService {
    jobs: JobService,
    media: MediaService,
}

impl HdSwapService {
    /// A service that reads these media and fills this queue.
    pub const fn new(jobs: JobService, media: MediaService) -> Self {
        Self { jobs, media }
    }

    /// Puts an order into the queue. The same order while it is under way is the job that is there; then it says false.
    ///
    /// # Errors
    /// The fields at fault, among them photos that are not there or not this person's, and as
    /// [`JobService::submit`].
    pub async fn submit(&self, principal: &Principal, order: HdSwap) -> Result<(JobView, bool), AuthError> {
        principal.require_person()?;
        let order = order.check().map_err(AuthError::Fields)?;
        let mut faults = Vec::new();
        for (at, id) in order.sources.iter().enumerate() {
            faults.extend(self.fault(principal.user, *id, &format!("sources[{at}]")).await?);
        }
        faults.extend(self.fault(principal.user, order.target, "target").await?);
        if !faults.is_empty() {
            return Err(AuthError::Fields(faults));
        }
        let input = serde_json::to_value(&order).map_err(|_| ErrorCode::Internal)?;
        let unique_key = Some(digest_of(&[input.to_string().as_bytes()]));
        self.jobs.submit(principal, Order { kind: HD_SWAP, input, unique_key }).await
    }

    async fn fault(&self, owner: UserId, id: MediaId, field: &str) -> Result<Option<FieldError>, AuthError> {
        match picture(&self.media, owner, id).await {
            Ok(_) => Ok(None),
            Err(MediaError::Refused(code)) => Ok(Some(FieldError::new(field, code))),
            Err(MediaError::Database(error)) => Err(error.into()),
            Err(error) => Err(error.code().into()),
        }
    }
}
