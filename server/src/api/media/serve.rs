//! How contents are handed out: in parts, with validators, and so that no browser takes one for a page of ours.

use std::ops::{Bound, Range as Bytes};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::headers::{HeaderMapExt, IfNoneMatch, IfRange, Range};
use contract::media::MediaId;
use platform::media::{Content, MediaService, Reader, Variant};
use serde::Deserialize;

use crate::api::error::ApiError;

/// Nothing in a file may run, load or be framed, whatever a browser thinks that it is.
const CONTENT_SECURITY_POLICY: &str = "sandbox; default-src 'none'; style-src 'none'; frame-ancestors 'none'";

/// How long a public file may be kept on the way, in seconds: a takedown must not be outlived for long.
const PUBLIC_CACHE: &str = "public, max-age=60, must-revalidate";

/// A private one only by the browser that asked, and it asks again each time.
const PRIVATE_CACHE: &str = "private, no-cache";

/// Which content of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shape {
    /// A small picture of it.
    Thumbnail,
}

/// How a content is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// Which content; the whole if not given.
    pub(crate) shape: Option<Shape>,
    /// Whether as a file to save.
    pub(crate) download: bool,
}

/// Answers with a content, or what `headers` want of it.
pub(crate) async fn serve(
    media: &MediaService,
    reader: &Reader,
    id: MediaId,
    wanted: Wanted,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let Wanted { shape, download } = wanted;
    let variant = if shape.is_some() { Variant::Thumbnail } else { Variant::Whole };
    let content = media.content(reader, id, variant).await?;
    let cache = if matches!(reader, Reader::Anybody) { PUBLIC_CACHE } else { PRIVATE_CACHE };
    let Ok(tag) = format!("\"{}\"", content.tag).parse::<axum_extra::headers::ETag>() else {
        return Err(contract::ErrorCode::Internal.into());
    };
    let mut described = described(&content, cache, download);
    described.typed_insert(tag.clone());
    if headers.typed_get::<IfNoneMatch>().is_some_and(|known| !known.precondition_passes(&tag)) {
        return Ok((StatusCode::NOT_MODIFIED, described).into_response());
    }
    // A part of another version is of no use to anybody.
    let same = headers.typed_get::<IfRange>().is_none_or(|known| !known.is_modified(Some(&tag), None));
    let asked = headers.typed_get::<Range>().filter(|_| same);
    match asked.map(|range| part(&range, content.bytes)) {
        None => whole(media, content, described).await,
        Some(Some(part)) => partial(media, content, part, described).await,
        Some(None) => {
            let all = format!("bytes */{}", content.bytes);
            let length = [(header::CONTENT_RANGE, all)];
            Ok((StatusCode::RANGE_NOT_SATISFIABLE, described, length).into_response())
        }
    }
}

/// The first of the parts that a client asks for: to answer with one of several is allowed (RFC 9110, 14.2).
fn part(range: &Range, bytes: u64) -> Option<Bytes<u64>> {
    let (from, to) = range.satisfiable_ranges(bytes).next()?;
    let start = match from {
        Bound::Included(at) => at,
        Bound::Excluded(at) => at + 1,
        Bound::Unbounded => 0,
    };
    let end = match to {
        Bound::Included(at) => at.saturating_add(1),
        Bound::Excluded(at) => at,
        Bound::Unbounded => bytes,
    };
    let part = start..end.min(bytes);
    (!part.is_empty()).then_some(part)
}

async fn whole(media: &MediaService, content: Content, headers: HeaderMap) -> Result<Response, ApiError> {
    let length = [(header::CONTENT_LENGTH, content.bytes.to_string())];
    let stream = media.stream(&content, None).await?;
    Ok((headers, length, Body::from_stream(stream)).into_response())
}

async fn partial(
    media: &MediaService,
    content: Content,
    part: Bytes<u64>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let described = [
        (header::CONTENT_LENGTH, (part.end - part.start).to_string()),
        (header::CONTENT_RANGE, format!("bytes {}-{}/{}", part.start, part.end - 1, content.bytes)),
    ];
    let stream = media.stream(&content, Some(part)).await?;
    Ok((StatusCode::PARTIAL_CONTENT, headers, described, Body::from_stream(stream)).into_response())
}

