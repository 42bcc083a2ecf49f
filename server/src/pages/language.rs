//! `POST /language`: the switch in the navigation.

use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use contract::Language;
use contract::users::Settings;
use serde::Deserialize;

use super::account::own_path;
use super::remembered;
use crate::http::AppState;
use crate::middleware::session::Caller;

const COOKIE: &str = "language";

#[derive(Deserialize)]
pub(crate) struct Switch {
    language: String,
    #[serde(default)]
    back: String,
}

/// The parameter of an address that asks for a page in one language.
const PARAMETER: &str = "lang";

/// The language that an address asks for.
pub(super) fn asked(uri: &Uri) -> Option<Language> {
    let query = uri.query().unwrap_or_default();
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == PARAMETER)?.1.parse().ok()
}

/// The same address, asking for no language: it would win over the choice that was just made.
fn unasked(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let others: Vec<&str> =
        query.split('&').filter(|pair| pair.split('=').next() != Some(PARAMETER)).collect();
    if others.is_empty() { path.to_owned() } else { format!("{path}?{}", others.join("&")) }
}

/// The visitor's choice, if they made one.
pub(super) fn chosen(headers: &HeaderMap) -> Option<Language> {
    remembered::chosen(headers, COOKIE)
}

pub(crate) async fn post(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Form(switch): Form<Switch>,
) -> Response {
    let back = Redirect::to(&unasked(own_path(&switch.back).unwrap_or("/")));
    let Ok(language) = switch.language.parse() else { return back.into_response() };
    if let Caller::Known(principal) = &caller {
        remembered::in_account(&state, principal, |settings| Settings {
            language: Some(language),
            ..settings
        })
        .await;
    }
    ([(header::SET_COOKIE, cookie(language, state.site.https()))], back).into_response()
}

/// The header that makes a browser remember a language.
pub(super) fn cookie(language: Language, https: bool) -> HeaderValue {
    remembered::cookie(COOKIE, language, https)
}

/// The header that makes a browser forget its choice.
pub(super) fn forget(https: bool) -> HeaderValue {
    remembered::forget(COOKIE, https)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_ask_for_a_language_and_forgets_it_when_another_is_chosen() {
        assert_eq!(asked(&Uri::from_static("/models?lang=fr")), Some(Language::French));
        assert_eq!(asked(&Uri::from_static("/models?lang=xx&lang=fr")), None);
        assert_eq!(asked(&Uri::from_static("/models?language=fr")), None);
        assert_eq!(unasked("/models?lang=fr"), "/models");
        assert_eq!(unasked("/?problem=busy&lang=fr&field=source"), "/?problem=busy&field=source");
        assert_eq!(unasked("/models"), "/models");
    }
}
