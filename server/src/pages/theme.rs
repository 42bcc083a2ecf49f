//! `POST /theme`: how the pages look, chosen in the menu.

use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use contract::users::{Settings, Theme};
use serde::Deserialize;

use super::account::own_path;
use super::remembered;
use crate::http::AppState;
use crate::middleware::session::Caller;

const COOKIE: &str = "theme";

#[derive(Deserialize)]
pub(crate) struct Switch {
    theme: String,
    #[serde(default)]
    back: String,
}

/// The visitor's choice, if they made one.
pub(super) fn chosen(headers: &HeaderMap) -> Option<Theme> {
    remembered::chosen(headers, COOKIE)
}

pub(crate) async fn post(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Form(switch): Form<Switch>,
) -> Response {
    let back = Redirect::to(own_path(&switch.back).unwrap_or("/"));
    let Ok(theme) = switch.theme.parse() else { return back.into_response() };
    if let Caller::Known(principal) = &caller {
        remembered::in_account(&state, principal, |settings| Settings { theme, ..settings }).await;
    }
    let cookie = remembered::cookie(COOKIE, theme.as_str(), state.site.https());
    ([(header::SET_COOKIE, cookie)], back).into_response()
}
