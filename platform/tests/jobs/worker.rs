//! Workers: what they do at once, what they hold meanwhile, and how they stop.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use contract::ErrorCode;
use contract::jobs::{JobId, JobState};
use platform::auth::Principal;
use platform::database::Database;
use platform::jobs::{
    Attempt, Effect, EffectError, Handler, JobFailure, JobService, Limits, Outcome, Signals, Worker,
};
use serde_json::json;
use sqlx::AnyConnection;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

use super::house::{FREE, House, KIND, on_each, order};

/// Works until it is let go, and counts who is at it.
struct Gate {
    kind: &'static str,
    inside: Semaphore,
    let_go: Semaphore,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
}

impl Gate {
    fn new(kind: &'static str) -> Arc<Self> {
        Arc::new(Self {
            kind,
            inside: Semaphore::new(0),
            let_go: Semaphore::new(0),
            at_once: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
        })
    }

    /// Waits until so many have come in since the last time.
    async fn entered(&self, many: u32) {
        self.inside.acquire_many(many).await.unwrap().forget();
    }
}

#[async_trait]
impl Handler for Gate {
    fn kind(&self) -> &'static str {
        self.kind
    }

    async fn run(&self, attempt: &Attempt) -> Result<Outcome, JobFailure> {
        let now = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(now, Ordering::SeqCst);
        self.inside.add_permits(1);
        let outcome = tokio::select! {
            permit = self.let_go.acquire() => {
                permit.unwrap().forget();
                Ok(Outcome::of(json!({})))
            }
            () = attempt.stopped() => Err(JobFailure::Stopped),
        };
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        outcome
    }
}

/// How one attempt ends.
type Ending = fn() -> Result<Outcome, JobFailure>;

/// Does as it is told by the job's number of attempts.
struct Trouble(Mutex<Vec<Ending>>);

#[async_trait]
impl Handler for Trouble {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, attempt: &Attempt) -> Result<Outcome, JobFailure> {
        attempt.progress(50).await?;
        let next = self.0.lock().unwrap().pop();
        next.map_or(Err(JobFailure::Passing(ErrorCode::Busy)), |next| next())
    }
}

fn limits(at_once: usize) -> Limits {
    Limits {
        by_device: BTreeMap::from([("cpu".into(), at_once)]),
        look_every: Duration::from_millis(20),
        heartbeat: Duration::from_millis(20),
        ..Limits::default()
    }
}

/// A worker at work, and how to stop it.
struct Running {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    fn start(worker: Worker) -> Self {
        let stop = watch::Sender::new(false);
        let task = tokio::spawn(worker.run(stop.subscribe()));
        Self { stop, task }
    }

    async fn end(self) {
        self.stop.send_replace(true);
        self.task.await.unwrap();
    }
}

