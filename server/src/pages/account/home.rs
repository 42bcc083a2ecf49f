//! `/account`: the profile.

use app::account::{HomeNews, HomePage, Sent};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use contract::users::{Me, UpdateProfile};
use platform::auth::AuthError;
use serde::Deserialize;

use super::door::{InAddress, Posted};
use super::owner::Owner;
use super::show;
use crate::http::AppState;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    name: String,
    #[serde(default)]
    bio: String,
}

/// The profile as the form's values.
pub(super) fn profile(me: &Me) -> Sent {
    Sent::with([("name", me.name.clone()), ("bio", me.bio.clone())])
}

pub(super) async fn get(
    State(state): State<AppState>,
    owner: Owner,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let news = HomeNews::parse(&asked.done);
    let page = HomePage { me: owner.me, form: None, news };
    show::at(&state, &owner.seen, "/account", StatusCode::OK, page)
}

pub(super) async fn post(
    State(state): State<AppState>,
    owner: Owner,
    Posted(fields): Posted<Fields>,
) -> Response {
    let form = Sent::with([("name", fields.name.clone()), ("bio", fields.bio.clone())]);
    let outcome = match (UpdateProfile { name: Some(fields.name), bio: Some(fields.bio) }).check() {
        Ok(change) => state.users.update_profile(&owner.principal, &change).await.map(|_| ()),
        Err(faults) => Err(AuthError::Fields(faults)),
    };
    match outcome {
        Ok(()) => Redirect::to(&format!("/account?done={}", HomeNews::Saved.as_str())).into_response(),
        Err(error) => {
            let (status, form) = show::refused(error, form);
            show::page(&state, &owner.seen, status, HomePage { me: owner.me, form: Some(form), news: None })
        }
    }
}
