//! `GET /jobs`: all that was asked for.

use axum::Json;
use axum::extract::State;
use contract::jobs::JobView;
use contract::paging::{Page, PageQuery};
use platform::jobs::JobService;

use crate::api::error::ApiError;
use crate::api::extract::{QueryOf, SwapsWrite, WithScope};
use crate::api::refusals::refusals;

refusals!(FieldsInvalid);

/// The account's jobs, the newest first. Those that ended more than a month ago are forgotten.
#[utoipa::path(
    get,
    path = "/jobs",
    operation_id = "list_jobs",
    tag = "jobs",
    params(PageQuery),
    responses((status = 200, description = "A page of jobs.", body = Page<JobView>), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(jobs): State<JobService>,
    WithScope { principal, .. }: WithScope<SwapsWrite>,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Json<Page<JobView>>, ApiError> {
    Ok(Json(jobs.list(&principal, &page).await?))
}
