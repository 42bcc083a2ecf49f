//! Measures each request and writes one line about it. What the line holds: `docs/LOGGING.md`.

use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;
use tracing::{Instrument, field};

use super::client_address::ClientAddress;
use super::request_id;
use crate::measurements::REQUEST_SECONDS;

/// The name of what no route knows: files of `public/` and wrong addresses.
const NO_ROUTE: &str = "none";

/// Whoever finds out who asks writes the account's id into the field `account` of the current span.
pub(crate) async fn each(request: Request, next: Next) -> Response {
    let started = Instant::now();
    // A path can hold what opens something, and so can a query: only the pattern is written down.
    let route = request.extensions().get::<MatchedPath>().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
    let method = known(request.method());
    let span = span(&request, &route, method);
    async move {
        let response = next.run(request).await;
        let took = started.elapsed();
        let status = response.status();
        let labels = [("route", route), ("method", method.into()), ("status", class(status).into())];
        metrics::histogram!(REQUEST_SECONDS, &labels).record(took);
        // Tenths of a millisecond are as much as a clock on a busy machine can tell.
        let duration_ms = (took.as_secs_f64() * 1e4).round() / 10.0;
        tracing::info!(status = status.as_u16(), duration_ms, "answered");
        response
    }
    .instrument(span)
    .await
}

fn span(request: &Request, route: &str, method: &str) -> tracing::Span {
    let client = request.extensions().get::<ClientAddress>().copied().unwrap_or_default();
    let request_id = request_id::of(request.headers()).unwrap_or_default();
    let network = client.network();
    tracing::info_span!("request", request_id, method, route, network, account = field::Empty)
}

/// The verb, if it is one that we know: anybody can make up others.
fn known(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

const fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}
