//! `POST /media`: sends a file.

use axum::Json;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, State};
use axum::http::{HeaderName, StatusCode, header};
use contract::ErrorCode;
use contract::media::MediaView;
use contract::users::UserId;
use platform::media::MediaService;

use crate::api::error::ApiError;
use crate::api::extract::{MediaWrite, WithScope};
use crate::api::refusals::refusals;

refusals!(
    PhotoEmpty,
    PhotoDamaged,
    PhotoTooManyPixels,
    MediaUnsupported,
    MediaTypeMismatch,
    MediaTooLarge,
    MediaTooManyFrames,
    MediaAnimated,
    MediaPolyglot,
    DocumentDamaged,
    DocumentActive,
    MediaQuotaExceeded,
    MediaTakenDown,
);

/// The form as its description shows it.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "described, never built")]
pub(crate) struct MediaFormBody {
    /// A JPEG, PNG, GIF, WebP or PDF file whose name ends as its format does, up to 10 MB unless the server says else.
    #[schema(format = Binary, value_type = String)]
    file: Vec<u8>,
}

/// What became of an upload.
pub(crate) struct Upload {
    pub(crate) view: MediaView,
    /// Whether it was not there before.
    pub(crate) new: bool,
}

/// Keeps a file in the library: a day, unless it is told to keep it. The same file sent again is the one that is there.
#[utoipa::path(
    post,
    path = "/media",
    operation_id = "create_media",
    tag = "media",
    request_body(content = MediaFormBody, content_type = "multipart/form-data"),
    responses((status = 201, description = "It is kept.", body = MediaView,
            headers(("location" = String, description = "Where what is known of it stands."))),
        (status = 200, description = "It was there already; its time begins anew.", body = MediaView), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(media): State<MediaService>,
    WithScope { principal, .. }: WithScope<MediaWrite>,
    form: Multipart,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<MediaView>), ApiError> {
    let Upload { view, new } = receive(&media, principal.user, form).await?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    let location = format!("/api/v1/media/{}", view.id);
    Ok((status, [(header::LOCATION, location)], Json(view)))
}

/// Reads a form with one field `file`, piece by piece: none of it stays in memory.
///
/// # Errors
/// For another field, a file over the limit, a file that is unfit.
pub(crate) async fn receive(
    media: &MediaService,
    owner: UserId,
    mut form: Multipart,
) -> Result<Upload, ApiError> {
    let missing = || ApiError::of_field("file", ErrorCode::FieldRequired);
    let field = form.next_field().await.map_err(unreadable)?.ok_or_else(missing)?;
    if field.name() != Some("file") {
        return Err(missing());
    }
    let name = field.file_name().unwrap_or_default().to_owned();
    let intake = take(media, field).await?;
    let (view, new) = media.keep_upload(owner, &name, intake).await?;
    Ok(Upload { view, new })
}

async fn take(media: &MediaService, mut field: Field<'_>) -> Result<platform::media::Intake, ApiError> {
    let mut intake = media.intake()?;
    while let Some(piece) = field.chunk().await.map_err(unreadable)? {
        intake.write(piece).await?;
    }
    Ok(intake)
}

fn unreadable(error: MultipartError) -> ApiError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::MediaTooLarge.into(),
        _ => ErrorCode::RequestMalformed.into(),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode, header};
    use contract::media::MediaView;

    use crate::testing::{Form, TestServer, grey_png, portraits};

    const PATH: &str = "/api/v1/media";

    #[tokio::test]
    async fn a_photo_is_kept_once_and_described() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let [portrait, _] = portraits();
        let form = || Form::default().named_file("file", "me.jpg", &portrait);
        let answer = ada.form(form(), PATH).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let view: MediaView = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(answer.header(header::LOCATION), format!("/api/v1/media/{}", view.id));
        assert_eq!((view.name.as_str(), view.frames), ("me.jpg", 1));
        assert!(view.expires_at_ms.is_some() && view.blur_hash.len() > 10);
        let again = ada.form(form(), PATH).await;
        assert_eq!(again.status, StatusCode::OK);
        assert_eq!(serde_json::from_slice::<MediaView>(&again.body).unwrap().id, view.id);
    }

    #[tokio::test]
    async fn every_unfit_file_has_its_own_problem() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let png = grey_png(9, 9);
        let large = vec![0xff; 10 * 1024 * 1024 + 1];
        let pdf = b"%PDF-1.4\nstartxref\n%%EOF";
        let cases: [(&str, &[u8], u16, &str); 9] = [
            ("me.png", b"", 422, "photo_empty"),
            ("me.txt", b"a text", 415, "media_unsupported"),
            ("me.jpg", &png, 415, "media_type_mismatch"),
            ("me", &png, 415, "media_type_mismatch"),
            ("me.png", &png[..60], 422, "photo_damaged"),
            ("me.jpg", &large, 413, "media_too_large"),
            ("me.png", &[png.as_slice(), b"PK\x03\x04"].concat(), 422, "media_polyglot"),
            ("me.pdf", &pdf[..20], 422, "document_damaged"),
            ("me.pdf", b"%PDF-1.4\n/JavaScript\nstartxref\n%%EOF", 422, "document_active"),
        ];
        for (name, bytes, status, code) in cases {
            let answer = ada.form(Form::default().named_file("file", name, bytes), PATH).await;
            assert_eq!(answer.refusal(), (status, code, None), "{name}");
        }
        let list = ada.get(PATH).await;
        assert_eq!(list.text(), r#"{"items":[]}"#);
    }

    #[tokio::test]
    async fn what_is_no_such_form_is_refused_and_so_is_nobody() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        for form in [Form::default(), Form::default().text("name", "me"), Form::default().file("photo", b"x")]
        {
            let answer = ada.form(form, PATH).await;
            assert_eq!(answer.refusal().1, "fields_invalid");
            assert_eq!(answer.problem().errors[0].field, "file");
        }
        let nobody = server.send(Form::default().named_file("file", "a.png", b"x").to(PATH)).await;
        assert_eq!(nobody.refusal(), (401, "sign_in_required", None));
        assert_eq!(server.call(Method::GET, PATH, None, None).await.refusal().0, 401);
    }
}
