//! The number under which a request is known in its answer and in the log.

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

/// The header that carries it.
pub(crate) const HEADER: &str = "x-request-id";

/// Drops a number that came from outside: it would end up in our logs unread.
pub(crate) async fn ignore_inbound(mut request: Request, next: Next) -> Response {
    request.headers_mut().remove(HEADER);
    next.run(request).await
}

/// The number in these headers.
pub(crate) fn of(headers: &HeaderMap) -> Option<&str> {
    headers.get(HEADER)?.to_str().ok()
}

/// A path with what opens a stored result left out.
pub(crate) fn loggable_path(path: &str) -> String {
    let secret = |part: &str| part.len() == 32 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts: Vec<&str> = path.split('/').map(|part| if secret(part) { "…" } else { part }).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_never_holds_what_opens_a_result() {
        assert_eq!(loggable_path("/swaps/0123456789abcdef0123456789abcdef/delete"), "/swaps/…/delete");
        assert_eq!(loggable_path("/api/v1/swaps"), "/api/v1/swaps");
    }
}
