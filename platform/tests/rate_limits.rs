//! Buckets in memory, on SQLite and on PostgreSQL: one suite, the same answers to the millisecond.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use platform::clock::Clock;
use platform::database::testing::on_each_database;
use platform::rate_limits::{Buckets, Charge, MemoryBuckets, Quota, RateLimits, SqlBuckets, Standing};

/// Moments of a later age, as a real clock gives them.
const NOON_MS: i64 = 1_795_262_400_000;

struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Runs one test body on each kind of store.
async fn on_each_store(test: impl AsyncFn(Arc<dyn Buckets>)) {
    test(Arc::new(MemoryBuckets::default())).await;
    on_each_database(async |database| test(Arc::new(SqlBuckets::new(database.clone()))).await).await;
}

#[tokio::test]
async fn a_bucket_empties_and_fills_with_time() {
    on_each_store(async |buckets| {
        let quota = Quota::new(3, 1000);
        let take = async |cost, at_ms: i64| buckets.take("a", quota, cost, NOON_MS + at_ms).await.unwrap();
        assert_eq!(take(2, 0).await, standing(true, 1, 0, 2000));
        assert_eq!(take(2, 0).await, standing(false, 1, 1000, 2000));
        assert_eq!(take(2, 999).await, standing(false, 1, 1, 1001));
        assert_eq!(take(2, 1000).await, standing(true, 0, 0, 3000));
        assert_eq!(take(1, 1001).await, standing(false, 0, 999, 2999));
        assert_eq!(take(9, 60_000).await, standing(true, 0, 0, 3000), "more than all is all");
        let other = buckets.take("b", quota, 1, NOON_MS + 60_000).await.unwrap();
        assert_eq!(other, standing(true, 2, 0, 1000), "another bucket is full");
    })
    .await;
}

const fn standing(taken: bool, remaining: u32, retry_after_ms: i64, full_after_ms: i64) -> Standing {
    Standing { taken, remaining, retry_after_ms, full_after_ms }
}

#[tokio::test]
async fn a_clock_that_goes_back_gives_nothing_away() {
    on_each_store(async |buckets| {
        let quota = Quota::new(2, 1000);
        for at_ms in [5000, 5000] {
            assert!(buckets.take("a", quota, 1, NOON_MS + at_ms).await.unwrap().taken);
        }
        let earlier = buckets.take("a", quota, 1, NOON_MS).await.unwrap();
        assert_eq!((earlier.taken, earlier.remaining), (false, 0));
    })
    .await;
}

#[tokio::test]
async fn of_a_hundred_at_once_as_many_pass_as_there_are_tokens() {
    on_each_store(async |buckets| {
        let tasks: Vec<_> = (0..100)
            .map(|_| {
                let buckets = Arc::clone(&buckets);
                tokio::spawn(async move {
                    buckets.take("a", Quota::new(10, 60_000), 1, NOON_MS).await.unwrap().taken
                })
            })
            .collect();
        let mut passed = 0;
        for task in tasks {
            passed += u32::from(task.await.unwrap());
        }
        assert_eq!(passed, 10);
    })
    .await;
}

#[tokio::test]
async fn full_buckets_are_forgotten_and_others_are_not() {
    on_each_store(async |buckets| {
        let quota = Quota::new(2, 1000);
        buckets.take("soon full", quota, 1, NOON_MS).await.unwrap();
        buckets.take("empty", quota, 2, NOON_MS).await.unwrap();
        assert_eq!(buckets.sweep(NOON_MS + 1000).await.unwrap(), 1);
        assert_eq!(
            buckets.take("empty", quota, 2, NOON_MS + 1000).await.unwrap(),
            standing(false, 1, 1000, 1000)
        );
    })
    .await;
}

#[tokio::test]
async fn stores_agree_on_whatever_happens() {
    let memory = MemoryBuckets::default();
    let mut expected = Vec::new();
    for step in steps(400) {
        expected.push(step.on(&memory).await);
    }
    assert!(expected.iter().flatten().any(|s| s.taken) && expected.iter().flatten().any(|s| !s.taken));
    on_each_database(async |database| {
        let sql = SqlBuckets::new(database.clone());
        for (at, (step, expected)) in steps(400).zip(&expected).enumerate() {
            assert_eq!(step.on(&sql).await, *expected, "step {at}: {step:?}");
        }
    })
    .await;
}

/// One thing that happens to a store.
#[derive(Debug)]
enum Step {
    Take { bucket: String, quota: Quota, cost: u32, now_ms: i64 },
    Sweep { now_ms: i64 },
}

impl Step {
    async fn on(&self, buckets: &dyn Buckets) -> Option<Standing> {
        match self {
            Self::Take { bucket, quota, cost, now_ms } => {
                Some(buckets.take(bucket, *quota, *cost, *now_ms).await.unwrap())
            }
            Self::Sweep { now_ms } => {
                buckets.sweep(*now_ms).await.unwrap();
                None
            }
        }
    }
}

/// Many things that happen, in an order that is odd but always the same: few buckets, uneven steps of time, now and then
/// back, and quotas that change under way as a new release would change them.
fn steps(count: usize) -> impl Iterator<Item = Step> {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut below = move |limit: u64| {
        // xorshift64*, Vigna 2016.
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d) % limit
    };
    let mut now_ms = NOON_MS;
    (0..count).map(move |_| {
        now_ms += i64::try_from(below(900)).unwrap() - 100;
        if below(20) == 0 {
            return Step::Sweep { now_ms };
        }
        let quota = Quota::new(u32::try_from(1 + below(6)).unwrap(), [1, 7, 250, 1000][below(4) as usize]);
        Step::Take { bucket: below(5).to_string(), quota, cost: u32::try_from(below(8)).unwrap(), now_ms }
    })
}

#[tokio::test]
async fn a_request_pays_up_to_the_first_bucket_that_cannot() {
    let clock = Arc::new(SetClock(AtomicI64::new(NOON_MS)));
    let limits = RateLimits::new(Arc::new(MemoryBuckets::default()), clock.clone(), 1.0);
    let charge =
        |bucket: &str, burst| Charge { bucket: bucket.into(), quota: Quota::new(burst, 1000), cost: 1 };
    let charges = [charge("wide", 5), charge("narrow", 1), charge("never asked", 1)];
    let taken = async || {
        let standings = limits.take(&charges).await.unwrap();
        standings.iter().map(|(_, standing)| standing.taken).collect::<Vec<_>>()
    };
    assert_eq!(taken().await, [true, true, true]);
    assert_eq!(taken().await, [true, false]);
    clock.0.fetch_add(1000, Ordering::SeqCst);
    assert_eq!(taken().await, [true, true, true]);
    assert_eq!(limits.sweep().await.unwrap(), 0);
}
