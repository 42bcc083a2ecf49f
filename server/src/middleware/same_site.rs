//! Refuses what another website made a browser send with its visitor's cookies (CSRF, and WebSockets' twin of it).
//!
//! Browsers say with `Sec-Fetch-Site` where a request comes from; older ones at least send `Origin`. A request with
//! neither comes from a program, and programs have no cookies of ours: one that has is refused. A bearer is nothing that
//! a browser sends by itself, and who brings one is not asked where from: cookies do not count beside it.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::ErrorCode;

use super::session::bearer;
use crate::api::error::ApiError;
use crate::cookies::Cookies;
use crate::site::Site;

pub(crate) async fn require(State(site): State<Site>, request: Request, next: Next) -> Response {
    if may_pass(&site, request.method(), request.headers()) {
        return next.run(request).await;
    }
    ApiError::from(ErrorCode::CrossSite).into_response()
}

fn may_pass(site: &Site, method: &Method, headers: &HeaderMap) -> bool {
    let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    if upgrades(headers) {
        is_own(site, headers)
    } else {
        reads || is_own(site, headers) || is_guest(site, headers)
    }
}

/// A WebSocket: no browser holds it to the same-origin rule, and it is open in both directions.
fn upgrades(headers: &HeaderMap) -> bool {
    headers.contains_key(header::UPGRADE)
}

/// From our own pages, from the address bar, or from a program.
fn is_own(site: &Site, headers: &HeaderMap) -> bool {
    let value = |name| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let origin = value(header::ORIGIN.as_str());
    let own_origin = |origin| site.is_own(origin, value(header::HOST.as_str()));
    match (value("sec-fetch-site"), origin) {
        // A WebSocket's `Sec-Fetch-Site` is sent by few browsers, its `Origin` by all: it must agree.
        (Some("same-origin" | "none"), origin) => origin.is_none_or(own_origin),
        (Some(_), _) => false,
        (None, Some(origin)) => own_origin(origin),
        (None, None) => bearer(headers).is_some() || !Cookies::of(site).are_in(headers),
    }
}

/// From a website that may call the API, with no session of the browser's: by a bearer, or before there is any.
fn is_guest(site: &Site, headers: &HeaderMap) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    let allowed = origin.is_some_and(|origin| site.cors_origins().any(|known| known == origin));
    bearer(headers).is_some() || (allowed && !Cookies::of(site).are_in(headers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    type Headers = [(&'static str, &'static str)];

    const OWN: (&str, &str) = ("origin", "https://mog.example");
    const FOREIGN: (&str, &str) = ("origin", "https://evil.example");
    const ALLOWED: (&str, &str) = ("origin", "https://app.example");
    const NULL: (&str, &str) = ("origin", "null");
    const SAME_ORIGIN: (&str, &str) = ("sec-fetch-site", "same-origin");
    const SAME_SITE: (&str, &str) = ("sec-fetch-site", "same-site");
    const CROSS_SITE: (&str, &str) = ("sec-fetch-site", "cross-site");
    const TYPED: (&str, &str) = ("sec-fetch-site", "none");
    const BEARER: (&str, &str) = ("authorization", "Bearer abc");
    const BASIC: (&str, &str) = ("authorization", "Basic abc");
    const COOKIE: (&str, &str) = ("cookie", "__Host-mog-access=abc");
    const UPGRADE: (&str, &str) = ("upgrade", "websocket");

    fn passes(method: &Method, headers: &Headers) -> bool {
        let site = Site::new(
            &"https://mog.example".to_owned().try_into().unwrap(),
            &["https://app.example".parse().unwrap()],
        );
        let pairs = headers.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v)));
        may_pass(&site, method, &pairs.collect())
    }

    /// What comes with a request, and whether it may change something: with no session, with cookies, with a bearer.
    const MATRIX: [(&Headers, [bool; 3]); 14] = [
        (&[SAME_ORIGIN], [true, true, true]),
        (&[SAME_ORIGIN, OWN], [true, true, true]),
        (&[SAME_ORIGIN, FOREIGN], [false, false, true]),
        (&[TYPED], [true, true, true]),
        (&[SAME_SITE], [false, false, true]),
        (&[SAME_SITE, OWN], [false, false, true]),
        (&[CROSS_SITE], [false, false, true]),
        (&[CROSS_SITE, FOREIGN], [false, false, true]),
        (&[CROSS_SITE, ALLOWED], [true, false, true]),
        (&[OWN], [true, true, true]),
        (&[FOREIGN], [false, false, true]),
        (&[NULL], [false, false, true]),
        (&[BASIC, FOREIGN], [false, false, false]),
        (&[], [true, false, true]),
    ];

    #[test]
    fn the_matrix_of_writes() {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            for (headers, [nobody, cookie, with_bearer]) in MATRIX {
                let with = |more: &Headers| passes(&method, &[more, headers].concat());
                assert_eq!(with(&[]), nobody, "{method} {headers:?}");
                assert_eq!(with(&[COOKIE]), cookie, "{method} {headers:?} with cookies");
                // `Basic` in the row would stand beside the bearer: a request has one of them.
                if !headers.contains(&BASIC) {
                    assert_eq!(with(&[BEARER]), with_bearer, "{method} {headers:?} with a bearer");
                }
            }
        }
    }

    #[test]
    fn whoever_may_read() {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            for (headers, _) in MATRIX {
                assert!(passes(&method, &[headers, &[COOKIE]].concat()), "{method} {headers:?}");
            }
        }
    }

    #[test]
    fn a_web_socket_is_for_our_own_pages_and_for_programs() {
        let opens = |headers: &Headers| passes(&Method::GET, &[headers, &[UPGRADE]].concat());
        assert!(
            opens(&[OWN, COOKIE]) && opens(&[SAME_ORIGIN, OWN, COOKIE]) && opens(&[BEARER]) && opens(&[])
        );
        for foreign in [FOREIGN, NULL, ALLOWED, CROSS_SITE] {
            assert!(
                !opens(&[foreign, COOKIE]) && !opens(&[foreign]) && !opens(&[foreign, BEARER]),
                "{foreign:?}"
            );
        }
        assert!(!opens(&[SAME_ORIGIN, FOREIGN]) && !opens(&[COOKIE]));
    }
}
