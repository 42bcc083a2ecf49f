//! `/account/data` and `/account/delete`: leaving.

use app::account::{Arrival, DataPage, DeletePage, Sent};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use contract::fields::Secret;
use serde::Deserialize;

use super::door::Posted;
use super::owner::Owner;
use super::show;
use crate::api::extract::VisitOf;
use crate::cookies::{Cookies, FORGET_PAGES};
use crate::http::AppState;

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    password: Secret,
}

pub(super) async fn data(State(state): State<AppState>, owner: Owner) -> Response {
    show::page(&state, &owner.seen, StatusCode::OK, DataPage)
}

pub(super) async fn get(State(state): State<AppState>, owner: Owner) -> Response {
    let page = DeletePage { email: owner.me.email, form: Sent::default() };
    show::page(&state, &owner.seen, StatusCode::OK, page)
}

pub(super) async fn post(
    State(state): State<AppState>,
    owner: Owner,
    VisitOf(visit): VisitOf,
    Posted(fields): Posted<Fields>,
) -> Response {
    match state.auth.delete_account(&owner.principal, &fields.password, &visit).await {
        Ok(()) => {
            let to = Redirect::to(&format!("/sign-in?from={}", Arrival::Deleted.as_str()));
            let mut response = to.into_response();
            for (name, value) in Cookies::of(&state.site).clear() {
                response.headers_mut().append(name, value);
            }
            response.headers_mut().insert(FORGET_PAGES.0, FORGET_PAGES.1);
            response
        }
        Err(error) => {
            let (status, form) = show::refused(error, Sent::default());
            show::page(&state, &owner.seen, status, DeletePage { email: owner.me.email, form })
        }
    }
}
