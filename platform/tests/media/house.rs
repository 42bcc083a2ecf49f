//! A library of its own for each test: a database, a folder, a clock to set and randomness that is counted.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use bytes::Bytes;
use contract::ErrorCode;
use contract::media::MediaView;
use contract::users::UserId;
use engine::Photo;
use engine::codec::encode_jpeg;
use futures_util::TryStreamExt;
use platform::clock::Clock;
use platform::database::testing::{TestDatabase, on_each_database};
use platform::ids::RandomSource;
use platform::media::{
    ContentSafety, MediaConfig, MediaError, MediaPorts, MediaService, Reader, Store, Variant,
};
use platform::sealing::{InstanceSecret, SECRET_BYTES};
use tempfile::TempDir;

pub(crate) const HOUR_MS: i64 = 60 * 60 * 1000;
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;

/// 2026-01-01.
const START_MS: i64 = 1_767_225_600_000;

#[derive(Debug)]
pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl RandomSource for Counter {
    fn bits_128(&self) -> u128 {
        let count = u128::from(self.0.fetch_add(1, Ordering::SeqCst)) + 1;
        count.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
    }
}

pub(crate) struct House {
    pub(crate) media: MediaService,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) database: TestDatabase,
    folder: TempDir,
}

pub(crate) async fn on_each(test: impl AsyncFn(House)) {
    on_each_with(|_| {}, test).await;
}

/// With another configuration than the usual one.
pub(crate) async fn on_each_with(configure: impl Fn(&mut MediaConfig), test: impl AsyncFn(House)) {
    on_each_database(async |database| test(House::new(database, &configure, None)).await).await;
}

/// Where somebody judges contents.
pub(crate) async fn on_each_checked(safety: Arc<dyn ContentSafety>, test: impl AsyncFn(House)) {
    on_each_database(async |database| {
        test(House::new(database, &|_: &mut MediaConfig| {}, Some(safety.clone()))).await
    })
    .await;
}

impl House {
    fn new(
        database: TestDatabase,
        configure: &impl Fn(&mut MediaConfig),
        safety: Option<Arc<dyn ContentSafety>>,
    ) -> Self {
        let folder = TempDir::new().unwrap();
        let mut config = MediaConfig::new(folder.path().join("incoming"));
        configure(&mut config);
        let clock = Arc::new(TestClock(AtomicI64::new(START_MS)));
        let ports = MediaPorts {
            database: database.clone(),
            store: Store::in_folder(&folder.path().join("store")).unwrap(),
            secret: InstanceSecret::new(&[7; SECRET_BYTES]),
            clock: clock.clone(),
            random: Arc::new(Counter::default()),
            safety,
        };
        Self { media: MediaService::new(config, ports), clock, database, folder }
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Sends a file in pieces, as a network brings it.
    pub(crate) async fn send(
        &self,
        owner: UserId,
        name: &str,
        bytes: &[u8],
    ) -> Result<(MediaView, bool), MediaError> {
        let mut intake = self.media.intake()?;
        for piece in bytes.chunks(16 * 1024) {
            intake.write(Bytes::copy_from_slice(piece)).await?;
        }
        self.media.keep_upload(owner, name, intake).await
    }

    /// Keeps a picture that no other number gives.
    pub(crate) async fn picture(&self, owner: UserId, number: u8) -> MediaView {
        self.send(owner, &format!("{number}.jpg"), &jpeg(number)).await.unwrap().0
    }

    /// What somebody gets who asks for a file.
    pub(crate) async fn read(&self, reader: &Reader, view: &MediaView) -> Result<Vec<u8>, ErrorCode> {
        let content =
            self.media.content(reader, view.id, Variant::Whole).await.map_err(|error| error.code())?;
        let stream = self.media.stream(&content, None).await.map_err(|error| error.code())?;
        let pieces: Vec<Bytes> = stream.try_collect().await.unwrap();
        Ok(pieces.concat())
    }

    /// The files in the store and on their way in.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found
    }

    pub(crate) async fn count(&self, table: &'static str) -> i64 {
        let count = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        sqlx::query_scalar(count).fetch_one(self.database.reader()).await.unwrap()
    }
}

pub(crate) fn user(number: u128) -> UserId {
    UserId::new(0, number << 64)
}

pub(crate) fn code<T: std::fmt::Debug>(outcome: Result<T, MediaError>) -> ErrorCode {
    outcome.unwrap_err().code()
}

/// A gradient, and so large that it has a thumbnail of its own.
pub(crate) fn photo(number: u8, width: u32, height: u32) -> Photo {
    let pixel = |at: u32| [(at % width * 255 / width) as u8, (at / width * 255 / height) as u8, number, 255];
    Photo::from_rgba(width, height, (0..width * height).flat_map(pixel).collect()).unwrap()
}

pub(crate) fn jpeg(number: u8) -> Vec<u8> {
    encode_jpeg(&photo(number, 64, 48), 90).unwrap()
}
