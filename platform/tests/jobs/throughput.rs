//! How many jobs a second the queue alone bears: enqueued one by one, claimed in batches, ended one by one. Measured by
//! hand: `cargo test --release --package platform --test jobs throughput -- --ignored --nocapture`.

use std::time::Instant;

use futures_util::future::join_all;
use platform::jobs::Outcome;
use serde_json::json;

use super::house::{FREE, House, new_job, on_each};

const JOBS: usize = 4_000;

/// Workers at once, and how many jobs each takes at a time.
const WORKERS: usize = 4;
const BATCH: usize = 25;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: see the command above"]
async fn throughput() {
    on_each(async |house| {
        let owner = house.person("ada", 0).await.user;
        let started = now();
        let each = (0..WORKERS).map(|_| {
            let queue = house.queue().clone();
            tokio::spawn(async move {
                for _ in 0..JOBS / WORKERS {
                    let mut transaction = queue.database().begin().await.unwrap();
                    queue.enqueue(&mut transaction, &new_job(owner)).await.unwrap();
                    transaction.commit().await.unwrap();
                }
            })
        });
        join_all(each).await;
        let enqueued = per_second(started);
        let started = now();
        let each = (0..WORKERS).map(|_| tokio::spawn(work(house.jobs.clone())));
        let done: usize = join_all(each).await.into_iter().map(Result::unwrap).sum();
        assert_eq!(done, JOBS);
        let name = house.database.kind().name();
        println!("{name}: {enqueued:.0} enqueued/s, {:.0} claimed and ended/s", per_second(started));
        left_nothing(&house).await;
    })
    .await;
}

async fn work(jobs: platform::jobs::JobService) -> usize {
    let (kinds, mut done) = ([FREE.to_owned()], 0);
    loop {
        let claims = jobs.queue().claim("one of some", &kinds, BATCH).await.unwrap();
        if claims.is_empty() {
            return done;
        }
        for claim in claims {
            jobs.finish(&claim, Ok(Outcome::of(json!({})))).await.unwrap();
            done += 1;
        }
    }
}

async fn left_nothing(house: &House) {
    assert!(house.queue().depth().await.unwrap().is_empty());
}

#[allow(clippy::disallowed_methods, reason = "it measures")]
fn now() -> Instant {
    Instant::now()
}

fn per_second(since: Instant) -> f64 {
    JOBS as f64 / now().duration_since(since).as_secs_f64()
}
