//! Takes jobs from the queue and has them done: as many at once as the devices can bear.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use contract::ErrorCode;
use futures_util::FutureExt;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior};

use super::handler::{Attempt, Handler, JobFailure, Outcome};
use super::{Claim, HEARTBEAT_MS, JobService, QueueError};

/// The histogram of how long attempts took, by kind.
pub const ATTEMPT_SECONDS: &str = "mog_job_attempt_seconds";

/// How much a worker does at once, and how often it looks and speaks up.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Jobs at once for each device, by its name; a device that is not named has room for one.
    pub by_device: BTreeMap<String, usize>,
    /// Jobs of a kind at once; one that is not named has what its device has.
    pub by_kind: BTreeMap<String, usize>,
    /// How long it looks away at the most when nobody wakes it: retries and lost leases are found so.
    pub look_every: Duration,
    /// How often it renews its leases.
    pub heartbeat: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            by_device: BTreeMap::new(),
            by_kind: BTreeMap::new(),
            look_every: Duration::from_secs(1),
            heartbeat: Duration::from_millis(HEARTBEAT_MS.unsigned_abs()),
        }
    }
}

/// A handler and the device that it computes on.
struct Bench {
    handler: Arc<dyn Handler>,
    device: String,
}

/// Takes jobs and has them done.
pub struct Worker {
    name: String,
    jobs: JobService,
    benches: BTreeMap<String, Bench>,
    limits: Limits,
}

impl Worker {
    /// A worker of this name, which tells it from others in the database.
    pub const fn new(name: String, jobs: JobService, limits: Limits) -> Self {
        Self { name, jobs, benches: BTreeMap::new(), limits }
    }

    /// Adds a kind of job, computed on a device: `cpu`, or a GPU's name.
    #[must_use]
    pub fn with(mut self, handler: Arc<dyn Handler>, device: &str) -> Self {
        self.benches.insert(handler.kind().into(), Bench { handler, device: device.into() });
        self
    }

    /// Works until it is told to stop, and then to the end of what it has begun.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let (mut ready, mut at_work) = (self.jobs.queue().signals().ready(), AtWork::default());
        while !*stop.borrow_and_update() {
            ready.borrow_and_update();
            if self.take(&mut at_work).await {
                continue;
            }
            tokio::select! {
                _ = stop.changed() => {}
                _ = ready.changed() => {}
                () = at_work.one_ends(), if !at_work.is_empty() => {}
                () = tokio::time::sleep(self.limits.look_every) => {}
            }
        }
        while !at_work.is_empty() {
            at_work.one_ends().await;
        }
    }

    /// Begins what is due and fits; says whether there was any.
    async fn take(&self, at_work: &mut AtWork) -> bool {
        at_work.forget_ended();
        let free: BTreeMap<&String, usize> = self
            .benches
            .keys()
            .map(|kind| (kind, self.room(kind, at_work)))
            .filter(|(_, room)| *room > 0)
            .collect();
        let kinds: Vec<String> = free.keys().map(|kind| (*kind).clone()).collect();
        // No more than the narrowest kind has room for: the queue says which kinds they are.
        let limit = free.values().copied().min().unwrap_or(0);
        let claims = match self.jobs.queue().claim_due(&self.name, &kinds, limit).await {
            Ok(claims) => claims,
            Err(error) => {
                tracing::warn!(%error, "the queue of jobs could not be read");
                return false;
            }
        };
        for claim in &claims {
            self.begin(claim.clone(), at_work);
        }
        !claims.is_empty()
    }

    fn room(&self, kind: &String, at_work: &AtWork) -> usize {
        let Some(bench) = self.benches.get(kind) else { return 0 };
        let on_device = self.limits.by_device.get(&bench.device).copied().unwrap_or(1);
        let of_kind = self.limits.by_kind.get(kind).copied().unwrap_or(on_device);
        let beside: usize = at_work
            .counts()
            .filter(|(other, _)| self.device(other) == bench.device)
            .map(|(_, count)| count)
            .sum();
        on_device.saturating_sub(beside).min(of_kind.saturating_sub(at_work.count(kind)))
    }

    fn device(&self, kind: &str) -> &str {
        self.benches.get(kind).map_or("", |bench| bench.device.as_str())
    }

    fn begin(&self, claim: Claim, at_work: &mut AtWork) {
        let Some(bench) = self.benches.get(&claim.kind) else { return };
        let (jobs, handler) = (self.jobs.clone(), Arc::clone(&bench.handler));
        let heartbeat = self.limits.heartbeat;
        at_work.begin(claim.kind.clone(), async move {
            let went = attempt(&jobs, handler.as_ref(), &claim, heartbeat).await;
            match jobs.finish(&claim, went).await {
                Ok(()) => {}
                Err(QueueError::Fenced) => {
                    tracing::warn!(job = %claim.id, "a job was taken over by another worker, and this one's result dropped");
                }
                Err(error) => tracing::error!(%error, job = %claim.id, "the end of a job could not be written"),
            }
        });
    }
}

