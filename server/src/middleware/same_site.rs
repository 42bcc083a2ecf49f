//! Refuses state-changing requests that another website made a browser send (CSRF).
//!
//! Browsers say with `Sec-Fetch-Site` where a request comes from; older ones at least send `Origin`. A request with
//! neither comes from a program, which carries no one's cookies.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::ErrorCode;

use crate::api::error::ApiError;

pub(crate) async fn require(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_same_site(request.headers()) {
        return next.run(request).await;
    }
    ApiError::from(ErrorCode::CrossSite).into_response()
}

fn is_same_site(headers: &HeaderMap) -> bool {
    let value = |name| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    match (value("sec-fetch-site"), value(header::ORIGIN.as_str())) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = value(header::HOST.as_str()).unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, authority)| authority == host)
        }
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn verdict(headers: &[(&'static str, &'static str)]) -> bool {
        let pairs = headers.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v)));
        is_same_site(&pairs.collect())
    }

    #[test]
    fn a_browser_may_write_from_our_own_pages_only() {
        assert!(verdict(&[("sec-fetch-site", "same-origin")]));
        assert!(verdict(&[("sec-fetch-site", "none")]));
        assert!(!verdict(&[("sec-fetch-site", "cross-site")]));
        assert!(!verdict(&[("sec-fetch-site", "same-site")]));
    }

    #[test]
    fn an_old_browser_is_judged_by_its_origin() {
        assert!(verdict(&[("origin", "https://mog.example"), ("host", "mog.example")]));
        assert!(!verdict(&[("origin", "https://evil.example"), ("host", "mog.example")]));
        assert!(!verdict(&[("origin", "null"), ("host", "mog.example")]));
    }

    #[test]
    fn a_program_may_write() {
        assert!(verdict(&[]));
    }
}
