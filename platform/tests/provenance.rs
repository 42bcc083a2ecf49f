//! The identity that signs pictures: made once, kept sealed, the same for every node.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contract::swaps::{LabelOptions, OutputFormat};
use engine::codec::{Limits, decode};
use engine::photo::Photo;
use engine::watermark::detect;
use platform::clock::Clock;
use platform::database::DatabaseKind;
use platform::database::testing::TestDatabase;
use platform::ids::RandomSource;
use platform::provenance::{Origin, ProvenanceError, ProvenanceService};
use platform::sealing::{InstanceSecret, SECRET_BYTES};
use provenance::{Standing, read};
use studio::Swapped;

struct SetClock;

impl Clock for SetClock {
    fn now_ms(&self) -> i64 {
        1_790_000_000_000
    }
}

struct Counter(AtomicU64);

impl RandomSource for Counter {
    fn bits_128(&self) -> u128 {
        u128::from(self.0.fetch_add(1, Ordering::Relaxed)) << 64 | 7
    }
}

async fn open(database: &TestDatabase, secret: u8, first: u64) -> Result<ProvenanceService, ProvenanceError> {
    let secret = InstanceSecret::new(&[secret; SECRET_BYTES]);
    let (clock, random) = (Arc::new(SetClock), Counter(AtomicU64::new(first)));
    ProvenanceService::open(database, &secret, "mog.example", clock, &random).await
}

fn swapped() -> Swapped {
    let rgba = (0..400 * 300 * 4).map(|i| (i / 4 % 400 / 2) as u8).collect();
    Swapped { photo: Photo::from_rgba(400, 300, rgba).unwrap(), faces: 1 }
}

fn marked(service: &ProvenanceService, format: OutputFormat, target: &[u8]) -> Vec<u8> {
    let origin = Origin { id: 0xFACE, label: LabelOptions::default(), sources: &[b"no picture"], target };
    service.mark(swapped(), format, &origin).unwrap()
}

#[tokio::test]
async fn a_picture_that_leaves_says_it_for_the_eye_the_reader_and_the_notary() {
    let database = TestDatabase::migrated(DatabaseKind::Sqlite).await;
    let service = open(&database, 1, 1).await.unwrap();
    for format in [OutputFormat::Jpeg, OutputFormat::Png] {
        let first = marked(&service, format, b"");
        let second = marked(&service, format, &first);
        let photo = decode(&second, &Limits::default()).unwrap();
        assert_eq!(detect(&photo).map(|found| found.payload), Some(0xFACE));
        let reading = read(&second).unwrap();
        assert_eq!((reading.standing, reading.mark), (Standing::Valid, Some(0xFACE)), "{reading:?}");
        assert_eq!(reading.signer.as_deref(), Some("mog.example"));
        assert_eq!(reading.ingredients, [("target".to_owned(), true)], "what came in is kept");
    }
}

#[tokio::test]
async fn the_identity_is_made_once_and_needs_the_secret() {
    let database = TestDatabase::migrated(DatabaseKind::Sqlite).await;
    open(&database, 1, 1).await.unwrap();
    let sealed = || async {
        let query = sqlx::query_scalar::<_, Vec<u8>>("SELECT sealed_seed FROM provenance_identities");
        query.fetch_all(database.reader()).await.unwrap()
    };
    let before = sealed().await;
    open(&database, 1, 50).await.unwrap();
    assert_eq!((before.len(), sealed().await), (1, before));
    assert!(matches!(open(&database, 2, 1).await, Err(ProvenanceError::Sealing(_))));
}
