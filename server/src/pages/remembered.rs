//! Choices that a browser remembers for visitors without an account: the language, the theme.

use std::fmt::Display;
use std::str::FromStr;

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::CookieJar;
use contract::users::Settings;
use platform::auth::Principal;

use crate::http::AppState;

/// A year.
const SECONDS: u32 = 365 * 24 * 60 * 60;

/// The choice of that name, if one was made that still exists.
pub(super) fn chosen<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    CookieJar::from_headers(headers).get(name)?.value().parse().ok()
}

/// The header that makes a browser remember a choice.
pub(super) fn cookie(name: &str, choice: impl Display, https: bool) -> HeaderValue {
    header(&format!("{name}={choice}"), SECONDS, https)
}

/// The header that makes it forget.
pub(super) fn forget(name: &str, https: bool) -> HeaderValue {
    header(&format!("{name}="), 0, https)
}

/// Writes a choice into the account, too. Where that fails, the cookie still has it.
pub(super) async fn in_account(
    state: &AppState,
    principal: &Principal,
    choose: impl FnOnce(Settings) -> Settings,
) {
    let change = async {
        let settings = state.users.settings(principal).await?;
        state.users.change_settings(principal, choose(settings)).await
    };
    if let Err(error) = change.await {
        tracing::warn!(%error, "a choice could not be kept with the account");
    }
}

fn header(pair: &str, seconds: u32, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{pair}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}
