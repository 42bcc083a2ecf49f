//! An upload on its way in: written down as it comes, so that it takes no more memory than the piece at hand.

use std::io::Write;
use std::path::Path;

use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;
use contract::ErrorCode;
use tempfile::NamedTempFile;

use super::MediaError;

/// What files on their way in are called, until they are one of the store's.
pub(super) const PREFIX: &str = "incoming-";

/// An upload that has begun. Dropped, it leaves nothing.
pub struct Intake {
    // Taken out while a thread that may wait for the disk has it.
    file: Option<NamedTempFile>,
    digest: Context,
    bytes: u64,
    max_bytes: u64,
}

impl Intake {
    pub(super) fn new(folder: &Path, max_bytes: u64) -> Result<Self, MediaError> {
        std::fs::create_dir_all(folder)?;
        let file = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder)?;
        Ok(Self { file: Some(file), digest: Context::new(&SHA256), bytes: 0, max_bytes })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// [`ErrorCode::MediaTooLarge`] as soon as there is more than may be, and when the disk refuses.
    pub async fn write(&mut self, piece: Bytes) -> Result<(), MediaError> {
        self.bytes += piece.len() as u64;
        if self.bytes > self.max_bytes {
            return Err(ErrorCode::MediaTooLarge.into());
        }
        self.digest.update(&piece);
        let mut file = self.file.take().ok_or(ErrorCode::Internal)?;
        let (file, done) = on_a_thread(move || {
            let done = file.write_all(&piece);
            (file, done)
        })
        .await?;
        self.file = Some(file);
        Ok(done?)
    }

    /// All that came, and its SHA-256.
    pub(super) async fn finish(self) -> Result<(Vec<u8>, String), MediaError> {
        let file = self.file.ok_or(ErrorCode::Internal)?;
        let sha256 = base16ct::lower::encode_string(self.digest.finish().as_ref());
        let bytes = on_a_thread(move || std::fs::read(file.path())).await??;
        Ok((bytes, sha256))
    }

    /// The SHA-256 of what came so far.
    pub(super) fn sha256(&self) -> String {
        base16ct::lower::encode_string(self.digest.clone().finish().as_ref())
    }
}

async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, MediaError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ErrorCode::Internal.into())
}
