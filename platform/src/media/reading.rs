//! Hands contents out.

use std::ops::Range;

use bytes::Bytes;
use contract::ErrorCode;
use contract::media::{MediaId, Visibility};
use contract::users::UserId;
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;

use super::model::Stored;
use super::{Content, MediaError, MediaService, Signature, Variant, repository};

/// Who wants to read a file.
#[derive(Clone, Debug)]
pub enum Reader {
    /// Somebody who signed in: what they own.
    Person(UserId),
    /// Whoever has a signed link: what the link is for.
    Link(Signature),
    /// Anybody: what is public.
    Anybody,
    /// A moderator who looks into a report: everything, also what was taken down.
    Moderator,
}

impl MediaService {
    /// What a reader may read of a file, if anything.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], also for what the reader may not read; [`ErrorCode::LinkExpired`];
    /// [`ErrorCode::MediaTakenDown`] for its owner; failures of database and store.
    pub async fn content(
        &self,
        reader: &Reader,
        id: MediaId,
        variant: Variant,
    ) -> Result<Content, MediaError> {
        if let Reader::Link(signature) = reader {
            self.signer.verify(id, signature, self.clock.now_ms())?;
        }
        let found = repository::find(self.database.reader(), id).await?;
        let there = |file: &Stored| file.deleted_at_ms.is_none() && self.has_not_expired(file);
        let file = found.filter(|file| may_read(reader, file) && there(file)).ok_or(ErrorCode::NotFound)?;
        if file.hidden_at_ms.is_some() {
            match reader {
                Reader::Moderator => {}
                Reader::Person(_) => return Err(ErrorCode::MediaTakenDown.into()),
                Reader::Link(_) | Reader::Anybody => return Err(ErrorCode::NotFound.into()),
            }
        }
        self.described(file, variant).await
    }

    async fn described(&self, file: Stored, variant: Variant) -> Result<Content, MediaError> {
        let whole = variant == Variant::Whole;
        if !whole && !file.format.is_picture() {
            return Err(ErrorCode::NotFound.into());
        }
        let bytes = match whole {
            true => u64::try_from(file.bytes).unwrap_or(0),
            false => self.store.size(file.id, variant).await?.ok_or(ErrorCode::NotFound)?,
        };
        let tag = if whole { file.sha256 } else { format!("{}-thumbnail", file.sha256) };
        // A thumbnail is JPEG, or PNG where something shines through; browsers tell the two apart, and `nosniff` wants
        // one name: the format whose thumbnails may be either is asked of its first bytes.
        let media_type = if whole { file.format.media_type() } else { self.thumbnail_type(file.id).await? };
        Ok(Content {
            id: file.id,
            variant,
            name: file.name,
            media_type,
            shown: file.format.is_picture(),
            bytes,
            tag,
            expires_at_ms: file.expires_at_ms,
        })
    }

    async fn thumbnail_type(&self, id: MediaId) -> Result<&'static str, MediaError> {
        let head = self.store.get(id, Variant::Thumbnail, Some(0..4)).await?;
        let head: Vec<Bytes> = head.try_collect().await?;
        Ok(if head.concat().starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" })
    }

    /// A content's bytes, or a part of them, as they come.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn stream(
        &self,
        content: &Content,
        part: Option<Range<u64>>,
    ) -> Result<BoxStream<'static, Result<Bytes, std::io::Error>>, MediaError> {
        let stream = self.store.get(content.id, content.variant, part).await?;
        Ok(Box::pin(stream.map_err(std::io::Error::other)))
    }

    /// All of a person's file at once: for a job that works on it.
    ///
    /// # Errors
    /// As [`MediaService::content`].
    pub async fn read(&self, owner: UserId, id: MediaId) -> Result<Vec<u8>, MediaError> {
        let content = self.content(&Reader::Person(owner), id, Variant::Whole).await?;
        let pieces: Vec<Bytes> =
            self.store.get(content.id, content.variant, None).await?.try_collect().await?;
        Ok(pieces.concat())
    }
}

fn may_read(reader: &Reader, file: &Stored) -> bool {
    match reader {
        Reader::Person(user) => file.owner == *user,
        Reader::Anybody => file.visibility == Visibility::Public,
        Reader::Link(_) | Reader::Moderator => true,
    }
}
