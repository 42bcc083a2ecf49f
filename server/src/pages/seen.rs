//! What a page is made for: the visitor, as far as the frame shows them, and the address to come back to.

use app::Visitor;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use contract::users::{Me, Role};
use contract::{ErrorCode, Language};

use super::{language, theme};
use crate::http::AppState;
use crate::middleware::language::accepted;
use crate::middleware::session::Caller;

/// What a page is made for. Among the extensions of every request for a page.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// The visitor, as the page's frame shows them.
    pub(crate) visitor: Visitor,
    /// Path and query of the request.
    pub(crate) address: String,
    /// Who is signed in; or why nobody is, although somebody was.
    pub(crate) me: Result<Option<Me>, ErrorCode>,
}

/// Finds out, before a page is made.
pub(crate) async fn establish(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let me = me(&state, request.extensions()).await;
    let address = request.uri().path_and_query().map_or("/", |address| address.as_str()).to_owned();
    let asked = language::asked(request.uri());
    let mut visitor = visitor(me.as_ref().ok().and_then(Option::as_ref), asked, request.headers());
    visitor.credits = credits(&state, request.extensions()).await;
    let language = visitor.language;
    request.extensions_mut().insert(Seen { visitor, address, me });
    let mut response = next.run(request).await;
    name_language(response.headers_mut(), language);
    response
}

/// Says which language a page is in, and that another visitor might get another one.
fn name_language(headers: &mut HeaderMap, language: Language) {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("text/html")) {
        headers.entry(header::CONTENT_LANGUAGE).or_insert(HeaderValue::from_static(language.tag()));
        headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
}

/// What somebody can spend. A page can do without.
async fn credits(state: &AppState, extensions: &Extensions) -> Option<i64> {
    let Some(Caller::Known(principal)) = extensions.get::<Caller>() else { return None };
    let balance = state.credits.balance(principal).await;
    balance
        .inspect_err(|error| tracing::debug!(%error, "a page is made without its visitor's credits"))
        .ok()
        .map(|balance| balance.available)
}

async fn me(state: &AppState, extensions: &Extensions) -> Result<Option<Me>, ErrorCode> {
    match extensions.get::<Caller>() {
        Some(Caller::Known(principal)) => state.users.me(principal).await.map(Some).map_err(|error| {
            let code = error.code();
            if code.status() >= 500 {
                tracing::error!(%error, "a page is made without knowing who looks at it");
            }
            code
        }),
        Some(Caller::Refused(code)) if code.status() >= 500 => Err(*code),
        _ => Ok(None),
    }
}

/// The language is the one that the address asks for, else the account's, else the cookie's, else the browser's; the
/// theme the account's, else the cookie's.
fn visitor(me: Option<&Me>, asked: Option<Language>, headers: &HeaderMap) -> Visitor {
    let settings = me.map(|me| me.settings);
    let own_language = settings.and_then(|settings| settings.language);
    let chosen = asked.or(own_language).or_else(|| language::chosen(headers));
    let language = chosen.or_else(|| accepted(headers));
    Visitor {
        language: language.unwrap_or_default(),
        theme: settings.map(|settings| settings.theme).or_else(|| theme::chosen(headers)).unwrap_or_default(),
        name: me.map(|me| if me.name.is_empty() { me.email.clone() } else { me.name.clone() }),
        moderates: me.is_some_and(|me| me.role == Role::Admin),
        credits: None,
    }
}

/// What is known in a request for a page; English for nobody in one that never came by [`establish`].
pub(crate) fn of(parts: &Parts) -> Seen {
    parts.extensions.get().cloned().unwrap_or_else(|| Seen {
        visitor: visitor(None, language::asked(&parts.uri), &parts.headers),
        address: parts.uri.path().to_owned(),
        me: Ok(None),
    })
}

#[cfg(test)]
mod tests {
    use contract::users::{Settings, Theme, UserId};

    use super::*;

    fn me(language: Option<Language>) -> Me {
        Me {
            id: UserId::new(0, 0),
            email: "ada@example.org".into(),
            email_verified: true,
            role: Role::User,
            name: String::new(),
            bio: String::new(),
            settings: Settings { language, theme: Theme::Dark },
            totp_enabled: false,
            created_at_ms: 0,
        }
    }

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn the_account_s_language_comes_before_the_cookie_s_before_the_browser_s() {
        let all = headers(&[(header::COOKIE, "language=en"), (header::ACCEPT_LANGUAGE, "fr-CH, en;q=0.5")]);
        assert_eq!(visitor(Some(&me(Some(Language::French))), None, &all).language, Language::French);
        assert_eq!(visitor(Some(&me(None)), None, &all).language, Language::English);
        let asked = Some(Language::English);
        assert_eq!(visitor(Some(&me(Some(Language::French))), asked, &all).language, Language::English);
        assert_eq!(visitor(None, None, &all).language, Language::English);
        let browser =
            headers(&[(header::COOKIE, "language=xx"), (header::ACCEPT_LANGUAGE, "fr-CH, en;q=0.5")]);
        assert_eq!(visitor(None, None, &browser).language, Language::French);
        assert_eq!(visitor(None, None, &headers(&[])).language, Language::English);
    }

    #[test]
    fn the_account_s_theme_comes_before_the_cookie_s() {
        let light = headers(&[(header::COOKIE, "theme=light")]);
        assert_eq!(visitor(Some(&me(None)), None, &light).theme, Theme::Dark);
        assert_eq!(visitor(None, None, &light).theme, Theme::Light);
        assert_eq!(visitor(None, None, &headers(&[(header::COOKIE, "theme=pink")])).theme, Theme::System);
    }

    #[test]
    fn somebody_without_a_name_is_called_by_their_address() {
        assert_eq!(visitor(Some(&me(None)), None, &headers(&[])).name.as_deref(), Some("ada@example.org"));
    }
}
