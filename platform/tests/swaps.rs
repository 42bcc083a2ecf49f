//! The queue in front of the engine has an end.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::path::Path;
use std::sync::Arc;

use contract::ErrorCode;
use contract::swaps::{OutputFormat, SwapOptions};
use engine::{Engine, ModelFiles};
use futures_util::future::join_all;
use platform::swaps::{SwapRequest, SwapService};

fn engine() -> Engine {
    // Cargo runs tests in their package's folder.
    let folder = Path::new("../assets/models");
    let files = ModelFiles::read(|name| std::fs::read(folder.join(name)));
    Engine::load(&files.expect("run `cargo xtask models` first"), &engine::cpu()).unwrap()
}

fn nonsense() -> SwapRequest {
    SwapRequest {
        source: b"no photo".into(),
        target: b"no photo".into(),
        options: SwapOptions::default(),
        format: OutputFormat::Jpeg,
    }
}

#[tokio::test]
async fn those_beyond_the_queue_are_sent_away_and_the_places_come_back() {
    let service = SwapService::new(Arc::new(engine()), 1);
    for _ in 0..2 {
        let answers = join_all((0..12).map(|_| service.swap(nonsense()))).await;
        let codes: Vec<ErrorCode> = answers.into_iter().map(|answer| answer.unwrap_err().code).collect();
        let count = |code| codes.iter().filter(|&&known| known == code).count();
        assert_eq!((count(ErrorCode::PhotoNotAnImage), count(ErrorCode::Busy)), (5, 7));
    }
}
