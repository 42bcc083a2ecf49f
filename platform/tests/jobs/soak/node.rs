//! A process that does jobs until it is killed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use contract::ErrorCode;
use contract::fields::FileName;
use engine::codec;
use engine::photo::Photo;
use platform::jobs::{
    Attempt, Effect, EffectError, HEARTBEAT_MS, Handler, JobFailure, Limits, Outcome, Worker,
};
use platform::media::{MediaService, Staged};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::AnyConnection;
use tokio::sync::watch;

use super::{KIND, Place, Workplace};

/// What tells a process that it is a node.
const VARIABLE: &str = "MOG_SOAK_NODE";

/// What a job has to do.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Task {
    pub(super) seed: u32,
    pub(super) steps: u8,
    pub(super) step_ms: u64,
    pub(super) mood: Mood,
}

/// How it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Mood {
    Fine,
    /// The first attempt fails, the second is fine.
    Flaky,
    /// It cannot be done.
    Impossible,
}

/// What an undisturbed run makes of a seed.
pub(super) fn picture(seed: u32) -> Vec<u8> {
    let pixel = |at: u32| {
        let [r, g, b, _] = (seed ^ at).wrapping_mul(0x9e37_79b9).to_le_bytes();
        [r, g, b, 255]
    };
    let rgba = (0..64 * 48).flat_map(pixel).collect();
    codec::encode_png(&Photo::from_rgba(64, 48, rgba).unwrap()).unwrap()
}

struct Painter {
    media: MediaService,
}

#[async_trait]
impl Handler for Painter {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, attempt: &Attempt) -> Result<Outcome, JobFailure> {
        let task: Task = serde_json::from_value(attempt.claim.input.clone()).unwrap();
        for step in 1..=task.steps {
            // Work that takes its time, on a machine that has other things to do.
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(task.step_ms)) => {}
                () = attempt.stopped() => return Err(JobFailure::Stopped),
            }
            attempt.progress(90 / task.steps * step).await?;
        }
        match task.mood {
            Mood::Impossible => return Err(JobFailure::Final(ErrorCode::NoFaceInTarget)),
            Mood::Flaky if attempt.claim.attempt == 1 => return Err(JobFailure::Passing(ErrorCode::Busy)),
            Mood::Flaky | Mood::Fine => {}
        }
        let name = FileName::parse("painted.png").unwrap();
        let (owner, id) = (attempt.claim.owner, self.media.new_id());
        let staged = self.media.stage_result(owner, id, &name, picture(task.seed)).await;
        let staged = staged.map_err(|error| JobFailure::Passing(error.code()))?;
        let output = json!({ "media_id": staged.id() });
        let effect = Box::new(Keep { media: self.media.clone(), staged });
        Ok(Outcome { effect, ..Outcome::of(output) })
    }
}

struct Keep {
    media: MediaService,
    staged: Staged,
}

#[async_trait]
impl Effect for Keep {
    async fn write(&self, connection: &mut AnyConnection) -> Result<(), EffectError> {
        self.media.commit(connection, &self.staged).await?;
        Ok(())
    }
}

/// The file that a node makes once it is up.
pub(super) fn sign_of_life(place: &Place, name: &str) -> PathBuf {
    place.folder.join(format!("{name} is up"))
}

/// Starts a node as a process of its own.
pub(super) fn start(place: &Place, name: &str) -> Child {
    let place = Place { name: name.into(), ..place.clone() };
    Command::new(std::env::current_exe().unwrap())
        .args(["soak::node::node", "--exact", "--ignored", "--nocapture"])
        .env(VARIABLE, serde_json::to_string(&place).unwrap())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of the soak, which starts it"]
async fn node() {
    let Ok(place) = std::env::var(VARIABLE) else { return };
    let place: Place = serde_json::from_str(&place).unwrap();
    let here = Workplace::open(&place).await;
    std::fs::write(sign_of_life(&place, &place.name), "").unwrap();
    let speed = place.speed.unsigned_abs();
    let limits = Limits {
        by_device: BTreeMap::from([("cpu".into(), 4)]),
        heartbeat: Duration::from_millis(HEARTBEAT_MS.unsigned_abs() / speed),
        look_every: Duration::from_millis(1000 / speed),
        ..Limits::default()
    };
    let (signals, database) = (here.jobs.queue().signals().clone(), here.database.clone());
    tokio::spawn(async move { signals.relay(&database).await });
    let painter = Arc::new(Painter { media: here.media.clone() });
    let never = watch::Sender::new(false);
    Worker::new(place.name, here.jobs, limits).with(painter, "cpu").run(never.subscribe()).await;
}
