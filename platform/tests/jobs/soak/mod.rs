//! Nodes are killed without warning (`kill -9`) at random moments, again and again, while jobs are asked for, done,
//! cancelled and retried. Nothing may be lost, done twice or left behind.
//!
//! The nodes are processes: this very program, started once more for the one test [`node::node`]. What they are told is
//! in their environment. The short form runs with the other tests, in a time that goes five times as fast; the long one is
//! `cargo xtask soak`, in real time.

mod client;
mod load;
mod node;
mod verdict;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use contract::users::UserId;
use platform::auth::Principal;
use platform::clock::Clock;
use platform::credits::CreditService;
use platform::database::testing::TestDatabase;
use platform::database::{Database, DatabaseKind};
use platform::ids::RandomSource;
use platform::jobs::{JobConfig, JobService};
use platform::media::{MediaConfig, MediaPorts, MediaService, Store};
use platform::sealing::InstanceSecret;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use super::house::{accounts, services};

/// The one kind of job, and its price.
const KIND: &str = "soak";
const PRICE: i64 = 1;

/// How much is done to whom.
#[derive(Clone, Copy, Debug)]
struct Plan {
    database: DatabaseKind,
    nodes: usize,
    kills: usize,
    /// How many times as fast as ours the nodes' time goes.
    speed: i64,
}

/// Where a process of the soak is: what the environment of a node holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Place {
    url: String,
    folder: PathBuf,
    name: String,
    speed: i64,
    /// When it began, in milliseconds since 1970: then both times were the same.
    began_ms: i64,
    /// How far this process is ahead of the others, in milliseconds.
    ahead_ms: i64,
}

/// A time that goes faster.
struct FastClock(Place);

impl Clock for FastClock {
    fn now_ms(&self) -> i64 {
        let Place { speed, began_ms, ahead_ms, .. } = self.0;
        began_ms + (real_ms() - began_ms) * speed + ahead_ms
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "processes that are killed have only the machine's time in common"
)]
fn real_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// The machine's randomness.
struct Chance;

impl RandomSource for Chance {
    fn bits_128(&self) -> u128 {
        let mut bytes = [0; 16];
        aws_lc_rs::rand::fill(&mut bytes).unwrap();
        u128::from_le_bytes(bytes)
    }
}

/// A number below `end`.
fn below(end: u64) -> u64 {
    u64::try_from(Chance.bits_128() % u128::from(end)).unwrap()
}

/// A pause of up to so many milliseconds: the moment of a blow is what a soak is about.
async fn a_while(up_to_ms: u64) {
    tokio::time::sleep(Duration::from_millis(below(up_to_ms))).await;
}

/// What every process of the soak works with.
struct Workplace {
    database: Database,
    clock: Arc<dyn Clock>,
    jobs: JobService,
    credits: CreditService,
    media: MediaService,
    auth: platform::auth::AuthService,
}

impl Workplace {
    async fn open(place: &Place) -> Self {
        let database = Database::open(&place.url).await.unwrap();
        let (clock, random): (Arc<dyn Clock>, Arc<dyn RandomSource>) =
            (Arc::new(FastClock(place.clone())), Arc::new(Chance));
        let auth = accounts(&database, &clock, &random);
        let config = JobConfig { prices: [(KIND.to_owned(), PRICE)].into(), max_attempts: 10 };
        let (_, credits, jobs) = services(&database, &clock, &random, &auth, config);
        let ports = MediaPorts {
            database: database.clone(),
            store: Store::in_folder(&place.folder.join("store")).unwrap(),
            secret: InstanceSecret::new(&[7; 32]),
            clock: clock.clone(),
            random,
            safety: None,
        };
        let media = MediaService::new(MediaConfig::new(place.folder.join("incoming")), ports);
        Self { database, clock, jobs, credits, media, auth }
    }
}

/// Somebody who asks for jobs, and what they had at the start.
#[derive(Clone)]
struct Owner {
    principal: Principal,
    credits: i64,
}

impl Owner {
    fn id(&self) -> UserId {
        self.principal.user
    }
}

async fn soak(plan: Plan) {
    let (database, folder) = (TestDatabase::migrated(plan.database).await, TempDir::new().unwrap());
    let place = Place {
        url: database.url().to_owned(),
        folder: folder.path().to_owned(),
        name: "client".into(),
        speed: plan.speed,
        began_ms: real_ms(),
        ahead_ms: 0,
    };
    let here = Arc::new(Workplace::open(&place).await);
    let owners = load::owners(&here).await;
    let client = client::Client::start(here.clone(), &owners);
    let blows = load::run(&plan, &place, &here, &owners).await;
    let heard = client.heard().await;
    let after = Place { ahead_ms: 2 * 60 * 60 * 1000, ..place.clone() };
    let verdict = verdict::of(&Workplace::open(&after).await, &owners, &heard, &blows).await;
    println!("{} nodes on {}, {} kills: {verdict}", plan.nodes, plan.database.name(), blows.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_are_killed_lose_nothing() {
    let short = |database, nodes| soak(Plan { database, nodes, kills: 8, speed: 5 });
    tokio::join!(short(DatabaseKind::Sqlite, 1), short(DatabaseKind::Postgres, 2));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "some minutes: `cargo xtask soak`"]
async fn two_hundred_times() {
    let kills = std::env::var("MOG_SOAK_KILLS").ok().map_or(200, |kills| kills.parse().unwrap());
    let long = |database, nodes| soak(Plan { database, nodes, kills, speed: 1 });
    tokio::join!(long(DatabaseKind::Sqlite, 1), long(DatabaseKind::Postgres, 2));
}
