//! Choices that a browser remembers for visitors without an account: the language, the theme.

use std::fmt::Display;
use std::str::FromStr;

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::CookieJar;

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

fn header(pair: &str, seconds: u32, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{pair}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}
