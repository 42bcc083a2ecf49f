//! Pictures and documents that a person keeps on the server.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ErrorCode;
use crate::fields::{FieldError, Fields, FileName};
use crate::names::named;

/// The longest validity of a link, in seconds: a week.
pub const MAX_LINK_SECONDS: u32 = 7 * 24 * 60 * 60;

/// Names a file: a UUID of version 7, so that ids sort by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MediaId(uuid::Uuid);

impl MediaId {
    /// The id of a moment and some random bits (RFC 9562, 5.7).
    pub fn new(now_ms: i64, random: u128) -> Self {
        Self(crate::ids::uuid_v7(now_ms, random))
    }
}

impl fmt::Display for MediaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for MediaId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

named! {
    /// Where a file came from.
    MediaKind {
        /// Its owner sent it.
        Upload = "upload",
        /// It was made here.
        Result = "result",
    }
}

named! {
    /// Who may look at a file.
    Visibility {
        /// Its owner, and whoever has a link that has not expired.
        Private = "private",
        /// Anybody who knows its address.
        Public = "public",
    }
}

named! {
    /// What a file is, told by its content.
    MediaFormat {
        /// JPEG.
        Jpeg = "jpeg",
        /// PNG.
        Png = "png",
        /// GIF, moving or not.
        Gif = "gif",
        /// WebP.
        WebP = "webp",
        /// PDF.
        Pdf = "pdf",
    }
}

impl MediaFormat {
    /// Its media type (RFC 6838).
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    /// The extension that files of this format get.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Pdf => "pdf",
        }
    }

    /// The format that an extension promises, in lower or upper case.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "gif" => Some(Self::Gif),
            "webp" => Some(Self::WebP),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }

    /// Whether it is looked at, rather than read.
    pub const fn is_picture(self) -> bool {
        !matches!(self, Self::Pdf)
    }
}

/// A file, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MediaView {
    /// Its id.
    pub id: MediaId,
    /// Where it came from.
    pub kind: MediaKind,
    /// Who may look at it.
    pub visibility: Visibility,
    /// What its owner calls it, with the extension of its format.
    pub name: String,
    /// What it is.
    pub format: MediaFormat,
    /// How large it is, in bytes.
    pub bytes: i64,
    /// Width in pixels; 0 of a document.
    pub width: i64,
    /// Height in pixels; 0 of a document.
    pub height: i64,
    /// How many frames it has: 1 of a still picture, 0 of a document.
    pub frames: i64,
    /// Its colours in few letters (BlurHash), to be shown until it is there; empty of a document.
    pub blur_hash: String,
    /// Where the file is.
    pub url: String,
    /// Where a small JPEG or PNG of it is; absent of a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail_url: Option<String>,
    /// When it came, milliseconds since 1970-01-01 UTC.
    pub created_at_ms: i64,
    /// When it is removed, milliseconds since 1970-01-01 UTC; absent of what is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at_ms: Option<i64>,
    /// Whether a moderator took it down: then nobody sees its content.
    pub taken_down: bool,
}

/// Changes of a file: what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateMedia {
    /// What to call it, up to 120 letters. The extension of its format is added where it lacks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether to keep it until it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<bool>,
    /// Who may look at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
}

/// A change whose fields are what they should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaChange {
    /// What to call it.
    pub name: Option<FileName>,
    /// Whether to keep it.
    pub kept: Option<bool>,
    /// Who may look at it.
    pub visibility: Option<Visibility>,
}

impl UpdateMedia {
    /// Checks every field.
    ///
    /// # Errors
    /// All fields at fault.
    pub fn check(self) -> Result<MediaChange, Vec<FieldError>> {
        let mut fields = Fields::default();
        let name = self.name.and_then(|name| fields.take("name", no_path(&name)));
        fields.finish(Some(MediaChange { name, kept: self.kept, visibility: self.visibility }))
    }
}

fn no_path(name: &str) -> Result<FileName, ErrorCode> {
    if name.contains(['/', '\\']) { Err(ErrorCode::FieldInvalid) } else { FileName::parse(name) }
}

/// For how long a link shall be good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateLink {
    /// Seconds, 1 to 604800 (a week).
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 604_800))]
    pub seconds: u32,
}

impl CreateLink {
    /// The seconds, within their bounds.
    ///
    /// # Errors
    /// The field, when it is out of them.
    pub fn check(self) -> Result<u32, Vec<FieldError>> {
        let fits = (1..=MAX_LINK_SECONDS).contains(&self.seconds);
        let fault = || vec![FieldError::new("seconds", ErrorCode::FieldInvalid)];
        fits.then_some(self.seconds).ok_or_else(fault)
    }
}

/// A link that anybody may open for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MediaLink {
    /// The whole address.
    pub url: String,
    /// When it ends, milliseconds since 1970-01-01 UTC.
    pub expires_at_ms: i64,
}

/// How much a person keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MediaUsage {
    /// Bytes in use.
    pub bytes: i64,
    /// Bytes that there may be.
    pub quota_bytes: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_no_path() {
        let check = |name: &str| UpdateMedia { name: Some(name.into()), ..UpdateMedia::default() }.check();
        assert_eq!(check("  Été.jpg ").unwrap().name.as_ref().map(FileName::as_str), Some("Été.jpg"));
        for (name, code) in [
            ("  ", ErrorCode::FieldRequired),
            ("../me.jpg", ErrorCode::FieldInvalid),
            ("a\u{0}b", ErrorCode::FieldInvalid),
            (&"é".repeat(121), ErrorCode::FieldTooLong),
        ] {
            assert_eq!(check(name).unwrap_err(), [FieldError::new("name", code)], "{name:?}");
        }
    }

    #[test]
    fn names_read_back() {
        for format in
            [MediaFormat::Jpeg, MediaFormat::Png, MediaFormat::Gif, MediaFormat::WebP, MediaFormat::Pdf]
        {
            assert_eq!(format.as_str().parse(), Ok(format));
            assert_eq!(MediaFormat::of_extension(&format.extension().to_uppercase()), Some(format));
        }
        assert_eq!(MediaFormat::of_extension("svg"), None);
    }

    #[test]
    fn a_link_is_good_for_a_week_at_the_most() {
        assert_eq!(CreateLink { seconds: MAX_LINK_SECONDS }.check(), Ok(MAX_LINK_SECONDS));
        assert!(CreateLink { seconds: 0 }.check().is_err());
        assert!(CreateLink { seconds: MAX_LINK_SECONDS + 1 }.check().is_err());
    }
}
