//! `POST /language`: the switch in the navigation.

use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use contract::Language;
use contract::users::Settings;
use serde::Deserialize;

use super::account::own_path;
use crate::http::AppState;
use crate::middleware::session::Caller;

const COOKIE: &str = "language";

/// How long a browser remembers the choice.
const SECONDS: u32 = 365 * 24 * 60 * 60;

#[derive(Deserialize)]
pub(crate) struct Switch {
    language: String,
    #[serde(default)]
    back: String,
}

/// The visitor's choice, if they made one.
pub(super) fn chosen(headers: &HeaderMap) -> Option<Language> {
    CookieJar::from_headers(headers).get(COOKIE)?.value().parse().ok()
}

pub(crate) async fn post(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Form(switch): Form<Switch>,
) -> Response {
    let back = Redirect::to(own_path(&switch.back).unwrap_or("/"));
    let Ok(language) = switch.language.parse() else { return back.into_response() };
    if let Caller::Known(principal) = &caller {
        remember(&state, principal, language).await;
    }
    ([(header::SET_COOKIE, cookie(language, state.site.https()))], back).into_response()
}

/// Writes the choice into the account. Where that fails, the cookie still has it.
async fn remember(state: &AppState, principal: &platform::auth::Principal, language: Language) {
    let change = async {
        let settings = state.users.settings(principal).await?;
        state.users.change_settings(principal, Settings { language: Some(language), ..settings }).await
    };
    if let Err(error) = change.await {
        tracing::warn!(%error, "a language could not be kept with the account");
    }
}

/// The header that makes a browser remember a language.
pub(super) fn cookie(language: Language, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{COOKIE}={language}; Path=/; Max-Age={SECONDS}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// The header that makes a browser forget its choice.
pub(super) fn forget(https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}