fn described(content: &Content, cache: &'static str, download: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let fixed = [
        (header::CONTENT_TYPE, content.media_type),
        (header::CACHE_CONTROL, cache),
        (header::ACCEPT_RANGES, "bytes"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    ];
    headers.extend(fixed.map(|(name, value)| (name, HeaderValue::from_static(value))));
    let saved = download || !content.shown;
    if let Ok(disposition) = disposition(&content.name, saved).parse() {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers
}

/// The name in both notations (RFC 6266, appendix D): plain for those who read no other, and whole.
fn disposition(name: &str, saved: bool) -> String {
    let kind = if saved { "attachment" } else { "inline" };
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    let encoded: String = name.bytes().map(percent).collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// Everything but what may stand for itself (RFC 8187, 3.2.1).
fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode, header};
    use serde_json::json;

    use super::*;
    use crate::testing::{Form, TestServer};

    #[test]
    fn a_name_breaks_out_of_no_header() {
        let said = disposition("Été \"\r\nx: y.jpg", true);
        assert_eq!(
            said,
            "attachment; filename=\"_t_ ___x_ y.jpg\"; filename*=UTF-8''%C3%89t%C3%A9%20%22%0D%0Ax%3A%20y.jpg"
        );
    }

    #[tokio::test]
    async fn a_picture_is_shown_and_runs_nothing() {
        let server = TestServer::start().await;
        let (ada, bob) = (server.person("ada@example.org").await, server.person("bob@example.org").await);
        let view = ada.picture(1).await;
        let answer = ada.get(&view.url).await;
        assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/png"));
        assert_eq!(answer.body.len() as i64, view.bytes);
        assert_eq!(answer.header(header::CONTENT_LENGTH), view.bytes.to_string());
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert!(answer.header(header::CONTENT_SECURITY_POLICY).starts_with("sandbox; default-src 'none'"));
        assert!(answer.header(header::CONTENT_DISPOSITION).starts_with("inline; "));
        assert_eq!(answer.header(header::CACHE_CONTROL), PRIVATE_CACHE);
        let saved = ada.get(&format!("{}?download=1", view.url)).await;
        assert!(saved.header(header::CONTENT_DISPOSITION).starts_with("attachment; "));
        let small = ada.get(&view.thumbnail_url.unwrap()).await;
        assert!(small.status == StatusCode::OK && small.body.starts_with(b"\x89PNG"));

        assert_eq!(bob.get(&view.url).await.refusal(), (404, "not_found", None));
        assert_eq!(server.get(&view.url).await.refusal(), (401, "sign_in_required", None));
        let public = format!("/media/public/{}", view.id);
        for reader in [server.get(&public).await, ada.get(&public).await] {
            assert_eq!(reader.refusal(), (404, "not_found", None), "what is private has no public address");
        }
        for nonsense in ["/media/nonsense", "/media/public/nonsense", "/media/a/b/c", "/media/"] {
            assert_eq!(ada.get(nonsense).await.status, StatusCode::NOT_FOUND, "{nonsense}");
        }
    }

    #[tokio::test]
    async fn a_document_is_only_ever_saved() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let form = Form::default().named_file("file", "terms.pdf", b"%PDF-1.4\nstartxref\n%%EOF");
        let view: contract::media::MediaView =
            serde_json::from_slice(&ada.form(form, "/api/v1/media").await.body).unwrap();
        let answer = ada.get(&view.url).await;
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/pdf");
        assert!(answer.header(header::CONTENT_DISPOSITION).starts_with("attachment; filename=\"terms.pdf\""));
    }

    #[tokio::test]
    async fn parts_and_versions_are_honoured() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let view = ada.picture(1).await;
        let whole = ada.get(&view.url).await;
        let tag = whole.header(header::ETAG).to_owned();
        let asked =
            async |name: header::HeaderName, value: String| ada.get_with(&view.url, &[(name, value)]).await;
        assert_eq!(asked(header::IF_NONE_MATCH, tag.clone()).await.status, StatusCode::NOT_MODIFIED);
        assert_eq!(asked(header::IF_NONE_MATCH, "\"other\"".into()).await.status, StatusCode::OK);
        let last = view.bytes - 1;
        for (range, from, to) in [
            ("bytes=0-9", 0, 9),
            ("bytes=10-", 10, last),
            ("bytes=-5", last - 4, last),
            ("bytes=3-99999999", 3, last),
        ] {
            let answer = asked(header::RANGE, range.into()).await;
            assert_eq!(answer.status, StatusCode::PARTIAL_CONTENT, "{range}");
            assert_eq!(answer.header(header::CONTENT_RANGE), format!("bytes {from}-{to}/{}", view.bytes));
            assert_eq!(answer.body, whole.body.slice(from as usize..=to as usize), "{range}");
        }
        let beyond = asked(header::RANGE, format!("bytes={}-", view.bytes)).await;
        assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
        assert_eq!(beyond.header(header::CONTENT_RANGE), format!("bytes */{}", view.bytes));
        let range = (header::RANGE, "bytes=0-9".to_owned());
        let other = ada.get_with(&view.url, &[range.clone(), (header::IF_RANGE, "\"other\"".into())]).await;
        assert_eq!(other.status, StatusCode::OK, "of another version, all");
        let same = ada.get_with(&view.url, &[range, (header::IF_RANGE, tag)]).await;
        assert_eq!(same.status, StatusCode::PARTIAL_CONTENT);
    }

    #[tokio::test]
    async fn what_is_made_public_may_be_kept_on_the_way_for_a_minute() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let view = ada.picture(1).await;
        let body = json!({ "visibility": "public" });
        ada.call(Method::PATCH, &format!("/api/v1/media/{}", view.id), Some(body)).await;
        let answer = server.get(&format!("/media/public/{}", view.id)).await;
        assert_eq!((answer.status, answer.header(header::CACHE_CONTROL)), (StatusCode::OK, PUBLIC_CACHE));
    }
}
