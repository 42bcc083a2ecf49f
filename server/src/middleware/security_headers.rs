//! What a browser may do with our answers.

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;

use crate::site::Site;

/// Pages bring their own policy, with a nonce. This one is for all else, the worker's scripts among it: a worker is
/// held to the policy of the script it started with.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
     frame-ancestors 'none'; base-uri 'none'; report-to csp; report-uri /api/v1/csp-reports";

const HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("reporting-endpoints", "csp=\"/api/v1/csp-reports\""),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(self), microphone=(), geolocation=(), browsing-topics=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// A year, as the lists of browsers ask. Only where visitors come by https: else a site by plain http locks itself out.
const STRICT_TRANSPORT_SECURITY: (&str, &str) =
    ("strict-transport-security", "max-age=31536000; includeSubDomains");

pub(crate) async fn add(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let https_only = site.https().then_some(STRICT_TRANSPORT_SECURITY);
    for (name, value) in HEADERS.into_iter().chain(https_only) {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    async fn answered(public_url: &str) -> Response {
        let site = Site::new(&public_url.to_owned().try_into().unwrap(), &[]);
        let router = Router::new().route("/", get(|| async { "text" }));
        let request = Request::get("/").body(Body::empty()).unwrap();
        router.layer(from_fn_with_state(site, add)).oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn every_answer_says_what_a_browser_may_do_with_it() {
        let answer = answered("https://mog.example").await;
        let header = |name: &str| answer.headers().get(name).map_or("", |value| value.to_str().unwrap());
        assert_eq!(header("strict-transport-security"), "max-age=31536000; includeSubDomains");
        assert_eq!(header("referrer-policy"), "same-origin");
        assert_eq!(header("x-content-type-options"), "nosniff");
        let policy = header("content-security-policy");
        for directive in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(directive), "{directive} is not in {policy}");
        }
    }

    #[tokio::test]
    async fn a_site_by_plain_http_does_not_lock_itself_out() {
        let answer = answered("http://127.0.0.1:3000").await;
        assert!(!answer.headers().contains_key("strict-transport-security"));
    }
}
