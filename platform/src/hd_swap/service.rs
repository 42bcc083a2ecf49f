//! Takes orders.

use contract::ErrorCode;
use contract::auth::Scope;
use contract::fields::FieldError;
use contract::hd_swap::HdSwap;
use contract::jobs::{HD_SWAP, JobView};
use contract::media::MediaId;
use contract::users::UserId;

use super::handler::{digest_of, picture};
use crate::auth::{AuthError, Principal};
use crate::consent::{ConsentError, ConsentService, Source};
use crate::jobs::{JobService, Order};
use crate::media::{MediaError, MediaService};

/// Takes orders for swaps of kept photos.
#[derive(Clone)]
pub struct HdSwapService {
    jobs: JobService,
    media: MediaService,
    consent: ConsentService,
}

impl HdSwapService {
    /// A service that reads these media and fills this queue with what was consented to.
    pub const fn new(jobs: JobService, media: MediaService, consent: ConsentService) -> Self {
        Self { jobs, media, consent }
    }

    /// Puts an order into the queue. The same order while it is under way is the job that is there; then it says false.
    ///
    /// # Errors
    /// The fields at fault, among them photos that are not there or not this person's;
    /// [`ErrorCode::AgeRequired`] and [`ErrorCode::ConsentRequired`]; and as [`JobService::submit`].
    pub async fn submit(&self, principal: &Principal, order: HdSwap) -> Result<(JobView, bool), AuthError> {
        principal.require_scope(Scope::SwapsWrite)?;
        let order = order.check().map_err(AuthError::Fields)?;
        let mut faults = Vec::new();
        for (at, id) in order.sources.iter().enumerate() {
            faults.extend(self.fault(principal.user, *id, &format!("sources[{at}]")).await?);
        }
        faults.extend(self.fault(principal.user, order.target, "target").await?);
        if !faults.is_empty() {
            return Err(AuthError::Fields(faults));
        }
        self.consent.require(principal.user, &sources_of(&order)).await.map_err(refused)?;
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

/// The faces whose use somebody has to have stated something about.
pub(super) fn sources_of(order: &HdSwap) -> Vec<Source> {
    let source = |(media, face)| Source { media, face: u32::try_from(face).unwrap_or(u32::MAX) };
    order.faces_used().into_iter().map(source).collect()
}

fn refused(error: ConsentError) -> AuthError {
    match error {
        ConsentError::Database(error) => error.into(),
        other => other.code().into(),
    }
}
