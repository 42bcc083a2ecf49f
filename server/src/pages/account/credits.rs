//! `/account/credits`.

use app::account::CreditsPage;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use contract::paging::PageQuery;
use platform::auth::AuthError;
use serde::Deserialize;

use super::door::InAddress;
use super::owner::Owner;
use super::show;
use crate::http::AppState;

/// How many lines of the history a page shows.
const LINES: u32 = 20;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    after: Option<String>,
}

pub(super) async fn get(
    State(state): State<AppState>,
    owner: Owner,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    match page(&state, &owner, asked.after).await {
        Ok(page) => show::at(&state, &owner.seen, "/account/credits", StatusCode::OK, page),
        Err(error) => show::failure(&state, &owner.seen, error.code()),
    }
}

async fn page(state: &AppState, owner: &Owner, after: Option<String>) -> Result<CreditsPage, AuthError> {
    let balance = state.credits.balance(&owner.principal).await?;
    let query = PageQuery { after, limit: Some(LINES) };
    Ok(CreditsPage { balance, history: state.credits.history(&owner.principal, &query).await? })
}
