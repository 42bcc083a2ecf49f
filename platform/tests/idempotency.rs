//! Idempotency keys on both databases, down to what happens when a server dies.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use contract::fields::Secret;
use contract::users::UserId;
use platform::clock::Clock;
use platform::database::Database;
use platform::database::testing::on_each_database;
use platform::idempotency::{
    Claim, IdempotencyService, KEPT_MS, LEASE_MS, Request, SqlIdempotency, StoredAnswer, Verdict,
};
use platform::ids::RandomSource;
use platform::sealing::{InstanceSecret, SECRET_BYTES};

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

fn service(database: &Database, clock: &Arc<TestClock>) -> IdempotencyService {
    let sealer = InstanceSecret::new(&[7; SECRET_BYTES]).sealer("idempotent answers").unwrap();
    let repository = Arc::new(SqlIdempotency::new(database.clone()));
    IdempotencyService::new(repository, sealer, clock.clone(), Arc::new(Counter::default()))
}

fn request(body: u8) -> Request {
    Request { account: UserId::new(0, 1), route: "POST /things".into(), key: "one".into(), hash: vec![body] }
}

fn answer(body: &str) -> StoredAnswer {
    StoredAnswer { status: 201, headers: vec![("location".into(), "/1".into())], body: Secret::new(body) }
}

async fn claimed(service: &IdempotencyService) -> Claim {
    match service.begin(request(1)).await.unwrap() {
        Verdict::CarryOut(claim) => claim,
        other => panic!("not to be carried out: {other:?}"),
    }
}

#[tokio::test]
async fn the_first_answer_is_given_until_it_is_forgotten() {
    on_each_database(async |database| {
        let clock = Arc::new(TestClock::default());
        let service = service(&database, &clock);
        let claim = claimed(&service).await;
        assert_eq!(service.begin(request(1)).await.unwrap(), Verdict::InFlight);
        service.finish(&claim, &answer("a")).await.unwrap();
        assert_eq!(service.begin(request(1)).await.unwrap(), Verdict::Answered(answer("a")));
        assert_eq!(service.begin(request(2)).await.unwrap(), Verdict::Mismatch);
        clock.0.store(KEPT_MS, Ordering::SeqCst);
        claimed(&service).await;
    })
    .await;
}

#[tokio::test]
async fn a_refused_request_frees_its_key() {
    on_each_database(async |database| {
        let service = service(&database, &Arc::new(TestClock::default()));
        let claim = claimed(&service).await;
        service.release(&claim).await.unwrap();
        claimed(&service).await;
    })
    .await;
}

#[tokio::test]
async fn a_server_that_died_is_waited_for_and_one_that_was_slow_changes_nothing() {
    on_each_database(async |database| {
        let clock = Arc::new(TestClock::default());
        let service = service(&database, &clock);
        let slow = claimed(&service).await;
        clock.0.store(LEASE_MS, Ordering::SeqCst);
        assert_eq!(service.begin(request(1)).await.unwrap(), Verdict::InFlight);
        clock.0.store(LEASE_MS + 1, Ordering::SeqCst);
        let second = claimed(&service).await;
        service.finish(&slow, &answer("slow")).await.unwrap();
        assert_eq!(service.begin(request(1)).await.unwrap(), Verdict::InFlight);
        service.finish(&second, &answer("second")).await.unwrap();
        service.release(&slow).await.unwrap();
        assert_eq!(service.begin(request(1)).await.unwrap(), Verdict::Answered(answer("second")));
    })
    .await;
}

#[tokio::test]
async fn of_many_at_once_one_is_carried_out() {
    on_each_database(async |database| {
        let service = service(&database, &Arc::new(TestClock::default()));
        let all = (0..16).map(|_| service.begin(request(1)));
        let verdicts = futures_util::future::join_all(all).await;
        let carried_out = verdicts.iter().filter(|v| matches!(v, Ok(Verdict::CarryOut(_)))).count();
        let in_flight = verdicts.iter().filter(|v| matches!(v, Ok(Verdict::InFlight))).count();
        assert_eq!((carried_out, in_flight), (1, 15), "{verdicts:?}");
    })
    .await;
}
