//! How long a browser may keep a file.

use axum::extract::Request;
use axum::http::{HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

/// An address that changes with its content: keep it for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Any other file: keep it, but ask each time whether it is still the same.
const ASK: &str = "no-cache";

pub(crate) async fn add(request: Request, next: Next) -> Response {
    let policy = if names_its_content(request.uri()) { FOR_EVER } else { ASK };
    let mut response = next.run(request).await;
    if response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    }
    response
}

/// Whether the address carries a hash: as `?v=`, or in the name of the file or its folder as Trunk and `cargo xtask` write
/// it.
fn names_its_content(uri: &Uri) -> bool {
    let versioned = uri.query().is_some_and(|query| query.starts_with("v="));
    versioned || uri.path().split('/').any(has_hash)
}

/// Trunk's hash is a 64-bit number in hexadecimal, its leading zeros left out.
pub(crate) fn has_hash(file: &str) -> bool {
    let stem = file.split('.').next().unwrap_or_default().trim_end_matches("_bg");
    let is_hash = |text: &str| (12..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit());
    stem.rsplit_once('-').is_some_and(|(_, end)| is_hash(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_with_a_hash_are_kept_for_ever() {
        let kept = |address: &'static str| names_its_content(&Uri::from_static(address));
        assert!(kept("/pkg/main-123456789abcdef.css"));
        assert!(kept("/pkg/page-0123456789abcdef/page_bg.wasm"));
        assert!(kept("/assets/models/face_mesh.safetensors?v=1a2b"));
        assert!(!kept("/pkg/worker.js"));
        assert!(!kept("/favicon.svg"));
        assert!(!kept("/assets/fonts/geist-latin-wght-normal.woff2"));
    }
}
