//! A queue, a ledger and people, with a clock to set.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use contract::credits::GrantCredits;
use contract::fields::{EmailAddress, NewPassword, Secret};
use contract::jobs::{Happening, JobId, JobView};
use contract::users::{Role, UserId};
use platform::auth::{AuthConfig, AuthPorts, AuthService, HashCost, Principal, Via};
use platform::clock::Clock;
use platform::credits::{Audit, CreditConfig, CreditService, Ledger};
use platform::database::Database;
use platform::database::testing::{TestDatabase, on_each_database};
use platform::ids::RandomSource;
use platform::jobs::{Claim, JobConfig, JobService, NewJob, Order, Queue, Signals};
use platform::mail::Outbox;
use platform::sealing::InstanceSecret;
use platform::users::Profiles;
use serde_json::json;

pub(crate) const KIND: &str = "test";
pub(crate) const FREE: &str = "free";
pub(crate) const PRICE: i64 = 1;

/// 2026-01-01.
const START_MS: i64 = 1_767_225_600_000;

pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Counts, and spreads the count over all bits.
#[derive(Default)]
pub(crate) struct Counter(AtomicU64);

impl RandomSource for Counter {
    fn bits_128(&self) -> u128 {
        let count = u128::from(self.0.fetch_add(1, Ordering::SeqCst)) + 1;
        count.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
    }
}

pub(crate) struct House {
    pub(crate) database: TestDatabase,
    pub(crate) clock: Arc<TestClock>,
    random: Arc<dyn RandomSource>,
    pub(crate) jobs: JobService,
    pub(crate) credits: CreditService,
    pub(crate) ledger: Ledger,
    pub(crate) auth: AuthService,
}

/// Runs a test in a fresh house on each database.
pub(crate) async fn on_each(test: impl AsyncFn(House)) {
    on_each_database(async |database| test(House::new(database)).await).await;
}

impl House {
    fn new(database: TestDatabase) -> Self {
        let clock = Arc::new(TestClock(AtomicI64::new(START_MS)));
        let (time, random): (Arc<dyn Clock>, Arc<dyn RandomSource>) =
            (clock.clone(), Arc::new(Counter::default()));
        let auth = accounts(&database, &time, &random);
        let (ledger, credits, jobs) = services(&database, &time, &random, &auth, config());
        Self { database, clock, random, jobs, credits, ledger, auth }
    }

    /// Another process on the same database, or this one with another pool.
    pub(crate) fn node(&self, database: &Database) -> JobService {
        let clock: Arc<dyn Clock> = self.clock.clone();
        services(database, &clock, &self.random, &self.auth, config()).2
    }

    pub(crate) fn queue(&self) -> &Queue {
        self.jobs.queue()
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Somebody with an account and so many credits.
    pub(crate) async fn person(&self, name: &str, credits: i64) -> Principal {
        let email = EmailAddress::parse(&format!("{name}@example.org")).unwrap();
        let password = NewPassword::parse(Secret::new("otters juggle quiet violins")).unwrap();
        let user = self.auth.create_account(&email, &password, Role::User).await.unwrap();
        if credits > 0 {
            let grant = GrantCredits { user_id: user, amount: credits, note: String::new() };
            self.credits.grant(&admin(), grant, name).await.unwrap();
        }
        Principal { user, role: Role::User, email_verified: false, via: Via::Supabase }
    }

    pub(crate) async fn submit(&self, person: &Principal) -> JobId {
        self.jobs.submit(person, order(KIND)).await.unwrap().0.id
    }

    pub(crate) async fn claim(&self) -> Option<Claim> {
        let kinds = [KIND.to_owned(), FREE.to_owned()];
        self.queue().claim("a worker", &kinds, 1).await.unwrap().pop()
    }

    pub(crate) async fn view(&self, person: &Principal, id: JobId) -> JobView {
        self.jobs.find(person, id).await.unwrap()
    }

    /// What its owner was told, having made sure that the numbers are 1 to n without a gap.
    pub(crate) async fn told(&self, person: &Principal, id: JobId) -> Vec<Happening> {
        let events = self.jobs.events(person, id, 0).await.unwrap();
        let numbers: Vec<u64> = events.iter().map(|event| event.seq).collect();
        let last = self.view(person, id).await.last_seq;
        assert_eq!(numbers, (1..=last).collect::<Vec<_>>(), "the numbers are unbroken");
        events.into_iter().map(|event| event.what).collect()
    }

    /// To spend, and held.
    pub(crate) async fn has(&self, person: &Principal) -> (i64, i64) {
        let balance = self.credits.balance(person).await.unwrap();
        (balance.available, balance.held)
    }

    pub(crate) async fn is_sound(&self) {
        let audit = Audit::of(&self.database).await.unwrap();
        assert!(audit.is_sound(), "{audit:?}");
    }
}

fn config() -> JobConfig {
    JobConfig { prices: BTreeMap::from([(KIND.to_owned(), PRICE)]), max_attempts: 3 }
}

pub(crate) fn order(kind: &'static str) -> Order {
    Order { kind, input: json!({ "n": 1 }), unique_key: None }
}

pub(crate) fn new_job(owner: UserId) -> NewJob {
    NewJob {
        owner,
        kind: FREE.into(),
        priority: 0,
        input: json!({}),
        max_attempts: 3,
        unique_key: None,
        price: 0,
        delay_ms: 0,
    }
}

pub(crate) fn admin() -> Principal {
    Principal {
        user: UserId::new(0, 1),
        role: Role::Admin,
        email_verified: true,
        via: Via::Session(contract::auth::SessionId::new(0, 1)),
    }
}

pub(crate) fn accounts(
    database: &Database,
    clock: &Arc<dyn Clock>,
    random: &Arc<dyn RandomSource>,
) -> AuthService {
    let secret = || InstanceSecret::new(&[7; 32]);
    let cost = HashCost { memory_kib: 8, passes: 1, lanes: 1 };
    let config = AuthConfig { hash_cost: cost, ..AuthConfig::new("https://mog.example", secret(), 2) };
    let url = "https://mog.example".parse().unwrap();
    let outbox = Outbox::new(url, &secret(), clock.clone(), random.clone()).unwrap();
    let profiles = Arc::new(Profiles::new(database.clone()));
    let ports = AuthPorts {
        database: database.clone(),
        clock: clock.clone(),
        random: random.clone(),
        outbox,
        people: profiles.clone(),
        personal_data: vec![profiles],
    };
    AuthService::new(config, ports).unwrap()
}

pub(crate) fn services(
    database: &Database,
    clock: &Arc<dyn Clock>,
    random: &Arc<dyn RandomSource>,
    auth: &AuthService,
    config: JobConfig,
) -> (Ledger, CreditService, JobService) {
    let ledger = Ledger::new(clock.clone(), random.clone());
    let allowance = CreditConfig { monthly_allowance: 10 };
    let credits =
        CreditService::new(database.clone(), ledger.clone(), auth.clone(), clock.clone(), allowance);
    let queue = Queue::new(database.clone(), clock.clone(), random.clone(), Signals::default());
    let jobs = JobService::new(queue, ledger.clone(), credits.clone(), config);
    (ledger, credits, jobs)
}
