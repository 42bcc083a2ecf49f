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
