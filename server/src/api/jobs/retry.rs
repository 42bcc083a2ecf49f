//! `POST /jobs/{id}/retry`.

use axum::Json;
use axum::extract::State;
use contract::jobs::{JobId, JobView};
use platform::jobs::JobService;

use crate::api::error::ApiError;
use crate::api::extract::{PathId, SwapsWrite, WithScope};
use crate::api::refusals::refusals;

refusals!(NotFound, JobNotRetryable, CreditsShort, TooManyJobs);

/// Does one of the account's jobs once more that failed, was given up or was cancelled, at the same price.
#[utoipa::path(
    post,
    path = "/jobs/{id}/retry",
    operation_id = "retry_job",
    tag = "jobs",
    params(("id" = JobId, Path, description = "The job.")),
    responses((status = 200, description = "The job as it is now.", body = JobView), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(jobs): State<JobService>,
    WithScope { principal, .. }: WithScope<SwapsWrite>,
    PathId(id): PathId<JobId>,
) -> Result<Json<JobView>, ApiError> {
    Ok(Json(jobs.retry(&principal, id).await?))
}
