//! Who sends a request: by the bearer that it brings, or by the cookies of a browser's session.
//!
//! A bearer wins, and cookies do not count beside it. A browser whose access token has ended gets a new pair with the
//! same answer; tabs that do so at once get the same pair, since a refresh token has one child only.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use contract::ErrorCode;
use contract::fields::Secret;
use platform::auth::{AuthError, AuthService, Principal};

use crate::api::extract::VisitOf;
use crate::cookies::Cookies;
use crate::http::AppState;

/// Who sends a request. Among its extensions, and among those of its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    /// No bearer and no cookies.
    Nobody,
    /// An account.
    Known(Principal),
    /// A bearer or cookies that open nothing now, and why. What needs no account goes on.
    Refused(ErrorCode),
}

/// Cookies to hand to the browser with the answer.
type NewCookies = Option<[(HeaderName, HeaderValue); 2]>;

/// The bearer of a request: an access token or an API key (RFC 6750, 2.1).
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

/// Finds out who sends a request, for all that comes after.
pub(crate) async fn establish(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let cookies = Cookies::of(&state.site);
    let visit = VisitOf::new(request.extensions().get(), request.headers());
    let (caller, new_cookies) = match bearer(request.headers()) {
        Some(token) => (authenticate(&state.auth, token).await, None),
        None => by_cookies(&state, cookies, request.headers(), &visit).await,
    };
    if let Caller::Known(principal) = &caller {
        tracing::Span::current().record("account", tracing::field::display(principal.user));
        request.extensions_mut().insert(principal.clone());
    }
    request.extensions_mut().insert(caller.clone());
    let mut response = next.run(request).await;
    hand_out(&mut response, cookies, new_cookies);
    if matches!(caller, Caller::Known(_)) {
        keep_private(response.headers_mut());
    }
    response.extensions_mut().insert(caller);
    response
}

async fn by_cookies(
    state: &AppState,
    cookies: Cookies,
    headers: &HeaderMap,
    visit: &VisitOf,
) -> (Caller, NewCookies) {
    let [access, refresh] = cookies.read(headers);
    if access.is_none() && refresh.is_none() {
        return (Caller::Nobody, None);
    }
    let mut caller = Caller::Refused(ErrorCode::SignInRequired);
    if let Some(access) = access {
        caller = authenticate(&state.auth, access.expose()).await;
    }
    match (&caller, refresh) {
        (Caller::Refused(ErrorCode::SignInRequired), Some(refresh)) => {
            renew(state, cookies, &refresh, visit).await
        }
        (Caller::Refused(code), _) if is_final(*code) => (caller, Some(cookies.clear())),
        _ => (caller, None),
    }
}

/// The next pair of tokens in the place of those that have ended.
async fn renew(
    state: &AppState,
    cookies: Cookies,
    refresh: &Secret,
    visit: &VisitOf,
) -> (Caller, NewCookies) {
    match state.auth.refresh(refresh, &visit.0).await {
        Ok(tokens) => {
            let caller = authenticate(&state.auth, tokens.access.expose()).await;
            (caller, Some(cookies.set(&tokens, state.clock.now_ms())))
        }
        Err(error) => {
            let code = refusal(&error);
            (Caller::Refused(code), is_final(code).then(|| cookies.clear()))
        }
    }
}

async fn authenticate(auth: &AuthService, token: &str) -> Caller {
    match auth.authenticate(token).await {
        Ok(principal) => Caller::Known(principal),
        Err(error) => Caller::Refused(refusal(&error)),
    }
}

fn refusal(error: &AuthError) -> ErrorCode {
    let code = error.code();
    if code.status() >= 500 {
        tracing::error!(%error, "it could not be found out who sends a request");
    }
    code
}

/// Whether tokens that are refused so are worth nothing any more. A database that is out of reach comes back.
const fn is_final(code: ErrorCode) -> bool {
    code.status() < 500
}

/// Sets the cookies, unless the handler did: it signed somebody in or out, and knows better.
fn hand_out(response: &mut Response, cookies: Cookies, new_cookies: NewCookies) {
    if cookies.are_set_by(response.headers()) {
        return;
    }
    for (name, value) in new_cookies.into_iter().flatten() {
        response.headers_mut().append(name, value);
    }
}

