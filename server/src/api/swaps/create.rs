//! `POST /api/v1/swaps`: two photos in, the picture out. Nothing is kept.

use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, HeaderValue, header};

use super::form::{SwapForm, SwapFormBody};
use crate::api::error::ApiError;
use crate::api::openapi::File;
use crate::api::refusals::refusals;
use crate::http::AppState;

/// How many faces were changed, beside the picture.
const FACES_HEADER: &str = "mog-faces";

refusals!(
    PhotoMissing,
    PhotoEmpty,
    PhotoNotAnImage,
    PhotoDamaged,
    PhotoTooLarge,
    PhotoTooManyPixels,
    NoFaceInSource,
    NoFaceInTarget,
    FaceNotFound,
    FaceTooSmall,
    OptionOutOfRange,
    Busy,
);

/// Puts the face of one photo onto the faces of another. Nothing is kept.
#[utoipa::path(
    post,
    path = "/swaps",
    operation_id = "create_swap",
    tag = "swaps",
    request_body(content = SwapFormBody, content_type = "multipart/form-data"),
    responses((status = 200, description = "The picture.",
        content((File = "image/jpeg"), (File = "image/png")),
        headers(("mog-faces" = u32, description = "How many faces were changed."))), Refusals)
)]
pub(crate) async fn post(
    State(state): State<AppState>,
    form: Multipart,
) -> Result<(HeaderMap, Vec<u8>), ApiError> {
    let request = SwapForm::read(form).await?.into_request(&state.assets).await?;
    let outcome = state.swaps.swap(request).await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(outcome.format.media_type()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(FACES_HEADER, HeaderValue::from(outcome.faces));
    Ok((headers, outcome.bytes))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{HeaderName, Request, StatusCode, header};
    use contract::swaps::MAX_PHOTO_BYTES;
    use engine::codec::{Limits, decode};

    use crate::testing::{Form, TestServer, grey_png, portraits, with_header};

    const PATH: &str = "/api/v1/swaps";

    fn both(source: &[u8], target: &[u8]) -> Form {
        Form::default().file("source", source).file("target", target)
    }

    /// A PNG whose header claims a size that nobody has memory for.
    fn bomb() -> Vec<u8> {
        let mut png = grey_png(4, 4);
        let (side, checksum) = (100_000_u32.to_be_bytes(), 0xa8520bc8_u32.to_be_bytes());
        png[16..20].copy_from_slice(&side);
        png[20..24].copy_from_slice(&side);
        png[29..33].copy_from_slice(&checksum);
        png
    }

    #[tokio::test]
    async fn two_portraits_become_a_picture_of_the_targets_size() {
        let server = TestServer::start().await;
        let [source, target] = portraits();
        let answer = server.send(both(&source, &target).to(PATH)).await;
        assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/jpeg"));
        assert_eq!(answer.header(HeaderName::from_static("mog-faces")), "1");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        let (before, after) =
            (decode(&target, &Limits::default()).unwrap(), decode(&answer.body, &Limits::default()).unwrap());
        assert_eq!((after.width(), after.height()), (before.width(), before.height()));
        let changed = before.rgba().iter().zip(after.rgba()).filter(|(a, b)| a.abs_diff(**b) > 16).count();
        assert!(changed > 1000, "only {changed} values changed");
        assert_eq!(server.kept_pictures(), 0, "the API keeps nothing");
    }

    #[tokio::test]
    async fn the_format_and_the_options_are_honoured() {
        let server = TestServer::start().await;
        let [source, target] = portraits();
        let form = both(&source, &target)
            .text("format", "png")
            .text("options", r#"{"likeness": 0, "target_faces": [0]}"#);
        let answer = server.send(form.to(PATH)).await;
        assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/png"));
    }

    #[tokio::test]
    async fn what_leaves_is_labelled_marked_and_signed() {
        let server = TestServer::start().await;
        let [source, target] = portraits();
        for format in ["jpeg", "png"] {
            let answer = server.send(both(&source, &target).text("format", format).to(PATH)).await;
            let photo = decode(&answer.body, &Limits::default()).unwrap();
            let mark = engine::watermark::detect(&photo).unwrap().payload;
            let manifest = provenance::read(&answer.body).unwrap();
            assert_eq!((manifest.standing, manifest.mark), (provenance::Standing::Valid, Some(mark)));
            assert_eq!(manifest.ingredients.len(), 2);
        }
        let moved = r#"{"label": {"corner": "top_left", "size": "large"}}"#;
        let answers = [
            server.send(both(&source, &target).text("format", "png").to(PATH)).await,
            server.send(both(&source, &target).text("format", "png").text("options", moved).to(PATH)).await,
        ];
        let [usual, moved] = answers.map(|answer| decode(&answer.body, &Limits::default()).unwrap());
        let corner = |photo: &engine::Photo| photo.rgba()[..4 * photo.width() as usize * 60].to_vec();
        let change = corner(&usual).iter().zip(corner(&moved)).map(|(a, b)| a.abs_diff(b)).max();
        assert!(change > Some(100), "the label went to the top left");
    }

    #[tokio::test]
    async fn every_bad_photo_has_its_own_problem() {
        let server = TestServer::start().await;
        let [portrait, _] = portraits();
        let too_large = vec![0xff; MAX_PHOTO_BYTES + 1];
        let cases: [(&[u8], u16, &str); 8] = [
            (b"", 422, "photo_empty"),
            (b"this is a text", 415, "photo_not_an_image"),
            (&portrait[..portrait.len() / 8], 422, "photo_damaged"),
            (&portrait[..20], 422, "photo_damaged"),
            (&bomb(), 413, "photo_too_many_pixels"),
            (&too_large, 413, "photo_too_large"),
            (&grey_png(1, 1), 422, "no_face_in_target"),
            (&grey_png(300, 200), 422, "no_face_in_target"),
        ];
        for (target, status, code) in cases {
            let answer = server.send(both(&portrait, target).to(PATH)).await;
            assert_eq!(answer.refusal(), (status, code, Some("target".into())));
        }
        let answer = server.send(both(&grey_png(64, 64), &portrait).to(PATH)).await;
        assert_eq!(answer.refusal(), (422, "no_face_in_source", Some("source".into())));
    }

    #[tokio::test]
    async fn every_bad_form_has_its_own_problem() {
        let server = TestServer::start().await;
        let [source, target] = portraits();
        let cases = [
            (Form::default().file("source", &source), 422, "photo_missing", Some("target")),
            (Form::default().no_file("source").file("target", &target), 422, "photo_missing", Some("source")),
            (both(&source, &target).text("likeness", "101"), 422, "option_out_of_range", None),
            (both(&source, &target).text("likeness", "-1"), 422, "option_out_of_range", Some("likeness")),
            (both(&source, &target).text("options", "{"), 400, "request_malformed", Some("options")),
            (
                both(&source, &target).text("options", r#"{"nonsense": 1}"#),
                400,
                "request_malformed",
                Some("options"),
            ),
            (
                both(&source, &target).text("options", r#"{"target_faces": [7]}"#),
                422,
                "face_not_found",
                Some("target"),
            ),
            (
                both(&source, &target).text("options", r#"{"source_face": 7}"#),
                422,
                "face_not_found",
                Some("source"),
            ),
            (both(&source, &target).text("format", "bmp"), 400, "request_malformed", Some("format")),
            (both(&source, &target).text("nonsense", "1"), 400, "request_malformed", None),
            (both(&source, &target).text("options", &" ".repeat(5000)), 400, "request_malformed", None),
            (
                Form::default().text("source_sample", "../models/x").file("target", &target),
                422,
                "photo_missing",
                Some("source"),
            ),
        ];
        for (form, status, code, field) in cases {
            let answer = server.send(form.to(PATH)).await;
            assert_eq!(answer.refusal(), (status, code, field.map(Into::into)));
        }
    }

    #[tokio::test]
    async fn what_is_no_form_or_too_long_is_refused() {
        let server = TestServer::start().await;
        let answer = server.send(Request::post(PATH).body(Body::from("hello")).unwrap()).await;
        assert_eq!(answer.refusal(), (400, "request_malformed", None));
        let broken = with_header(
            Request::post(PATH).body(Body::from("--x\r\nbroken")).unwrap(),
            "content-type",
            "multipart/form-data; boundary=x",
        );
        assert_eq!(server.send(broken).await.refusal(), (400, "request_malformed", None));
        let large = vec![0; MAX_PHOTO_BYTES];
        let form = Form::default().file("source", &large).file("target", &large).file("source", &large);
        assert_eq!(server.send(form.to(PATH)).await.refusal(), (413, "request_too_large", None));
    }

    #[tokio::test]
    async fn other_websites_and_other_verbs_are_refused() {
        let server = TestServer::start().await;
        let request = with_header(Form::default().to(PATH), "sec-fetch-site", "cross-site");
        assert_eq!(server.send(request).await.refusal(), (403, "cross_site", None));
        assert_eq!(server.get(PATH).await.refusal(), (405, "method_not_allowed", None));
        assert_eq!(server.get("/api/v1/nonsense").await.refusal(), (404, "not_found", None));
    }
}
