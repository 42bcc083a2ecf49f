//! Whether everything that is promised was kept.

use std::collections::BTreeMap;
use std::fmt;

use contract::jobs::{Happening, JobEvent, JobId, JobState, JobView};
use contract::media::MediaId;
use contract::paging::PageQuery;
use platform::credits::Audit;
use sqlx::Row;

use super::client::Heard;
use super::load::Blow;
use super::node::{Task, picture};
use super::{Owner, PRICE, Workplace};

/// How long a job may lie there after its node was killed, in milliseconds.
const RECOVERED_WITHIN_MS: i64 = 45_000;

/// What happened, for whoever reads it.
pub(super) struct Verdict {
    jobs: usize,
    by_state: BTreeMap<&'static str, usize>,
    /// Jobs that were held by a node when it was killed.
    struck: usize,
    slowest_recovery_ms: i64,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { jobs, by_state, struck, slowest_recovery_ms } = self;
        write!(f, "{jobs} jobs {by_state:?}, {struck} struck, recovered within {slowest_recovery_ms} ms")
    }
}

pub(super) async fn of(here: &Workplace, owners: &[Owner], heard: &Heard, blows: &[Blow]) -> Verdict {
    let mut by_state = BTreeMap::new();
    for owner in owners {
        let jobs = all(here, owner).await;
        for job in &jobs {
            *by_state.entry(job.state.as_str()).or_default() += 1;
            ended_once(here, job, &heard[&job.id]).await;
            result_is_as_undisturbed(here, owner, job).await;
        }
        paid_for_what_was_made(here, owner, &jobs).await;
    }
    let audit = Audit::of(&here.database).await.unwrap();
    assert!(audit.is_sound(), "{audit:?}");
    nothing_is_left_behind(here).await;
    let (struck, slowest_recovery_ms) = recoveries(heard, blows);
    Verdict { jobs: heard.len(), by_state, struck, slowest_recovery_ms }
}

async fn all(here: &Workplace, owner: &Owner) -> Vec<JobView> {
    let (mut jobs, mut after) = (Vec::new(), None);
    loop {
        let query = PageQuery { limit: Some(100), after };
        let page = here.jobs.list(&owner.principal, &query).await.unwrap();
        jobs.extend(page.items);
        after = page.next;
        if after.is_none() {
            return jobs;
        }
    }
}

/// It is at an end; its owner heard of one end for each time that they asked, and of everything in order.
async fn ended_once(here: &Workplace, job: &JobView, heard: &[JobEvent]) {
    assert!(job.state.is_end(), "{job:?}");
    let numbers: Vec<u64> = heard.iter().map(|event| event.seq).collect();
    assert_eq!(numbers, (1..=job.last_seq).collect::<Vec<_>>(), "{job:?}");
    let rounds: i64 = sqlx::query("SELECT round FROM jobs WHERE id = $1")
        .bind(job.id.to_string())
        .fetch_one(here.database.reader())
        .await
        .unwrap()
        .get("round");
    let ends = heard.iter().filter(|event| is_end(&event.what)).count();
    assert_eq!(i64::try_from(ends).unwrap(), rounds, "{heard:?}");
    assert!(is_end(&heard.last().unwrap().what), "{heard:?}");
}

const fn is_end(what: &Happening) -> bool {
    matches!(
        what,
        Happening::Succeeded { .. }
            | Happening::Failed { .. }
            | Happening::Dead { .. }
            | Happening::Cancelled
    )
}

async fn result_is_as_undisturbed(here: &Workplace, owner: &Owner, job: &JobView) {
    let Some(output) = &job.output else {
        assert_ne!(job.state, JobState::Succeeded);
        return;
    };
    let id: MediaId = serde_json::from_value(output["media_id"].clone()).unwrap();
    let input: String = sqlx::query("SELECT input FROM jobs WHERE id = $1")
        .bind(job.id.to_string())
        .fetch_one(here.database.reader())
        .await
        .unwrap()
        .get("input");
    let task: Task = serde_json::from_str(&input).unwrap();
    assert!(here.media.read(owner.id(), id).await.unwrap() == picture(task.seed), "{job:?}");
}

async fn paid_for_what_was_made(here: &Workplace, owner: &Owner, jobs: &[JobView]) {
    let made = jobs.iter().filter(|job| job.state == JobState::Succeeded).count();
    let balance = here.credits.balance(&owner.principal).await.unwrap();
    let left = owner.credits - PRICE * i64::try_from(made).unwrap();
    assert_eq!((balance.available, balance.held), (left, 0));
}

/// Once what was staged by those who died has had its time, database and store agree.
async fn nothing_is_left_behind(here: &Workplace) {
    here.media.sweep().await.unwrap();
    let found = here.media.compare().await.unwrap();
    assert!(found.is_sound(), "{found:?}");
}

/// How many jobs were struck, and how long the slowest of them lay there.
fn recoveries(heard: &Heard, blows: &[Blow]) -> (usize, i64) {
    let (mut struck, mut slowest_ms) = (0, 0);
    for blow in blows {
        for (id, seq) in &blow.held {
            let taken_up = |event: &&JobEvent| event.seq > *seq && event.what != Happening::CancelAsked;
            let next = heard[id].iter().find(taken_up).expect("somebody took it up");
            struck += 1;
            let taken_up_ms = next.at_ms.min(struck_again_ms(blows, blow, *id).unwrap_or(i64::MAX));
            slowest_ms = slowest_ms.max(taken_up_ms - blow.at_ms);
        }
    }
    assert!(slowest_ms <= RECOVERED_WITHIN_MS, "{slowest_ms} ms");
    (struck, slowest_ms)
}

/// When the node was killed that had taken the job up, if it was before it could write anything: who takes a job that is only
/// to be ended, because its owner cancelled it or it was tried often enough, writes nothing before the end.
fn struck_again_ms(blows: &[Blow], first: &Blow, id: JobId) -> Option<i64> {
    let held_it = |blow: &&Blow| blow.at_ms > first.at_ms && blow.held.iter().any(|(held, _)| *held == id);
    blows.iter().find(held_it).map(|blow| blow.at_ms)
}
