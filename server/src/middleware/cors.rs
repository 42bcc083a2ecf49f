//! Lets scripts of the configured websites call the API: by a bearer, never with a visitor's cookies.

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::site::Site;

/// For how long a browser need not ask again.
const MAX_AGE: Duration = Duration::from_secs(600);

/// What scripts may send.
const REQUEST_HEADERS: [HeaderName; 4] = [
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    header::ACCEPT_LANGUAGE,
    HeaderName::from_static("idempotency-key"),
];

/// What scripts may read beside the body.
const RESPONSE_HEADERS: [HeaderName; 9] = [
    header::CONTENT_LANGUAGE,
    header::LOCATION,
    header::RETRY_AFTER,
    header::WWW_AUTHENTICATE,
    HeaderName::from_static("idempotency-replayed"),
    HeaderName::from_static("mog-faces"),
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("ratelimit-policy"),
    HeaderName::from_static("x-request-id"),
];

/// The layer, where there is any website to let in.
pub(crate) fn layer(site: &Site) -> Option<CorsLayer> {
    let origins: Vec<HeaderValue> =
        site.cors_origins().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
    (!origins.is_empty()).then(|| {
        CorsLayer::new()
            .allow_origin(AllowOrigin::list(origins))
            .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
            .allow_headers(REQUEST_HEADERS)
            .expose_headers(RESPONSE_HEADERS)
            .max_age(MAX_AGE)
    })
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, header};

    use crate::testing::TestServer;

    fn preflight(origin: &'static str) -> Request<Body> {
        Request::options("/api/v1/swaps")
            .header(header::ORIGIN, origin)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
            .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization")
            .body(Body::empty())
            .unwrap()
    }

    #[tokio::test]
    async fn a_listed_website_is_let_in_without_credentials_and_no_other() {
        let server = TestServer::start().await;
        let listed = server.send(preflight("https://app.example")).await;
        assert_eq!(listed.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "https://app.example");
        assert!(listed.header(header::ACCESS_CONTROL_ALLOW_HEADERS).contains("authorization"));
        assert_eq!(listed.header(header::ACCESS_CONTROL_ALLOW_CREDENTIALS), "");
        let other = server.send(preflight("https://evil.example")).await;
        assert_eq!(other.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
    }

    #[tokio::test]
    async fn a_refusal_too_can_be_read_by_a_listed_website() {
        let server = TestServer::start().await;
        let request = Request::get("/api/nonsense").header(header::ORIGIN, "https://app.example");
        let answer = server.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.refusal(), (404, "not_found", None));
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "https://app.example");
        assert!(answer.headers.get_all(header::VARY).iter().any(|value| value == "origin, access-control-request-method, access-control-request-headers"));
    }
}
