//! `POST /reports/{id}/decision`: takes down what was reported, or shows it again.

use axum::Json;
use axum::extract::State;
use contract::moderation::{DecideReport, ReportId, ReportView};
use platform::moderation::ModerationService;

use crate::api::error::ApiError;
use crate::api::extract::{Administrator, JsonBody, PathId};
use crate::api::refusals::refusals;

refusals!(NotFound);

/// Decides a report: what it names is hidden from now on, or shown again. A decision may be changed. For administrators.
#[utoipa::path(
    post,
    path = "/reports/{id}/decision",
    operation_id = "decide_report",
    tag = "moderation",
    params(("id" = ReportId, Path, description = "The report's id.")),
    request_body = DecideReport,
    responses((status = 200, description = "The report as it is now.", body = ReportView), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(moderation): State<ModerationService>,
    Administrator(moderator): Administrator,
    PathId(id): PathId<ReportId>,
    JsonBody(decision): JsonBody<DecideReport>,
) -> Result<Json<ReportView>, ApiError> {
    Ok(Json(moderation.decide(&moderator, id, decision.take_down).await?))
}
