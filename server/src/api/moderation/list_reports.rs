//! `GET /reports`: what waits for a moderator.

use axum::extract::State;
use contract::moderation::{ReportState, ReportView};
use contract::paging::{Page, PageQuery};
use platform::moderation::ModerationService;
use serde::Deserialize;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{Administrator, QueryOf};
use crate::api::refusals::refusals;

refusals!(FieldsInvalid);

/// Which reports.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// What became of them; those that wait if not given.
    state: Option<ReportState>,
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many items, 1 to 100; 20 if not given.
    limit: Option<u32>,
}

/// Reports that wait for a decision, or that were decided, the oldest first. For administrators.
#[utoipa::path(
    get,
    path = "/reports",
    operation_id = "list_reports",
    tag = "moderation",
    params(Wanted),
    responses((status = 200, description = "A page of reports.", body = Page<ReportView>), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(moderation): State<ModerationService>,
    Administrator(moderator): Administrator,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<NotStored<Page<ReportView>>, ApiError> {
    let state = wanted.state.unwrap_or(ReportState::Open);
    let page = PageQuery { after: wanted.after, limit: wanted.limit };
    Ok(NotStored(moderation.reports(&moderator, state, &page).await?))
}
