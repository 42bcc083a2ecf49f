//! Files of a backup: what is copied, and how each is known again.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{Context, SHA256};

use super::{BackupError, FileEntry, OnDisk};
use crate::database::Database;

/// The folder of an instance's files, and what in it belongs in no backup.
#[derive(Clone, Debug)]
pub struct DataFolder {
    path: PathBuf,
    left_out: Vec<PathBuf>,
}

impl DataFolder {
    /// The folder at `path`, where `logs` are kept, beside this database.
    ///
    /// # Errors
    /// When the database cannot be asked for its file.
    pub async fn new(path: &Path, logs: &Path, database: &Database) -> Result<Self, sqlx::Error> {
        let mut left_out = vec![logs.to_path_buf()];
        if let Some(file) = database.file().await? {
            for ending in ["", "-wal", "-shm", "-journal"] {
                let mut name = file.clone().into_os_string();
                name.push(ending);
                left_out.push(name.into());
            }
        }
        Ok(Self { path: path.into(), left_out })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Every file for a backup, relative to the folder, sorted.
    pub(super) fn files(&self) -> Result<Vec<String>, BackupError> {
        let mut found = Vec::new();
        if self.path.exists() {
            self.walk(&self.path, &mut found)?;
        }
        found.sort();
        Ok(found)
    }

    fn walk(&self, folder: &Path, found: &mut Vec<String>) -> Result<(), BackupError> {
        for entry in fs::read_dir(folder).on_disk("read", folder)? {
            let entry = entry.on_disk("read", folder)?;
            let path = entry.path();
            let kind = entry.file_type().on_disk("read", &path)?;
            if self.is_left_out(&path) {
                continue;
            }
            if kind.is_dir() {
                self.walk(&path, found)?;
            } else if kind.is_file()
                && let Some(name) = path.strip_prefix(&self.path).ok().and_then(Path::to_str)
            {
                found.push(name.to_owned());
            }
        }
        Ok(())
    }

    fn is_left_out(&self, path: &Path) -> bool {
        let same = |one: &Path, other: &Path| match (fs::canonicalize(one), fs::canonicalize(other)) {
            (Ok(one), Ok(other)) => one == other,
            _ => false,
        };
        self.left_out.iter().any(|left_out| same(left_out, path))
    }
}

/// Makes a folder that only its owner may look into: a backup holds what opens every account.
pub(super) fn make_private_folder(path: &Path) -> Result<(), BackupError> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).on_disk("make the folder", path)
}

/// A file that only its owner may read.
pub(super) fn create_private(path: &Path) -> Result<File, BackupError> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).on_disk("write", path)
}

/// Writes a whole private file, and waits until the disk has it.
pub(super) fn write_private(path: &Path, content: &[u8]) -> Result<(), BackupError> {
    let mut file = create_private(path)?;
    file.write_all(content).and_then(|()| file.sync_all()).on_disk("write", path)
}

/// Copies a file and says what it was; none if it is gone by now, as stored results go.
pub(super) fn copy(from: &Path, to: &Path, name: &str) -> Result<Option<FileEntry>, BackupError> {
    let mut source = match File::open(from) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened.on_disk("read", from)?,
    };
    if let Some(folder) = to.parent() {
        make_private_folder(folder)?;
    }
    let mut target = Hashing::new(create_private(to)?);
    io::copy(&mut source, &mut target).on_disk("copy", from)?;
    target.finish(name).on_disk("write", to).map(Some)
}

/// Whether the file in `folder` is the one that was written.
pub(super) fn verify(folder: &Path, entry: &FileEntry) -> Result<(), BackupError> {
    let damaged = |why: &str| Err(BackupError::Damaged(format!("{}: {why}", entry.path)));
    let plain = |part: std::path::Component<'_>| matches!(part, std::path::Component::Normal(_));
    if !Path::new(&entry.path).components().all(plain) {
        return damaged("its name leads out of the backup");
    }
    let path = folder.join(&entry.path);
    let mut file = match File::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return damaged("it is missing"),
        opened => opened.on_disk("read", &path)?,
    };
    let mut hashing = Hashing::new(io::sink());
    io::copy(&mut file, &mut hashing).on_disk("read", &path)?;
    if hashing.bytes != entry.bytes {
        return damaged("its length is wrong");
    }
    if hashing.sha256() != entry.sha256 {
        return damaged("its content was changed");
    }
    Ok(())
}

/// Counts and hashes what passes.
pub(super) struct Hashing<W> {
    inner: W,
    context: Context,
    bytes: u64,
}

impl<W> Hashing<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, context: Context::new(&SHA256), bytes: 0 }
    }

    fn sha256(self) -> String {
        base16ct::lower::encode_string(self.context.finish().as_ref())
    }
}

impl Hashing<File> {
    /// Waits until the disk has it, and says what it is.
    pub(super) fn finish(self, path: &str) -> io::Result<FileEntry> {
        self.inner.sync_all()?;
        Ok(FileEntry { path: path.into(), bytes: self.bytes, sha256: self.sha256() })
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.context.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Whether there is nothing in a folder, or no folder.
pub(super) fn is_empty(folder: &Path) -> Result<bool, BackupError> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error).on_disk("read", folder),
    }
}

/// The lines of a text file.
pub(super) fn lines(path: &Path) -> Result<impl Iterator<Item = io::Result<String>> + use<>, BackupError> {
    let file = File::open(path).on_disk("read", path)?;
    Ok(BufReader::new(file).lines())
}
