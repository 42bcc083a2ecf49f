//! What people do with what they keep.

use contract::ErrorCode;
use contract::media::{MediaChange, MediaId, MediaKind, MediaLink, MediaUsage, MediaView};
use contract::paging::{Page, PageQuery};
use contract::users::UserId;
use sqlx::AnyConnection;

use super::model::Stored;
use super::repository::{self, Listed};
use super::service::with_extension;
use super::{MediaError, MediaService};

impl MediaService {
    /// A file of this person's.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], also for what belongs to somebody else, and failures of the database.
    pub async fn view(&self, owner: UserId, id: MediaId) -> Result<MediaView, MediaError> {
        let found = repository::find(self.database.reader(), id).await?;
        Ok(found.filter(|file| self.is_there(file, owner)).ok_or(ErrorCode::NotFound)?.into())
    }

    /// A page of what a person keeps, the newest first.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn list(
        &self,
        owner: UserId,
        kind: Option<MediaKind>,
        page: &PageQuery,
    ) -> Result<Page<MediaView>, MediaError> {
        let limit = page.limit() as usize;
        let listed = Listed {
            owner,
            kind,
            after: page.after.as_deref(),
            limit: i64::from(page.limit()) + 1,
            now_ms: self.clock.now_ms(),
        };
        let mut files = repository::list(self.database.reader(), listed).await?;
        let more = files.len() > limit;
        files.truncate(limit);
        let next = files.last().filter(|_| more).map(|last| last.id.to_string());
        Ok(Page { items: files.into_iter().map(MediaView::from).collect(), next })
    }

    /// Changes what is given.
    ///
    /// # Errors
    /// As [`MediaService::view`]; [`ErrorCode::MediaTakenDown`] for what a moderator took down.
    pub async fn change(
        &self,
        owner: UserId,
        id: MediaId,
        change: MediaChange,
    ) -> Result<MediaView, MediaError> {
        let mut tx = self.database.begin().await?;
        let mut file = self.locked(&mut tx, owner, id).await?;
        if file.hidden_at_ms.is_some() {
            return Err(ErrorCode::MediaTakenDown.into());
        }
        if let Some(name) = change.name {
            file.name = with_extension(name.as_str(), file.format);
        }
        if let Some(kept) = change.kept {
            file.expires_at_ms =
                if kept { None } else { file.expires_at_ms.or(Some(self.expiry(file.kind))) };
        }
        file.visibility = change.visibility.unwrap_or(file.visibility);
        repository::update(&mut tx, &file).await?;
        tx.commit().await?;
        Ok(file.into())
    }

    /// Throws a file away. For a day, it can be had back.
    ///
    /// # Errors
    /// As [`MediaService::view`].
    pub async fn delete(&self, owner: UserId, id: MediaId) -> Result<(), MediaError> {
        let mut tx = self.database.begin().await?;
        let mut file = self.locked(&mut tx, owner, id).await?;
        file.deleted_at_ms = Some(self.clock.now_ms());
        repository::update(&mut tx, &file).await?;
        Ok(tx.commit().await?)
    }

    /// Gets back what was thrown away. What was not is left as it is.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] once it is gone for good, [`ErrorCode::MediaQuotaExceeded`], and failures of the database.
    pub async fn restore(&self, owner: UserId, id: MediaId) -> Result<MediaView, MediaError> {
        let mut tx = self.database.begin().await?;
        repository::lock(&mut tx, owner).await?;
        let found = repository::find(&mut *tx, id).await?.filter(|file| file.owner == owner);
        let mut file = found.filter(|file| self.has_not_expired(file)).ok_or(ErrorCode::NotFound)?;
        if file.deleted_at_ms.take().is_some() {
            self.fits(repository::used(&mut *tx, owner).await?, file.bytes)?;
            repository::update(&mut tx, &file).await?;
            tx.commit().await?;
        }
        Ok(file.into())
    }

    /// The address, behind the host, that opens a file for anybody for `seconds`. A file that is deleted, or has expired
    /// or was taken down, is opened by none.
    ///
    /// # Errors
    /// As [`MediaService::view`].
    pub async fn link(&self, owner: UserId, id: MediaId, seconds: u32) -> Result<MediaLink, MediaError> {
        self.view(owner, id).await?;
        let signed = self.signer.sign(id, self.clock.now_ms() + i64::from(seconds) * 1000);
        let url = format!("/media/{id}?expires={}&signature={}", signed.expires_at_ms, signed.signature);
        Ok(MediaLink { url, expires_at_ms: signed.expires_at_ms })
    }

    /// How much a person keeps, and may.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn usage(&self, owner: UserId) -> Result<MediaUsage, MediaError> {
        let bytes = repository::used(self.database.reader(), owner).await?;
        Ok(MediaUsage { bytes, quota_bytes: self.config.quota_bytes })
    }

    /// A file of this person's that nobody else can change until the transaction ends.
    async fn locked(&self, tx: &mut AnyConnection, owner: UserId, id: MediaId) -> Result<Stored, MediaError> {
        repository::lock(tx, owner).await?;
        let found = repository::find(tx, id).await?;
        Ok(found.filter(|file| self.is_there(file, owner)).ok_or(ErrorCode::NotFound)?)
    }

    fn is_there(&self, file: &Stored, owner: UserId) -> bool {
        file.owner == owner && file.deleted_at_ms.is_none() && self.has_not_expired(file)
    }

    pub(super) fn has_not_expired(&self, file: &Stored) -> bool {
        file.expires_at_ms.is_none_or(|at_ms| at_ms > self.clock.now_ms())
    }
}