async fn until_state(house: &House, person: &Principal, id: JobId, state: JobState) {
    let mut events = house.jobs.queue().signals().events();
    while house.view(person, id).await.state != state {
        // Whoever tells is in this process; on PostgreSQL another node's signal is not needed for it.
        let _ = tokio::time::timeout(Duration::from_millis(20), events.recv()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_long_jobs_leave_a_pool_of_five_connections_free() {
    on_each(async |house| {
        let database = Database::open_with_connections(house.database.url(), 5).await.unwrap();
        let jobs: JobService = house.node(&database);
        let ada = house.person("ada", 0).await;
        for _ in 0..50 {
            jobs.submit(&ada, order(FREE)).await.unwrap();
        }
        let gate = Gate::new(FREE);
        let worker = Worker::new("one".into(), jobs.clone(), limits(50)).with(gate.clone(), "cpu");
        let running = Running::start(worker);
        gate.entered(50).await;
        // All fifty compute. The heartbeats come and go; nobody keeps a connection.
        for _ in 0..20 {
            let mut held = Vec::new();
            for _ in 0..5 {
                held.push(database.reader().acquire().await.unwrap());
            }
        }
        jobs.find(&ada, jobs.list(&ada, &Default::default()).await.unwrap().items[0].id).await.unwrap();
        gate.let_go.add_permits(50);
        running.end().await;
        let left = jobs.queue().depth().await.unwrap();
        assert!(left.is_empty(), "{left:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_and_devices_have_room_for_so_many_and_no_more() {
    on_each(async |house| {
        let ada = house.person("ada", 10).await;
        for _ in 0..6 {
            house.jobs.submit(&ada, order(FREE)).await.unwrap();
            house.jobs.submit(&ada, order(KIND)).await.unwrap();
        }
        let (free, paid) = (Gate::new(FREE), Gate::new(KIND));
        let limits = Limits { by_kind: BTreeMap::from([(FREE.to_owned(), 1)]), ..limits(3) };
        let worker = Worker::new("one".into(), house.jobs.clone(), limits)
            .with(free.clone(), "cpu")
            .with(paid.clone(), "cpu");
        let running = Running::start(worker);
        for round in 1..=12 {
            // As soon as one is let go, the next comes in.
            let entered = async {
                tokio::select! { () = free.entered(1) => {}, () = paid.entered(1) => {} }
            };
            entered.await;
            if round > 2 {
                let gate = if free.at_once.load(Ordering::SeqCst) > 0 { &free } else { &paid };
                gate.let_go.add_permits(1);
            }
        }
        free.let_go.add_permits(6);
        paid.let_go.add_permits(6);
        running.end().await;
        let most = |gate: &Gate| gate.most_at_once.load(Ordering::SeqCst);
        assert_eq!(most(&free), 1);
        assert!(most(&paid) <= 3 && most(&paid) >= 2, "{}", most(&paid));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_job_stops_when_its_owner_asks() {
    on_each(async |house| {
        let ada = house.person("ada", 1).await;
        let id = house.submit(&ada).await;
        let gate = Gate::new(KIND);
        // No heartbeat would come in time: the signal does.
        let limits = Limits { heartbeat: Duration::from_secs(3600), ..limits(1) };
        let worker = Worker::new("one".into(), house.jobs.clone(), limits).with(gate.clone(), "cpu");
        let running = Running::start(worker);
        gate.entered(1).await;
        house.jobs.cancel(&ada, id).await.unwrap();
        until_state(&house, &ada, id, JobState::Cancelled).await;
        assert_eq!(house.has(&ada).await, (1, 0));
        running.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_an_attempt_that_failed() {
    on_each(async |house| {
        let ada = house.person("ada", 1).await;
        let id = house.submit(&ada).await;
        let steps: Vec<fn() -> Result<Outcome, JobFailure>> =
            vec![|| Ok(Outcome::of(json!({ "third": true }))), || panic!("on purpose"), || {
                Err(JobFailure::Passing(ErrorCode::Busy))
            }];
        let trouble = Arc::new(Trouble(Mutex::new(steps)));
        let worker = Worker::new("one".into(), house.jobs.clone(), limits(1)).with(trouble, "cpu");
        let running = Running::start(worker);
        for _ in 0..2 {
            until_state(&house, &ada, id, JobState::Queued).await;
            while house.view(&ada, id).await.attempts == 0 {
                tokio::task::yield_now().await;
            }
            house.pass(60_000);
        }
        let ends = async {
            while !house.view(&ada, id).await.state.is_end() {
                house.pass(1_000);
                tokio::task::yield_now().await;
            }
        };
        ends.await;
        running.end().await;
        let job = house.view(&ada, id).await;
        assert_eq!((job.state, job.output), (JobState::Succeeded, Some(json!({ "third": true }))));
        house.told(&ada, id).await;
        house.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_told_to_stop_finishes_what_it_has_and_takes_no_more() {
    on_each(async |house| {
        let ada = house.person("ada", 2).await;
        let first = house.submit(&ada).await;
        house.pass(1);
        let second = house.submit(&ada).await;
        let gate = Gate::new(KIND);
        let worker = Worker::new("one".into(), house.jobs.clone(), limits(1)).with(gate.clone(), "cpu");
        let running = Running::start(worker);
        gate.entered(1).await;
        running.stop.send_replace(true);
        gate.let_go.add_permits(2);
        running.end().await;
        assert_eq!(house.view(&ada, first).await.state, JobState::Succeeded);
        assert_eq!(house.view(&ada, second).await.state, JobState::Queued);
    })
    .await;
}

/// Writes a row that is there already, as a fault in a handler would.
struct Clash;

#[async_trait]
impl Effect for Clash {
    async fn write(&self, connection: &mut AnyConnection) -> Result<(), EffectError> {
        for _ in 0..2 {
            let row = sqlx::query("INSERT INTO results VALUES ('same', 1, 2, 3, 4, 5)");
            row.execute(&mut *connection).await?;
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_job_ends_with_what_it_made_or_not_at_all() {
    on_each(async |house| {
        let ada = house.person("ada", 1).await;
        let id = house.submit(&ada).await;
        let claim = house.claim().await.unwrap();
        let outcome = Outcome { effect: Box::new(Clash), ..Outcome::of(json!({})) };
        house.jobs.finish(&claim, Ok(outcome)).await.unwrap_err();
        assert_eq!(house.view(&ada, id).await.state, JobState::Running, "its lease will end");
        assert_eq!(house.has(&ada).await, (0, 1));
        let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM results")
            .fetch_one(house.database.reader())
            .await
            .unwrap();
        assert_eq!(rows, 0);
    })
    .await;
}

#[tokio::test]
async fn another_process_is_woken_through_postgresql() {
    on_each(async |house| {
        let ada = house.person("ada", 1).await;
        if house.database.kind() == platform::database::DatabaseKind::Sqlite {
            return;
        }
        let other = Signals::default();
        let (mut events, relay) = (other.events(), other.clone());
        let database = (*house.database).clone();
        let relayed = tokio::spawn(async move { relay.relay(&database).await });
        // Until the ear is there, what is said is lost; so it is said until it is heard.
        let heard = async {
            loop {
                let id = house.submit(&ada).await;
                house.jobs.cancel(&ada, id).await.unwrap();
                if let Ok(Ok(owner)) = tokio::time::timeout(Duration::from_millis(50), events.recv()).await {
                    return owner;
                }
            }
        };
        assert_eq!(heard.await, ada.user);
        relayed.abort();
    })
    .await;
}
