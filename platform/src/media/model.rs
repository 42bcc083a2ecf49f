//! A stored file.

use std::path::PathBuf;

use contract::media::{MediaFormat, MediaId, MediaKind, MediaView, Visibility};
use contract::users::UserId;

/// A day, in milliseconds.
pub(super) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What may be kept, and for how long.
#[derive(Clone, Debug)]
pub struct MediaConfig {
    /// Where uploads wait until they have come whole: a folder of this machine.
    pub incoming: PathBuf,
    /// The largest file, in bytes.
    pub max_bytes: u64,
    /// How much each person may keep, in bytes.
    pub quota_bytes: i64,
    /// How long an upload stays unless its owner keeps it, in milliseconds.
    pub upload_ms: i64,
    /// How long a result stays unless its owner keeps it, in milliseconds.
    pub result_ms: i64,
    /// How many files are decoded at once: each takes up to 300 MB while it is.
    pub decoders: usize,
}

impl MediaConfig {
    /// 10 MB a file, 1 GB a person, uploads for a day, results for 30, one decoder.
    pub fn new(incoming: PathBuf) -> Self {
        Self {
            incoming,
            max_bytes: 10 * 1024 * 1024,
            quota_bytes: 1024 * 1024 * 1024,
            upload_ms: DAY_MS,
            result_ms: 30 * DAY_MS,
            decoders: 1,
        }
    }
}

/// Which of a file's two contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The file itself.
    #[default]
    Whole,
    /// A small picture of it.
    Thumbnail,
}

/// A row of `media`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) id: MediaId,
    pub(crate) owner: UserId,
    pub(crate) kind: MediaKind,
    pub(crate) visibility: Visibility,
    pub(crate) name: String,
    pub(crate) format: MediaFormat,
    pub(crate) bytes: i64,
    pub(crate) width: i64,
    pub(crate) height: i64,
    pub(crate) frames: i64,
    pub(crate) blur_hash: String,
    pub(crate) sent_sha256: String,
    pub(crate) sha256: String,
    pub(crate) created_at_ms: i64,
    pub(crate) expires_at_ms: Option<i64>,
    pub(crate) deleted_at_ms: Option<i64>,
    pub(crate) hidden_at_ms: Option<i64>,
}

impl From<Stored> for MediaView {
    fn from(stored: Stored) -> Self {
        let url = match stored.visibility {
            Visibility::Private => format!("/media/{}", stored.id),
            Visibility::Public => format!("/media/public/{}", stored.id),
        };
        let thumbnail_url = stored.format.is_picture().then(|| format!("{url}?variant=thumbnail"));
        Self {
            id: stored.id,
            kind: stored.kind,
            visibility: stored.visibility,
            name: stored.name,
            format: stored.format,
            bytes: stored.bytes,
            width: stored.width,
            height: stored.height,
            frames: stored.frames,
            blur_hash: stored.blur_hash,
            url,
            thumbnail_url,
            created_at_ms: stored.created_at_ms,
            expires_at_ms: stored.expires_at_ms,
            taken_down: stored.hidden_at_ms.is_some(),
        }
    }
}

/// A file whose content lies in the store already, and whose row is still to be written: `MediaService::commit`.
#[derive(Clone, Debug)]
pub struct Staged(pub(crate) Stored);

impl Staged {
    /// The id that it has, and will have.
    pub const fn id(&self) -> MediaId {
        self.0.id
    }
}

/// A file to be handed out.
#[derive(Clone, Debug)]
pub struct Content {
    /// The file's id.
    pub id: MediaId,
    /// Which of its contents this is.
    pub variant: Variant,
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Whether it may be shown in a page; else it is saved.
    pub shown: bool,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// A strong validator (RFC 9110, 8.8.3), without its quotes.
    pub tag: String,
    /// When it stops being there, milliseconds since 1970; none if it is kept.
    pub expires_at_ms: Option<i64>,
}