/// What an account sees is for nobody else, and not for the next person at the same browser.
fn keep_private(headers: &mut HeaderMap) {
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::body::Body;
    use axum::http::{Method, Request, StatusCode};
    use contract::users::Role;
    use insta::assert_snapshot;
    use platform::database::testing::on_each_database;

    use super::*;
    use crate::testing::{Answer, Person, TestServer};

    const ME: &str = "/api/v1/users/me";

    async fn by_cookies(person: &Person<'_>, path: &str) -> Answer {
        person.server.send(person.browser(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// The tokens that an answer hands to the browser.
    fn set_cookies(answer: &Answer) -> Vec<&str> {
        answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    #[tokio::test]
    async fn a_browser_s_session_goes_on_by_itself() {
        on_each_database(async |database| {
            let server = TestServer::on(database).await;
            let ada = server.person("ada@example.org").await;
            let fresh = by_cookies(&ada, ME).await;
            assert_eq!((fresh.status, set_cookies(&fresh).len()), (StatusCode::OK, 0));
            assert_eq!(fresh.header(header::CACHE_CONTROL), "private, no-store");
            server.clock.advance(Duration::from_secs(16 * 60));
            let renewed = by_cookies(&ada, ME).await;
            assert_eq!((renewed.status, set_cookies(&renewed).len()), (StatusCode::OK, 2));
            // Another tab that asked at the same moment: the same refresh token, and so the same child.
            let refresh = |answer: &Answer| set_cookies(answer)[1].to_owned();
            assert_eq!(refresh(&by_cookies(&ada, ME).await), refresh(&renewed));
        })
        .await;
    }

    #[tokio::test]
    async fn pages_renew_too_and_files_do_not() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        server.clock.advance(Duration::from_secs(16 * 60));
        assert!(set_cookies(&by_cookies(&ada, "/pkg/worker.js").await).is_empty());
        assert_eq!(set_cookies(&by_cookies(&ada, "/").await).len(), 2);
        assert_eq!(set_cookies(&by_cookies(&ada, "/nonsense").await).len(), 2);
    }

    #[tokio::test]
    async fn cookies_that_open_nothing_are_taken_back() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        server.clock.advance(Duration::from_secs(40 * 24 * 3600));
        assert_snapshot!(by_cookies(&ada, ME).await.shown(), @r#"
        401 Unauthorized
        cache-control: no-store
        content-language: en
        content-type: application/problem+json
        www-authenticate: Bearer realm="mog"
        set-cookie: __Host-mog-access=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure
        set-cookie: __Host-mog-refresh=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure

        {
          "code": "session_ended",
          "detail": "Sign in again.",
          "request_id": "[request_id]",
          "status": 401,
          "title": "This session has ended.",
          "type": "urn:mog:problem:session_ended"
        }
        "#);
        let page = by_cookies(&ada, "/").await;
        assert_eq!((page.status, set_cookies(&page).len()), (StatusCode::OK, 2));
    }

    #[tokio::test]
    async fn a_bearer_wins_and_cookies_do_not_count_beside_it() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let request = ada.browser(Method::GET, ME).header(header::AUTHORIZATION, "Bearer nonsense");
        let answer = server.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.refusal(), (401, "sign_in_required", None));
        assert!(set_cookies(&answer).is_empty());
    }

    #[tokio::test]
    async fn a_locked_account_is_out_at_once_and_loses_its_cookies() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let root = server.person_as("root@example.org", Role::Admin).await;
        root.call(Method::POST, &format!("/users/{}/lock", ada.id), None).await;
        let answer = by_cookies(&ada, ME).await;
        assert_eq!(answer.refusal(), (401, "session_ended", None));
        assert_eq!(set_cookies(&answer).len(), 2);
    }

    #[tokio::test]
    async fn while_the_database_is_away_pages_come_and_cookies_stay() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        server.database().close().await;
        let answer = by_cookies(&ada, ME).await;
        assert_eq!(answer.refusal(), (503, "unavailable", None));
        assert!(set_cookies(&answer).is_empty());
        let page = by_cookies(&ada, "/").await;
        assert_eq!((page.status, set_cookies(&page).len()), (StatusCode::OK, 0));
    }

    #[test]
    fn only_a_bearer_is_a_bearer() {
        let read = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, HeaderValue::from_static(value));
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(read("bearer  abc "), Some("abc".into()));
        for other in ["Basic abc", "Bearer", "Bearer ", "abc"] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    /// A page is a read, and a read must change nothing: a link from elsewhere brings a browser's cookies along.
    #[test]
    fn server_functions_are_called_by_post_alone() {
        let functions: Vec<_> = leptos::server_fn::axum::server_fn_paths().collect();
        assert!(!functions.is_empty(), "the app has server functions");
        for (path, method) in functions {
            assert_eq!(method, Method::POST, "{path}");
        }
    }

    #[tokio::test]
    async fn another_website_cannot_use_a_browser_s_cookies() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        for path in ["/api/v1/auth/logout", "/auth/sessions", "/users/me", "/swaps"] {
            for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                let mut request: Request<Body> =
                    ada.browser(method.clone(), path).body(Body::empty()).unwrap();
                request.headers_mut().insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
                let answer = server.send(request).await;
                assert_eq!(answer.refusal(), (403, "cross_site", None), "{method} {path}");
            }
        }
        assert_eq!(by_cookies(&ada, ME).await.status, StatusCode::OK);
    }
}
