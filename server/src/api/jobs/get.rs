//! `GET /jobs/{id}`: how far a job has come.

use axum::Json;
use axum::extract::State;
use contract::jobs::{JobId, JobView};
use platform::jobs::JobService;

use crate::api::error::ApiError;
use crate::api::extract::{PathId, SwapsWrite, WithScope};
use crate::api::refusals::refusals;

refusals!(NotFound);

/// One of the account's jobs.
#[utoipa::path(
    get,
    path = "/jobs/{id}",
    operation_id = "get_job",
    tag = "jobs",
    params(("id" = JobId, Path, description = "The job.")),
    responses((status = 200, description = "The job.", body = JobView), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(jobs): State<JobService>,
    WithScope { principal, .. }: WithScope<SwapsWrite>,
    PathId(id): PathId<JobId>,
) -> Result<Json<JobView>, ApiError> {
    Ok(Json(jobs.find(&principal, id).await?))
}
