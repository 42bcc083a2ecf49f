//! Results are kept for an hour and then leave nothing behind.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use contract::results::ResultId;
use contract::swaps::OutputFormat;
use platform::clock::Clock;
use platform::database::Database;
use platform::database::testing::on_each_database;
use platform::ids::RandomSource;
use platform::results::{KEPT_MS, Pictures, ResultService, SqlResults};
use platform::swaps::SwapOutcome;
use tempfile::TempDir;

#[derive(Default)]
struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

#[derive(Default)]
struct Counter(AtomicU64);

impl RandomSource for Counter {
    fn bits_128(&self) -> u128 {
        self.0.fetch_add(1, Ordering::SeqCst).into()
    }
}

struct Fixture {
    service: ResultService,
    clock: Arc<TestClock>,
    folder: TempDir,
}

fn fixture(database: &Database) -> Fixture {
    let folder = TempDir::new().unwrap();
    let clock = Arc::new(TestClock::default());
    let service = service(database, &folder.path().join("results"), clock.clone());
    Fixture { service, clock, folder }
}

fn service(database: &Database, folder: &Path, clock: Arc<TestClock>) -> ResultService {
    let repository = Arc::new(SqlResults::new(database.clone()));
    ResultService::new(repository, Pictures::open(folder).unwrap(), clock, Arc::new(Counter::default()))
}

impl Fixture {
    fn files(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("results")).unwrap().count()
    }
}

fn outcome(bytes: &[u8]) -> SwapOutcome {
    SwapOutcome { bytes: bytes.into(), format: OutputFormat::Jpeg, width: 4, height: 3, faces: 2 }
}

#[tokio::test]
async fn a_kept_result_is_found_with_its_picture() {
    on_each_database(async |database| {
        let f = fixture(&database);
        let kept = f.service.keep(&outcome(b"picture")).await.unwrap();
        assert_eq!((kept.faces, kept.width, kept.height, kept.expires_at_ms), (2, 4, 3, KEPT_MS));
        assert_eq!(f.service.find(kept.id).await.unwrap(), Some(kept.clone()));
        assert_eq!(f.service.picture(kept.id).await.unwrap().as_deref(), Some(&b"picture"[..]));
    })
    .await;
}

#[tokio::test]
async fn an_expired_result_is_gone_at_once_and_swept_later() {
    on_each_database(async |database| {
        let f = fixture(&database);
        let old = f.service.keep(&outcome(b"old")).await.unwrap();
        f.clock.0.store(KEPT_MS / 2, Ordering::SeqCst);
        let young = f.service.keep(&outcome(b"young")).await.unwrap();
        f.clock.0.store(KEPT_MS, Ordering::SeqCst);
        assert_eq!(f.service.find(old.id).await.unwrap(), None);
        assert_eq!(f.service.picture(old.id).await.unwrap(), None);
        assert_eq!(f.files(), 2);
        assert_eq!(f.service.sweep().await.unwrap(), 1);
        assert_eq!(f.files(), 1);
        assert!(f.service.find(young.id).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn removing_leaves_nothing_and_says_whether_there_was_something() {
    on_each_database(async |database| {
        let f = fixture(&database);
        let kept = f.service.keep(&outcome(b"picture")).await.unwrap();
        assert!(f.service.remove(kept.id).await.unwrap());
        assert!(!f.service.remove(kept.id).await.unwrap());
        assert_eq!(f.service.find(kept.id).await.unwrap(), None);
        assert_eq!(f.files(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_failed_insert_leaves_no_picture() {
    on_each_database(async |database| {
        let f = fixture(&database);
        let first = f.service.keep(&outcome(b"first")).await.unwrap();
        let others = f.folder.path().join("others");
        let clash = service(&database, &others, f.clock.clone());
        assert!(clash.keep(&outcome(b"second")).await.is_err());
        assert_eq!(std::fs::read_dir(others).unwrap().count(), 0);
        assert_eq!(f.service.picture(first.id).await.unwrap().as_deref(), Some(&b"first"[..]));
    })
    .await;
}

#[tokio::test]
async fn an_unknown_result_is_none() {
    on_each_database(async |database| {
        let f = fixture(&database);
        assert_eq!(f.service.find(ResultId::from_random(77)).await.unwrap(), None);
    })
    .await;
}
