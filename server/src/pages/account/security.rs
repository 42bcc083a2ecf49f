//! `/account/security`: what several forms share, and come back to.

use app::account::{SecurityForm, SecurityNews, SecurityPage, Sent};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use contract::paging::PageQuery;
use platform::auth::AuthError;
use serde::Deserialize;

use super::door::InAddress;
use super::owner::Owner;
use super::show;
use crate::http::AppState;

/// How many entries of the history a page shows.
const ENTRIES: u32 = 12;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
    after: Option<String>,
}

pub(super) async fn get(
    State(state): State<AppState>,
    owner: Owner,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let news = SecurityNews::parse(&asked.done);
    let page = load(&state, &owner, asked.after.as_deref(), SecurityForm::None, news).await;
    show_at_home(&state, &owner, StatusCode::OK, page)
}

/// The page again, with a form that was refused.
pub(super) async fn refused(
    state: &AppState,
    owner: &Owner,
    error: AuthError,
    form: Sent,
    which: impl FnOnce(Sent) -> SecurityForm,
) -> Response {
    let (status, form) = show::refused(error, form);
    let page = load(state, owner, None, which(form), None).await;
    show_at_home(state, owner, status, page)
}

/// The way to the page, which says what went well.
pub(super) fn done(news: SecurityNews) -> Response {
    Redirect::to(&format!("/account/security?done={}", news.as_str())).into_response()
}

fn show_at_home(
    state: &AppState,
    owner: &Owner,
    status: StatusCode,
    page: Result<SecurityPage, AuthError>,
) -> Response {
    match page {
        Ok(page) => show::at(state, &owner.seen, "/account/security", status, page),
        Err(error) => {
            tracing::error!(%error, "the security page could not be made");
            show::failure(state, &owner.seen, error.code())
        }
    }
}

async fn load(
    state: &AppState,
    owner: &Owner,
    after: Option<&str>,
    form: SecurityForm,
    news: Option<SecurityNews>,
) -> Result<SecurityPage, AuthError> {
    let query = PageQuery { after: after.map(str::to_owned), limit: Some(ENTRIES) };
    let sessions = state.auth.sessions(&owner.principal).await?;
    let history = state.auth.security_events(&owner.principal, &query).await?;
    Ok(SecurityPage { me: owner.me.clone(), sessions, history, form, news })
}
