//! Taking away what must not be there: after a report, or once a permission was withdrawn.

use contract::ErrorCode;
use contract::media::MediaId;
use contract::users::UserId;
use sqlx::AnyConnection;

use super::model::Stored;
use super::{MediaError, MediaService, repository};

impl MediaService {
    /// Keeps everybody else from changing what a person keeps until the transaction ends. Whoever holds other locks, too,
    /// takes this one first: so nobody waits for each other in a ring.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn hold(&self, tx: &mut AnyConnection, owner: UserId) -> Result<(), MediaError> {
        Ok(repository::lock(tx, owner).await?)
    }

    /// Whose file it is; none where there is none.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn owner(&self, id: MediaId) -> Result<Option<UserId>, MediaError> {
        Ok(repository::find(self.database.reader(), id).await?.map(|file| file.owner))
    }

    /// Hides a file from everybody but moderators, at once, or shows it again.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], and failures of the database.
    pub async fn set_hidden(
        &self,
        tx: &mut AnyConnection,
        id: MediaId,
        hidden: bool,
    ) -> Result<(), MediaError> {
        let mut file = self.locked_by_anyone(tx, id).await?.ok_or(ErrorCode::NotFound)?;
        file.hidden_at_ms = hidden.then(|| file.hidden_at_ms.unwrap_or_else(|| self.clock.now_ms()));
        Ok(repository::update(tx, &file).await?)
    }

    /// Removes a file for good, as part of the caller's transaction; its bytes go with the next sweep. Says whether it
    /// was there.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn remove(&self, tx: &mut AnyConnection, id: MediaId) -> Result<bool, MediaError> {
        let there = self.locked_by_anyone(tx, id).await?.is_some();
        if there {
            self.forget(tx, id).await?;
        }
        Ok(there)
    }

    /// The row goes, and the note that its bytes are to go comes, together.
    pub(super) async fn forget(&self, tx: &mut AnyConnection, id: MediaId) -> Result<(), MediaError> {
        repository::remove(tx, id).await?;
        Ok(repository::plan_removal(tx, id, self.clock.now_ms()).await?)
    }

    /// The file as it is once its owner's lock is held.
    pub(super) async fn locked_by_anyone(
        &self,
        tx: &mut AnyConnection,
        id: MediaId,
    ) -> Result<Option<Stored>, MediaError> {
        let Some(file) = repository::find(&mut *tx, id).await? else { return Ok(None) };
        repository::lock(tx, file.owner).await?;
        Ok(repository::find(tx, id).await?)
    }
}
