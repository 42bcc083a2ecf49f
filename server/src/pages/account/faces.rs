//! `/account/faces`: statements about faces, their withdrawal, and the age of whoever makes them.

use app::account::{FaceNews, FacesPage};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use contract::ErrorCode;
use contract::paging::{MAX_LIMIT, PageQuery};
use platform::consent::ConsentError;
use serde::Deserialize;

use super::door::InAddress;
use super::owner::Owner;
use super::show;
use crate::http::AppState;

const HOME: &str = "/account/faces";

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
}

pub(super) async fn get(
    State(state): State<AppState>,
    owner: Owner,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let user = owner.principal.user;
    let newest = PageQuery { after: None, limit: Some(MAX_LIMIT) };
    let read = async {
        Ok::<_, ConsentError>((
            state.consent.is_of_age(user).await?,
            state.consent.list(user, &newest).await?,
        ))
    };
    match read.await {
        Ok((of_age, page)) => {
            let page = FacesPage { of_age, statements: page.items, news: FaceNews::parse(&asked.done) };
            show::at(&state, &owner.seen, HOME, StatusCode::OK, page)
        }
        Err(error) => failed(&state, &owner, &error),
    }
}

pub(super) async fn confirm_age(State(state): State<AppState>, owner: Owner) -> Response {
    match state.consent.confirm_age(owner.principal.user).await {
        Ok(()) => done(FaceNews::OfAge),
        Err(error) => failed(&state, &owner, &error),
    }
}

pub(super) async fn withdraw(
    State(state): State<AppState>,
    owner: Owner,
    Path(id): Path<String>,
) -> Response {
    let outcome = match id.parse() {
        Ok(id) => state.consent.revoke(owner.principal.user, id).await.map(drop),
        Err(_) => Err(ErrorCode::NotFound.into()),
    };
    match outcome {
        Ok(()) => done(FaceNews::Withdrawn),
        Err(error) => failed(&state, &owner, &error),
    }
}

fn done(news: FaceNews) -> Response {
    Redirect::to(&format!("{HOME}?done={}", news.as_str())).into_response()
}

fn failed(state: &AppState, owner: &Owner, error: &ConsentError) -> Response {
    if error.code().status() >= 500 {
        tracing::error!(%error, "a form about faces failed");
    }
    show::failure(state, &owner.seen, error.code())
}
