//! What a backup holds, written last: a folder without it is no backup.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{BackupError, OnDisk};
use crate::database::newest_schema;

/// Its file name.
pub const MANIFEST: &str = "manifest.json";

/// The layout of the folder. A program reads its own and no other.
const FORMAT: u32 = 1;

/// The list of everything in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The layout of the folder.
    format: u32,
    /// The version of `mog` that made it.
    pub program: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub made_at_ms: i64,
    /// The kind of database that it was made from.
    pub database: String,
    /// The number of the newest migration in it.
    pub schema: i64,
    /// One file of rows per table.
    pub tables: Vec<TableEntry>,
    /// The files of the data folder.
    pub files: Vec<FileEntry>,
}

/// A table of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: u64,
    /// The file that they are in.
    pub file: FileEntry,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its path, relative to the backup's folder.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// An empty one.
    pub(super) fn new(schema: i64, database: &str, made_at_ms: i64) -> Self {
        Self {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").into(),
            made_at_ms,
            database: database.into(),
            schema,
            tables: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Reads it, and refuses what this program does not understand.
    pub(super) fn read(folder: &Path) -> Result<Self, BackupError> {
        let path = folder.join(MANIFEST);
        if !path.exists() {
            return Err(BackupError::NotABackup(folder.into()));
        }
        let text = fs::read(&path).on_disk("read", &path)?;
        let damaged = |error| BackupError::Damaged(format!("{MANIFEST}: {error}"));
        let manifest: Self = serde_json::from_slice(&text).map_err(damaged)?;
        if manifest.format != FORMAT || manifest.schema > newest_schema() {
            return Err(BackupError::Newer { backup: manifest.schema, program: newest_schema() });
        }
        Ok(manifest)
    }

    /// Writes it. From then on the folder is a backup.
    pub(super) fn write(&self, folder: &Path) -> Result<(), BackupError> {
        let path = folder.join(MANIFEST);
        let text = serde_json::to_vec_pretty(self)
            .map_err(|error| BackupError::Damaged(format!("{MANIFEST}: {error}")))?;
        super::files::write_private(&path, &text)
    }

    /// Everything that must be there, whole.
    pub(super) fn all_files(&self) -> impl Iterator<Item = &FileEntry> {
        self.tables.iter().map(|table| &table.file).chain(&self.files)
    }
}
