//! Holds database and store side by side.

use contract::media::MediaId;
use futures_util::TryStreamExt;

use super::{MediaError, MediaService, Variant, repository};

/// How many rows are looked at at once.
const AT_ONCE: i64 = 500;

/// Where database and store disagree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Integrity {
    /// How many files were looked at.
    pub files: usize,
    /// Files whose content is not in the store.
    pub missing: Vec<MediaId>,
    /// Files whose content has another length than it had.
    pub changed: Vec<MediaId>,
    /// Contents that no file has. They are planned for removal.
    pub orphans: Vec<MediaId>,
}

impl Integrity {
    /// Whether both agree.
    pub const fn is_sound(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.orphans.is_empty()
    }
}

impl MediaService {
    /// Looks at every file and every content. What lies in the store for nobody goes with the next sweep; a picture that
    /// is missing is nothing that could be made good here: it is named, for whoever has the backups.
    ///
    /// # Errors
    /// Failures of database and store.
    pub async fn compare(&self) -> Result<Integrity, MediaError> {
        let mut found = Integrity::default();
        self.compare_rows(&mut found).await?;
        self.compare_contents(&mut found).await?;
        Ok(found)
    }

    async fn compare_rows(&self, found: &mut Integrity) -> Result<(), MediaError> {
        let mut after = String::new();
        loop {
            let files = repository::after(self.database.reader(), &after, AT_ONCE).await?;
            let Some(last) = files.last() else { return Ok(()) };
            after = last.id.to_string();
            for file in files {
                found.files += 1;
                match self.store.size(file.id, Variant::Whole).await? {
                    None if self.is_still_there(file.id).await? => found.missing.push(file.id),
                    Some(size) if i64::try_from(size) != Ok(file.bytes) => found.changed.push(file.id),
                    _ => {}
                }
            }
        }
    }

    /// A file may have been removed since its row was read.
    async fn is_still_there(&self, id: MediaId) -> Result<bool, MediaError> {
        Ok(repository::find(self.database.reader(), id).await?.is_some())
    }

    async fn compare_contents(&self, found: &mut Integrity) -> Result<(), MediaError> {
        let mut contents = self.store.all();
        while let Some((id, _, _)) = contents.try_next().await? {
            if !repository::is_known(self.database.reader(), id).await? && !found.orphans.contains(&id) {
                repository::plan_removal(self.database.writer(), id, self.clock.now_ms()).await?;
                found.orphans.push(id);
            }
        }
        Ok(())
    }
}
