//! What the forms at the door have in common: reading them, and letting somebody in.

use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, RequestExt};
use contract::ErrorCode;
use contract::fields::Secret;
use platform::auth::SessionTokens;
use serde::de::DeserializeOwned;

use super::{own_path, show};
use crate::cookies::Cookies;
use crate::http::AppState;
use crate::pages::seen;

/// A form that was sent as browsers do. One that cannot be read gets a page that says so.
#[derive(Debug)]
pub(super) struct Posted<T>(pub(super) T);

impl<T: DeserializeOwned + Send + 'static> FromRequest<AppState> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let seen = seen::of(&parts);
        match Request::from_parts(parts, body).extract::<Form<T>, _>().await {
            Ok(Form(fields)) => Ok(Self(fields)),
            Err(refusal) if refusal.status() == 413 => {
                Err(show::failure(state, &seen, ErrorCode::RequestTooLarge))
            }
            Err(_) => Err(show::failure(state, &seen, ErrorCode::RequestMalformed)),
        }
    }
}

/// What a page's address asks for. One that cannot be read asks for nothing: nobody typed it.
#[derive(Debug)]
pub(super) struct InAddress<T>(pub(super) T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequestParts<S> for InAddress<T> {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Query::try_from_uri(&parts.uri).map(|Query(asked)| asked).unwrap_or_default()))
    }
}

/// Holds a sign-in that waits for its code, for as long as the server remembers it.
const CHALLENGE_SECONDS: u32 = 300;

fn challenge_name(https: bool) -> &'static str {
    if https { "__Host-mog-challenge" } else { "mog-challenge" }
}

/// The challenge of a sign-in that waits for its code.
pub(super) fn challenge(state: &AppState, headers: &axum::http::HeaderMap) -> Option<Secret> {
    let jar = axum_extra::extract::CookieJar::from_headers(headers);
    jar.get(challenge_name(state.site.https())).map(|cookie| Secret::new(cookie.value()))
}

/// The header that gives a browser its challenge; an empty one takes it away.
pub(super) fn challenge_cookie(state: &AppState, challenge: &str) -> (HeaderName, HeaderValue) {
    let https = state.site.https();
    let secure = if https { "; Secure" } else { "" };
    let seconds = if challenge.is_empty() { 0 } else { CHALLENGE_SECONDS };
    let text = format!(
        "{}={challenge}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}",
        challenge_name(https)
    );
    let mut value = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    (header::SET_COOKIE, value)
}

/// Lets somebody in: the cookies, and the way to where they wanted to go.
pub(super) fn let_in(state: &AppState, tokens: &SessionTokens, next: Option<&str>) -> Response {
    let to = next.and_then(own_path).unwrap_or("/account");
    let mut response = Redirect::to(to).into_response();
    for (name, value) in Cookies::of(&state.site).set(tokens, state.clock.now_ms()) {
        response.headers_mut().append(name, value);
    }
    let (name, value) = challenge_cookie(state, "");
    response.headers_mut().append(name, value);
    response
}

/// Where the page of a mail's link can be had again.
pub(super) fn with_token(path: &str, token: &Secret) -> String {
    let query =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("token", token.expose()).finish();
    format!("{path}?{query}")
}
