//! The queue in front of the engine has an end.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contract::ErrorCode;
use contract::swaps::{OutputFormat, SwapOptions};
use engine::{Engine, ModelFiles};
use futures_util::future::join_all;
use platform::clock::Clock;
use platform::ids::RandomSource;
use platform::provenance::ProvenanceService;
use platform::swaps::{SwapRequest, SwapService};

fn engine() -> Engine {
    // Cargo runs tests in their package's folder.
    let folder = Path::new("../assets/models");
    let files = ModelFiles::read(|name| std::fs::read(folder.join(name)));
    Engine::load(&files.expect("run `cargo xtask models` first"), &engine::cpu()).unwrap()
}

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

fn provenance() -> ProvenanceService {
    ProvenanceService::passing("a test", Arc::new(SetClock), &Counter(AtomicU64::new(1))).unwrap()
}

/// Two of the samples: work that lasts longer than it takes to ask twelve times.
fn request() -> SwapRequest {
    let mut samples: Vec<_> =
        std::fs::read_dir("../assets/samples").unwrap().map(|file| file.unwrap().path()).collect();
    samples.retain(|path| path.extension().is_some_and(|extension| extension == "webp"));
    samples.sort();
    let [source, target] = [0, 1].map(|at: usize| std::fs::read(&samples[at]).unwrap());
    SwapRequest { source, target, options: SwapOptions::default(), format: OutputFormat::Jpeg }
}

#[tokio::test]
async fn those_beyond_the_queue_are_sent_away_and_the_places_come_back() {
    let service = SwapService::new(Arc::new(engine()), provenance(), 1);
    let requests: Vec<SwapRequest> = (0..24).map(|_| request()).collect();
    let mut requests = requests.into_iter();
    for _ in 0..2 {
        let answers = join_all(requests.by_ref().take(12).map(|request| service.swap(request))).await;
        let made = answers.iter().filter(|answer| answer.is_ok()).count();
        let busy = answers.iter().filter_map(|answer| answer.as_ref().err());
        let busy = busy.filter(|failure| failure.code == ErrorCode::Busy).count();
        assert_eq!((made, busy), (5, 7));
    }
}
