//! Takes reports, hides what cannot wait, and carries out what moderators decide.

use std::sync::Arc;

use contract::ErrorCode;
use contract::moderation::{NewReport, ReportId, ReportState, ReportView};
use contract::paging::{Page, PageQuery};
use sqlx::AnyConnection;

use super::repository;
use crate::auth::{AuthError, Principal};
use crate::clock::Clock;
use crate::database::{self, Database};
use crate::ids::RandomSource;
use crate::media::{MediaError, MediaService};

/// Why an operation on reports was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum ModerationError {
    /// One of the known refusals.
    #[error("{0}")]
    Refused(ErrorCode),
    /// The database failed.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// What was reported could not be hidden or shown.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// Whoever asks is no moderator.
    #[error(transparent)]
    Who(#[from] AuthError),
}

impl ModerationError {
    /// The code of the closed table for this failure.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(code) => *code,
            Self::Database(error) => database::error_code(error),
            Self::Media(error) => error.code(),
            Self::Who(error) => error.code(),
        }
    }
}

/// The feature's one entrance. Clones share everything.
#[derive(Clone)]
pub struct ModerationService {
    database: Database,
    media: MediaService,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
}

impl ModerationService {
    /// A service over this database, for these stored files.
    pub fn new(
        database: Database,
        media: MediaService,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> Self {
        Self { database, media, clock, random }
    }

    /// Takes a report from anybody. What cannot wait is hidden at once. Who reports learns nothing about whether there is
    /// such a file.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn report(&self, report: &NewReport) -> Result<(), ModerationError> {
        let now_ms = self.clock.now_ms();
        let mut tx = self.database.begin().await?;
        if let Some(media) = report.media.filter(|_| report.reason.hides_at_once()) {
            self.set_hidden(&mut tx, media, true).await?;
        }
        let id = ReportId::new(now_ms, self.random.bits_128());
        repository::insert(&mut tx, id, report, now_ms).await?;
        tx.commit().await?;
        tracing::info!(report.id = %id, reason = report.reason.as_str(), "something was reported");
        Ok(())
    }

    /// Reports that wait, or that were decided, the oldest first. For administrators.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`], and failures of the database.
    pub async fn reports(
        &self,
        moderator: &Principal,
        state: ReportState,
        page: &PageQuery,
    ) -> Result<Page<ReportView>, ModerationError> {
        moderator.require_admin()?;
        let limit = page.limit() as usize;
        let after = page.after.as_deref().unwrap_or_default();
        let rows = repository::page(self.database.reader(), state, after, i64::from(page.limit()) + 1);
        let mut items = rows.await?;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| last.id.to_string());
        Ok(Page { items, next })
    }

    /// Decides a report: what it names is hidden from now on, or shown again. A decision may be changed. For
    /// administrators.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`], [`ErrorCode::NotFound`], and failures of the database.
    pub async fn decide(
        &self,
        moderator: &Principal,
        id: ReportId,
        take_down: bool,
    ) -> Result<ReportView, ModerationError> {
        moderator.require_admin()?;
        let missing = || ModerationError::Refused(ErrorCode::NotFound);
        let mut tx = self.database.begin().await?;
        let report = repository::find(&mut *tx, id).await?.ok_or_else(missing)?;
        if let Some(media) = report.media {
            self.set_hidden(&mut tx, media, take_down).await?;
        }
        let state = if take_down { ReportState::Upheld } else { ReportState::Dismissed };
        repository::decide(&mut tx, id, state, moderator.user, self.clock.now_ms()).await?;
        let decided = repository::find(&mut *tx, id).await?.ok_or_else(missing)?;
        tx.commit().await?;
        tracing::info!(report.id = %id, state = state.as_str(), user.id = %moderator.user, "a report was decided");
        Ok(decided)
    }

    /// What is gone already is as hidden as it can be.
    async fn set_hidden(
        &self,
        tx: &mut AnyConnection,
        media: contract::media::MediaId,
        hidden: bool,
    ) -> Result<(), ModerationError> {
        match self.media.set_hidden(tx, media, hidden).await {
            Ok(()) | Err(MediaError::Refused(ErrorCode::NotFound)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
