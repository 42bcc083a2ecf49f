//! What is asked of the nodes, and the blows that they get.

use std::process::Child;

use contract::credits::GrantCredits;
use contract::fields::{EmailAddress, NewPassword, Secret};
use contract::jobs::JobId;
use contract::paging::PageQuery;
use contract::users::Role;
use platform::auth::{Principal, Via};
use platform::jobs::Order;
use sqlx::Row;

use super::node::{self, Mood, Task};
use super::{KIND, Owner, Place, Plan, Workplace, a_while, below};
use crate::house::admin;

/// Credits at the start: fewer than jobs that they will ask for in a long run.
const CREDITS: i64 = 150;

/// A node that was killed, and what it had at that moment.
pub(super) struct Blow {
    pub(super) at_ms: i64,
    /// Its jobs, and the number of the last event of each.
    pub(super) held: Vec<(JobId, u64)>,
}

pub(super) async fn owners(here: &Workplace) -> Vec<Owner> {
    let mut owners = Vec::new();
    for name in ["ada", "bob", "eve"] {
        let email = EmailAddress::parse(&format!("{name}@example.org")).unwrap();
        let password = NewPassword::parse(Secret::new("otters juggle quiet violins")).unwrap();
        let user = here.auth.create_account(&email, &password, Role::User).await.unwrap();
        let grant = GrantCredits { user_id: user, amount: CREDITS, note: String::new() };
        here.credits.grant(&admin(), grant, name).await.unwrap();
        let principal = Principal { user, role: Role::User, email_verified: false, via: Via::Supabase };
        owners.push(Owner { principal, credits: CREDITS });
    }
    owners
}

/// Asks and kills, and then waits until everything has ended.
pub(super) async fn run(plan: &Plan, place: &Place, here: &Workplace, owners: &[Owner]) -> Vec<Blow> {
    let mut nodes: Vec<Node> = (0..plan.nodes).map(|at| Node::start(place, at)).collect();
    let mut blows = Vec::new();
    while blows.len() < plan.kills {
        for _ in 0..below(3) + 1 {
            ask(here, &owners[index(owners.len())]).await;
        }
        if below(3) == 0 {
            meddle(here, &owners[index(owners.len())]).await;
        }
        let at = index(nodes.len());
        nodes[at].is_up(place).await;
        a_while(700).await;
        blows.push(nodes[at].kill(here).await);
        nodes[at].restart(place);
    }
    while !here.jobs.queue().depth().await.unwrap().is_empty() {
        a_while(100).await;
    }
    for node in &mut nodes {
        node.end();
    }
    blows
}

fn index(len: usize) -> usize {
    usize::try_from(below(len as u64)).unwrap()
}

/// A new job; none when the credits are used up or too many are under way.
async fn ask(here: &Workplace, owner: &Owner) {
    let moods = [Mood::Fine, Mood::Fine, Mood::Fine, Mood::Fine, Mood::Flaky, Mood::Impossible];
    let task = Task {
        seed: u32::try_from(below(1 << 32)).unwrap(),
        steps: 3,
        step_ms: 20 + below(200),
        mood: moods[index(moods.len())],
    };
    let order = Order { kind: KIND, input: serde_json::to_value(task).unwrap(), unique_key: None };
    match here.jobs.submit(&owner.principal, order).await {
        Ok(_) => {}
        Err(error) => assert!((400..500).contains(&error.code().status()), "{error}"),
    }
}

/// Cancels something that is under way, or tries something again that has failed.
async fn meddle(here: &Workplace, owner: &Owner) {
    let page = PageQuery { limit: Some(20), after: None };
    let jobs = here.jobs.list(&owner.principal, &page).await.unwrap().items;
    if jobs.is_empty() {
        return;
    }
    let job = &jobs[index(jobs.len())];
    // It may have ended in this moment: either is a refusal then.
    let _ = if job.state.is_end() {
        here.jobs.retry(&owner.principal, job.id).await
    } else {
        here.jobs.cancel(&owner.principal, job.id).await
    };
}

/// A node, in one of its lives.
struct Node {
    at: usize,
    life: usize,
    process: Child,
}

impl Node {
    fn name(at: usize, life: usize) -> String {
        format!("node {at}, life {life}")
    }

    fn start(place: &Place, at: usize) -> Self {
        Self { at, life: 0, process: node::start(place, &Self::name(at, 0)) }
    }

    /// On a busy machine a start takes longer than the time between two blows: who is struck down before they stand never
    /// does anything, and what is measured is the machine.
    async fn is_up(&self, place: &Place) {
        let sign = node::sign_of_life(place, &Self::name(self.at, self.life));
        while !sign.exists() {
            a_while(50).await;
        }
    }

    /// SIGKILL: nothing is finished, nothing said.
    async fn kill(&mut self, here: &Workplace) -> Blow {
        self.end();
        let at_ms = here.clock.now_ms();
        let rows = sqlx::query("SELECT id, last_seq FROM jobs WHERE state = 'running' AND worker = $1");
        let rows = rows.bind(Self::name(self.at, self.life)).fetch_all(here.database.reader()).await.unwrap();
        let held = |row: &sqlx::any::AnyRow| {
            let (id, seq): (String, i64) = (row.get("id"), row.get("last_seq"));
            (id.parse().unwrap(), u64::try_from(seq).unwrap())
        };
        Blow { at_ms, held: rows.iter().map(held).collect() }
    }

    fn restart(&mut self, place: &Place) {
        self.life += 1;
        self.process = node::start(place, &Self::name(self.at, self.life));
    }

    fn end(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// A test that fails leaves no process behind.
impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
