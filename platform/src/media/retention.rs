//! Removes what has had its time.

use super::intake::PREFIX;
use super::model::DAY_MS;
use super::service::STAGED_MS;
use super::{MediaError, MediaService, repository};

/// How long what was thrown away can be had back, in milliseconds.
const UNDO_MS: i64 = DAY_MS;

/// How many files one sweep looks at, so that it never holds the database for long.
const SWEPT_AT_ONCE: i64 = 100;

/// What a sweep removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files whose time was over.
    pub files: usize,
    /// Names of the store that were freed.
    pub contents: usize,
}

impl MediaService {
    /// Removes what has expired or was thrown away a day ago, and then from the store what no row needs any more.
    ///
    /// # Errors
    /// Failures of database, store and disk. What was not removed is the next sweep's.
    pub async fn sweep(&self) -> Result<Swept, MediaError> {
        let files = self.remove_ended().await?;
        let contents = self.remove_contents().await?;
        self.remove_old_intakes().await?;
        Ok(Swept { files, contents })
    }

    async fn remove_ended(&self) -> Result<usize, MediaError> {
        let now_ms = self.clock.now_ms();
        let ended =
            repository::ended(self.database.reader(), now_ms, now_ms - UNDO_MS, SWEPT_AT_ONCE).await?;
        let mut removed = 0;
        for file in ended {
            let mut tx = self.database.begin().await?;
            let still = self.locked_by_anyone(&mut tx, file.id).await?;
            let has_ended = |at_ms: Option<i64>, until_ms| at_ms.is_some_and(|at_ms| at_ms <= until_ms);
            // Its owner may have got it back meanwhile.
            if still.is_some_and(|file| {
                has_ended(file.expires_at_ms, now_ms) || has_ended(file.deleted_at_ms, now_ms - UNDO_MS)
            }) {
                self.forget(&mut tx, file.id).await?;
                tx.commit().await?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// The bytes go first, the note last: whoever dies in between does it again.
    async fn remove_contents(&self) -> Result<usize, MediaError> {
        let now_ms = self.clock.now_ms();
        let due = repository::due_removals(self.database.reader(), now_ms, SWEPT_AT_ONCE).await?;
        for id in &due {
            self.store.remove(*id).await?;
            repository::removal_done(self.database.writer(), *id, now_ms).await?;
        }
        Ok(due.len())
    }

    /// Uploads that a server which died left half-way.
    async fn remove_old_intakes(&self) -> Result<(), MediaError> {
        let before_ms = self.clock.now_ms() - STAGED_MS;
        let mut entries = match tokio::fs::read_dir(&self.config.incoming).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        while let Some(entry) = entries.next_entry().await? {
            let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
            // One that has just ended is gone by itself.
            let Ok(metadata) = entry.metadata().await else { continue };
            let age = metadata.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            if ours && i64::try_from(age.as_millis()).unwrap_or(i64::MAX) < before_ms {
                tokio::fs::remove_file(entry.path()).await?;
            }
        }
        Ok(())
    }
}
