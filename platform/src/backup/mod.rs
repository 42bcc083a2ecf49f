//! Backups: every row and every file of an instance in one folder, restored into an empty one of either kind.
//!
//! The rows are written as text, one file per table, from one snapshot; the reasons are in
//! `docs/adr/0006-one-database-two-kinds.md`.

mod files;
mod manifest;
mod restore;
mod rows;
mod take;

use std::io;
use std::path::{Path, PathBuf};

use sqlx::migrate::MigrateError;

pub use files::DataFolder;
pub use manifest::{FileEntry, MANIFEST, Manifest, TableEntry};
pub use restore::restore;
pub use take::take;

/// Hears what is being done, a line at a time.
pub trait Progress: Send {
    /// The next step begins.
    fn step(&mut self, what: &str);
}

/// Why a backup could not be taken or restored. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something already where the backup should go.
    #[error("{} is not empty: name a new folder for the backup", .0.display())]
    FolderNotEmpty(PathBuf),
    /// There is nothing to back up.
    #[error("the database has no tables: run `mog migrate` first, or check the database's address")]
    NothingThere,
    /// The folder holds no finished backup.
    #[error(
        "{} holds no finished backup ({MANIFEST} is missing): the backup was interrupted, or this is another folder",
        .0.display()
    )]
    NotABackup(PathBuf),
    /// The folder is not what was written.
    #[error("this backup is damaged ({0}): nothing was restored, use another one")]
    Damaged(String),
    /// Made by a program that knows more than this one.
    #[error(
        "this backup has schema {backup}, and this program knows {program} at the most: \
         restore it with the version of mog that made it, or a later one"
    )]
    Newer {
        /// The backup's schema.
        backup: i64,
        /// The newest that this program knows.
        program: i64,
    },
    /// The database to restore into holds something.
    #[error(
        "the database already has tables: restore into a new one (another `database.url`, or another data folder), \
         nothing was changed"
    )]
    DatabaseNotEmpty,
    /// The data folder to restore into holds something.
    #[error("{} is not empty: restore into a new data folder, nothing was changed", .0.display())]
    DataNotEmpty(PathBuf),
    /// A column of a type that does not run on both databases.
    #[error("the column {0} has a type that backups do not know: see docs/MIGRATIONS.md")]
    UnknownType(String),
    /// The disk refused.
    #[error("cannot {doing} {}: {error}", .path.display())]
    Disk {
        /// What was tried, as a verb.
        doing: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The database refused.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be made.
    #[error("the schema could not be made: {0}")]
    Schema(#[from] MigrateError),
}

/// Says what was tried where, if it failed.
trait OnDisk<T> {
    fn on_disk(self, doing: &'static str, path: &Path) -> Result<T, BackupError>;
}

impl<T> OnDisk<T> for io::Result<T> {
    fn on_disk(self, doing: &'static str, path: &Path) -> Result<T, BackupError> {
        self.map_err(|error| BackupError::Disk { doing, path: path.into(), error })
    }
}
