//! `POST /jobs/{id}/cancel`.

use axum::Json;
use axum::extract::State;
use contract::jobs::{JobId, JobView};
use platform::jobs::JobService;

use crate::api::error::ApiError;
use crate::api::extract::{PathId, SwapsWrite, WithScope};
use crate::api::refusals::refusals;

refusals!(NotFound, JobEnded);

/// Stops one of the account's jobs: at once if it waits, else as soon as its worker hears of it. Its credits come back.
#[utoipa::path(
    post,
    path = "/jobs/{id}/cancel",
    operation_id = "cancel_job",
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
    Ok(Json(jobs.cancel(&principal, id).await?))
}
