//! `/account/settings`.

use app::account::SettingsPage;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use contract::users::Settings;
use serde::Deserialize;

use super::door::{InAddress, Posted};
use super::owner::Owner;
use super::show;
use crate::http::AppState;
use crate::pages::language;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    language: String,
    #[serde(default)]
    theme: String,
}

pub(super) async fn get(
    State(state): State<AppState>,
    owner: Owner,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let saved = asked.done.is_some();
    let page = SettingsPage { settings: owner.me.settings, saved };
    show::at(&state, &owner.seen, "/account/settings", StatusCode::OK, page)
}

pub(super) async fn post(
    State(state): State<AppState>,
    owner: Owner,
    Posted(fields): Posted<Fields>,
) -> Response {
    // Radio buttons: what is none of theirs was not sent by our page, and means no choice.
    let settings =
        Settings { language: fields.language.parse().ok(), theme: fields.theme.parse().unwrap_or_default() };
    if let Err(error) = state.users.change_settings(&owner.principal, settings).await {
        return show::failure(&state, &owner.seen, error.code());
    }
    let back = Redirect::to("/account/settings?done=saved");
    match settings.language {
        Some(chosen) => {
            ([(header::SET_COOKIE, language::cookie(chosen, state.site.https()))], back).into_response()
        }
        None => ([(header::SET_COOKIE, language::forget(state.site.https()))], back).into_response(),
    }
}