/// One attempt, with its lease kept alive beside it.
async fn attempt(
    jobs: &JobService,
    handler: &dyn Handler,
    claim: &Claim,
    heartbeat: Duration,
) -> Result<Outcome, JobFailure> {
    if claim.cancel_asked {
        return Err(JobFailure::Stopped);
    }
    if claim.is_exhausted() {
        return Err(JobFailure::Passing(ErrorCode::JobInterrupted));
    }
    let attempt = Attempt::new(claim.clone(), jobs.queue().clone());
    let started = Instant::now();
    let mut cancels = jobs.queue().signals().cancels();
    let mut beat = tokio::time::interval_at(started + heartbeat, heartbeat);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let work = AssertUnwindSafe(handler.run(&attempt)).catch_unwind();
    tokio::pin!(work);
    let went = loop {
        tokio::select! {
            went = &mut work => break went,
            _ = beat.tick() => renew(jobs, &attempt).await,
            asked = cancels.recv() => match asked {
                Ok(job) if job != claim.id => {}
                // It was asked for, or so many were that this one may be among them.
                Ok(_) | Err(RecvError::Lagged(_)) => renew(jobs, &attempt).await,
                Err(RecvError::Closed) => {}
            },
        }
    };
    metrics::histogram!(ATTEMPT_SECONDS, "kind" => claim.kind.clone()).record(started.elapsed());
    went.unwrap_or_else(|_| {
        tracing::error!(job = %claim.id, kind = claim.kind, "a job panicked");
        Err(JobFailure::Passing(ErrorCode::Internal))
    })
}

/// Keeps the lease, and tells the attempt when there is no use in going on.
async fn renew(jobs: &JobService, attempt: &Attempt) {
    match jobs.queue().renew(&attempt.claim).await {
        Ok(false) => {}
        Ok(true) | Err(QueueError::Fenced) => attempt.stop(),
        // It goes on: the next beat may reach the database, and what is written in the end is fenced.
        Err(error) => {
            tracing::warn!(%error, job = %attempt.claim.id, "the lease of a job could not be renewed");
        }
    }
}

/// What a worker has begun.
#[derive(Default)]
struct AtWork {
    tasks: JoinSet<String>,
    counts: BTreeMap<String, usize>,
}

impl AtWork {
    fn begin(&mut self, kind: String, work: impl Future<Output = ()> + Send + 'static) {
        *self.counts.entry(kind.clone()).or_default() += 1;
        self.tasks.spawn(async move {
            work.await;
            kind
        });
    }

    fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    fn count(&self, kind: &str) -> usize {
        self.counts.get(kind).copied().unwrap_or(0)
    }

    fn counts(&self) -> impl Iterator<Item = (&str, usize)> {
        self.counts.iter().map(|(kind, count)| (kind.as_str(), *count))
    }

    /// Resolves when one of them is over.
    async fn one_ends(&mut self) {
        if let Some(Ok(kind)) = self.tasks.join_next().await {
            self.forget(&kind);
        }
    }

    fn forget_ended(&mut self) {
        while let Some(Ok(kind)) = self.tasks.try_join_next() {
            self.forget(&kind);
        }
    }

    fn forget(&mut self, kind: &str) {
        if let Some(count) = self.counts.get_mut(kind) {
            *count -= 1;
        }
    }
}
