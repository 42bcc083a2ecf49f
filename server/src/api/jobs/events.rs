//! `GET /jobs/{id}/events`: what happened to a job, for those who cannot hold a connection open.

use axum::Json;
use axum::extract::State;
use contract::jobs::{EventsQuery, JobEvent, JobId};
use platform::jobs::JobService;

use crate::api::error::ApiError;
use crate::api::extract::{PathId, QueryOf, SwapsWrite, WithScope};
use crate::api::refusals::refusals;

refusals!(NotFound);

/// What happened to one of the account's jobs after an event, in order: numbered 1, 2, 3 and so on without a gap.
#[utoipa::path(
    get,
    path = "/jobs/{id}/events",
    operation_id = "list_job_events",
    tag = "jobs",
    params(("id" = JobId, Path, description = "The job."), EventsQuery),
    responses((status = 200, description = "The events.", body = Vec<JobEvent>), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(jobs): State<JobService>,
    WithScope { principal, .. }: WithScope<SwapsWrite>,
    PathId(id): PathId<JobId>,
    QueryOf(query): QueryOf<EventsQuery>,
) -> Result<Json<Vec<JobEvent>>, ApiError> {
    let last_seq = query.last_seq.unwrap_or(0);
    Ok(Json(jobs.events(&principal, id, last_seq.into()).await?))
}
