//! The pictures of stored results, as files of one folder.

use std::io;
use std::path::{Path, PathBuf};

use contract::results::ResultId;
use tokio::fs;

/// A folder of pictures, named by their results.
#[derive(Clone, Debug)]
pub struct Pictures {
    folder: PathBuf,
}

impl Pictures {
    /// The pictures in `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.into() })
    }

    /// Writes one.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn write(&self, id: ResultId, bytes: &[u8]) -> io::Result<()> {
        fs::write(self.path(id), bytes).await
    }

    /// Reads one; none if it is not there.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn read(&self, id: ResultId) -> io::Result<Option<Vec<u8>>> {
        absent_is_none(fs::read(self.path(id)).await)
    }

    /// Removes one; to remove what is not there is no error.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn remove(&self, id: ResultId) -> io::Result<()> {
        absent_is_none(fs::remove_file(self.path(id)).await).map(|_| ())
    }

    /// An id is 32 hexadecimal digits: no name of it can leave the folder.
    fn path(&self, id: ResultId) -> PathBuf {
        self.folder.join(format!("{id}.jpg"))
    }
}

fn absent_is_none<T>(outcome: io::Result<T>) -> io::Result<Option<T>> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
