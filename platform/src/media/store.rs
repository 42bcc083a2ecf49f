//! Where the bytes lie: a folder, or a service that speaks S3.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use contract::media::MediaId;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{Error, GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt};

use super::Variant;

/// The store of contents, named by id and variant. The port is [`ObjectStore`]; this is our side of it.
#[derive(Clone)]
pub struct Store(Arc<dyn ObjectStore>);

impl Store {
    /// On any store.
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self(store)
    }

    /// In a folder, which is made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn in_folder(folder: &Path) -> Result<Self, super::MediaError> {
        std::fs::create_dir_all(folder)?;
        // What is written is on the disk before the database says so: a row without a file would be a lost picture.
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self(Arc::new(store)))
    }

    pub(super) async fn put(&self, id: MediaId, variant: Variant, bytes: Bytes) -> Result<(), Error> {
        self.0.put(&key(id, variant), bytes.into()).await.map(drop)
    }

    /// A part of a content, or all of it, as it arrives.
    pub(super) async fn get(
        &self,
        id: MediaId,
        variant: Variant,
        range: Option<Range<u64>>,
    ) -> Result<BoxStream<'static, Result<Bytes, Error>>, Error> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        Ok(self.0.get_opts(&key(id, variant), options).await?.into_stream())
    }

    /// How long a content is, in bytes; none if it is not there.
    pub(super) async fn size(&self, id: MediaId, variant: Variant) -> Result<Option<u64>, Error> {
        match self.0.head(&key(id, variant)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes both contents; to remove what is not there is no error.
    pub(super) async fn remove(&self, id: MediaId) -> Result<(), Error> {
        for variant in [Variant::Whole, Variant::Thumbnail] {
            match self.0.delete(&key(id, variant)).await {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// All that lies there: whose content it is, and how long. What has no name of ours is left out.
    pub(super) fn all(&self) -> BoxStream<'static, Result<(MediaId, Variant, u64), Error>> {
        let named = |found: ObjectMeta| async move {
            Ok(of_key(&found.location).map(|(id, variant)| (id, variant, found.size)))
        };
        self.0.list(Some(&Key::from(FOLDER))).try_filter_map(named).boxed()
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.0)
    }
}

const FOLDER: &str = "media";
const THUMBNAIL: &str = ".thumbnail";

/// Ids of one millisecond begin alike: their last digits, which are random, spread them over 256 folders.
fn key(id: MediaId, variant: Variant) -> Key {
    let id = id.to_string();
    let end = match variant {
        Variant::Whole => "",
        Variant::Thumbnail => THUMBNAIL,
    };
    Key::from(format!("{FOLDER}/{}/{id}{end}", &id[id.len() - 2..]))
}

fn of_key(key: &Key) -> Option<(MediaId, Variant)> {
    let name = key.filename()?;
    let (id, variant) = match name.strip_suffix(THUMBNAIL) {
        Some(id) => (id, Variant::Thumbnail),
        None => (name, Variant::Whole),
    };
    Some((id.parse().ok()?, variant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_whose_it_is() {
        let id = MediaId::new(1_767_225_600_000, 0xfeed_beef_feed_beef_feed_beef);
        for variant in [Variant::Whole, Variant::Thumbnail] {
            assert_eq!(of_key(&key(id, variant)), Some((id, variant)));
        }
        assert_eq!(of_key(&Key::from("media/00/notes.txt")), None);
    }
}
