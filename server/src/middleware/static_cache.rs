//! How long a browser may keep a file.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::offline::OfflineBuild;

/// An address that changes with its content: keep it for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Any other file: keep it, but ask each time whether it is still the same.
const ASK: &str = "no-cache";

/// A typeface: what a browser has of it will do for a week, because its address changes with no new version.
const A_WEEK: &str = "public, max-age=604800";

pub(crate) async fn add(State(build): State<OfflineBuild>, request: Request, next: Next) -> Response {
    let policy = policy(request.uri(), &build);
    let mut response = next.run(request).await;
    if response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    }
    response
}

/// An address names its content by a hash: in the name of the file or its folder as Trunk and `cargo xtask` write it, or as
/// `?v=`. A page of an older version asks by that version's `?v=` and gets today's file, which it must not keep under that name.
fn policy(uri: &Uri, build: &OfflineBuild) -> &'static str {
    let current =
        |address: &str| uri.query().is_some_and(|query| query.starts_with("v=")) && build.has(address);
    if uri.path().split('/').any(has_hash) || uri.path_and_query().is_some_and(|all| current(all.as_str())) {
        FOR_EVER
    } else if uri.path().starts_with("/assets/fonts/") {
        A_WEEK
    } else {
        ASK
    }
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
    fn only_addresses_that_name_their_content_are_kept_for_ever() {
        let build = OfflineBuild::with(&["/pkg/scripts/engine-worker.js?v=1a2b", "/favicon.svg"]);
        let policy = |address: &'static str| policy(&Uri::from_static(address), &build);
        assert_eq!(policy("/pkg/main-123456789abcdef.css"), FOR_EVER);
        assert_eq!(policy("/pkg/page-0123456789abcdef/page_bg.wasm"), FOR_EVER);
        assert_eq!(policy("/pkg/scripts/engine-worker.js?v=1a2b"), FOR_EVER);
        assert_eq!(policy("/pkg/scripts/engine-worker.js?v=0000"), ASK, "of another version");
        assert_eq!(policy("/pkg/scripts/engine-worker.js"), ASK);
        assert_eq!(policy("/favicon.svg"), ASK);
        assert_eq!(policy("/assets/fonts/geist-latin-wght-normal.woff2"), A_WEEK);
    }
}
