//! The form of a swap, as a program or a page sends it.

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use contract::ErrorCode;
use contract::studio::Slot;
use contract::swaps::{MAX_PHOTO_BYTES, OutputFormat, SwapOptions};
use platform::swaps::SwapRequest;

use crate::api::error::ApiError;
use crate::assets::Assets;

/// The longest text field, in bytes.
const MAX_TEXT_BYTES: usize = 4096;

/// The form as its description shows it; [`SwapForm`] is what reads it.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "described, never built")]
pub(crate) struct SwapFormBody {
    /// The photo with the face to use: JPEG, PNG or WebP, up to 10 MB.
    #[schema(value_type = Option<String>, format = Binary)]
    source: Option<Vec<u8>>,
    /// The photo to put it into.
    #[schema(value_type = Option<String>, format = Binary)]
    target: Option<Vec<u8>>,
    /// A sample of the gallery in place of `source`.
    source_sample: Option<String>,
    /// A sample of the gallery in place of `target`.
    target_sample: Option<String>,
    /// How, all in one.
    options: Option<SwapOptions>,
    /// How far the shape of the face goes to the source's.
    #[schema(maximum = 100)]
    likeness: Option<u8>,
    /// How far the skin's colour goes to the target's.
    #[schema(maximum = 100)]
    skin_tone: Option<u8>,
    /// How the picture is written.
    format: Option<OutputFormat>,
}

/// What a form said, before it is known to be whole.
#[derive(Debug, Default)]
pub(crate) struct SwapForm {
    source: Photo,
    target: Photo,
    options: SwapOptions,
    format: OutputFormat,
}

/// A photo is sent, or a sample is named.
#[derive(Debug, Default)]
struct Photo {
    file: Option<Vec<u8>>,
    sample: Option<String>,
}

impl SwapForm {
    /// Reads the fields `source`, `target` (files), `source_sample`, `target_sample` (names of the gallery),
    /// `options` (JSON), or `likeness` and `skin_tone` one by one, and `format` (`jpeg` or `png`).
    ///
    /// # Errors
    /// For an unknown field, a photo over its limit, or a value that cannot be read.
    pub(crate) async fn read(mut multipart: Multipart) -> Result<Self, ApiError> {
        let mut form = Self::default();
        while let Some(field) = multipart.next_field().await.map_err(unreadable)? {
            form.take(field).await?;
        }
        Ok(form)
    }

    async fn take(&mut self, field: Field<'_>) -> Result<(), ApiError> {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "source" => self.source.file = photo(Slot::Source, field).await?,
            "target" => self.target.file = photo(Slot::Target, field).await?,
            "source_sample" => self.source.sample = sample(field).await?,
            "target_sample" => self.target.sample = sample(field).await?,
            "options" => self.options = json(&text(field).await?)?,
            "likeness" => self.options.likeness = percent("likeness", &text(field).await?)?,
            "skin_tone" => self.options.skin_tone = percent("skin_tone", &text(field).await?)?,
            "format" => self.format = output_format(&text(field).await?)?,
            _ => return Err(ErrorCode::RequestMalformed.into()),
        }
        Ok(())
    }

    /// The request, with its samples read.
    ///
    /// # Errors
    /// When a photo is missing or an option is out of range.
    pub(crate) async fn into_request(self, assets: &Assets) -> Result<SwapRequest, ApiError> {
        self.options.validate()?;
        Ok(SwapRequest {
            source: self.source.bytes(Slot::Source, assets).await?,
            target: self.target.bytes(Slot::Target, assets).await?,
            options: self.options,
            format: self.format,
        })
    }
}

impl Photo {
    /// A file goes before a sample: who picks a file after a sample means the file.
    async fn bytes(self, slot: Slot, assets: &Assets) -> Result<Vec<u8>, ApiError> {
        if let Some(file) = self.file {
            return Ok(file);
        }
        let missing = ApiError::about(slot.as_str(), ErrorCode::PhotoMissing);
        let path = self.sample.and_then(|name| assets.sample_path(&name)).ok_or(missing)?;
        tokio::fs::read(path).await.map_err(|error| {
            tracing::error!(%error, "a sample could not be read");
            ErrorCode::Internal.into()
        })
    }
}

/// A photo's bytes. Browsers send an empty file without a name where none was picked.
async fn photo(slot: Slot, field: Field<'_>) -> Result<Option<Vec<u8>>, ApiError> {
    let unnamed = field.file_name().is_none_or(str::is_empty);
    let bytes =
        limited(field, MAX_PHOTO_BYTES, ApiError::about(slot.as_str(), ErrorCode::PhotoTooLarge)).await?;
    Ok((!(unnamed && bytes.is_empty())).then_some(bytes))
}

async fn sample(field: Field<'_>) -> Result<Option<String>, ApiError> {
    Ok(Some(text(field).await?).filter(|name| !name.is_empty()))
}

async fn text(field: Field<'_>) -> Result<String, ApiError> {
    let bytes = limited(field, MAX_TEXT_BYTES, ErrorCode::RequestMalformed.into()).await?;
    String::from_utf8(bytes).map_err(|_| ErrorCode::RequestMalformed.into())
}

async fn limited(mut field: Field<'_>, most: usize, too_long: ApiError) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        if bytes.len() + chunk.len() > most {
            return Err(too_long);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|_| ApiError::about("options", ErrorCode::RequestMalformed))
}

fn percent(field: &'static str, text: &str) -> Result<u8, ApiError> {
    text.trim().parse().map_err(|_| ApiError::about(field, ErrorCode::OptionOutOfRange))
}

fn unreadable(error: MultipartError) -> ApiError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::RequestTooLarge.into(),
        _ => ErrorCode::RequestMalformed.into(),
    }
}

fn output_format(name: &str) -> Result<OutputFormat, ApiError> {
    let known = serde_json::from_value(name.into());
    known.map_err(|_| ApiError::about("format", ErrorCode::RequestMalformed))
}
