//! What a client hears while the nodes die: it asks for what comes after the last number that it has.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use contract::jobs::{JobEvent, JobId};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Owner, Workplace};

/// All that was heard, job by job.
pub(super) type Heard = BTreeMap<JobId, Vec<JobEvent>>;

pub(super) struct Client {
    stop: watch::Sender<bool>,
    listening: JoinHandle<Heard>,
}

impl Client {
    pub(super) fn start(here: Arc<Workplace>, owners: &[Owner]) -> Self {
        let (stop, owners) = (watch::Sender::new(false), owners.to_vec());
        let stopped = stop.subscribe();
        let listening = tokio::spawn(async move {
            let mut heard = Heard::new();
            loop {
                // Asked before the last look: what has happened by then is heard.
                let last = *stopped.borrow();
                for owner in &owners {
                    look(&here, owner, &mut heard).await;
                }
                if last {
                    return heard;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        Self { stop, listening }
    }

    pub(super) async fn heard(self) -> Heard {
        self.stop.send_replace(true);
        self.listening.await.unwrap()
    }
}

async fn look(here: &Workplace, owner: &Owner, heard: &mut Heard) {
    for (id, head) in here.jobs.heads(owner.id(), i64::MAX / 2).await.unwrap() {
        let known = heard.entry(id).or_default();
        let last_seq = known.last().map_or(0, |event| event.seq);
        if head > last_seq {
            known.extend(here.jobs.events_of(owner.id(), id, last_seq).await.unwrap());
        }
    }
}
