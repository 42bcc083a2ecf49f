//! Where jobs are done: the worker of this process, and the ear for what other processes say.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use platform::jobs::{Handler, JobService, Limits, Worker};
use tokio::sync::watch;

use crate::background::{Background, stopped};

/// The only device that there is yet.
const CPU: &str = "cpu";

/// How long to wait before the ear is put up again after its connection broke.
const LISTEN_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// How often ended jobs are looked for that nobody needs any more.
const SWEEP_EVERY: Duration = Duration::from_secs(10 * 60);

/// How often the length of the queue is measured.
const MEASURE_EVERY: Duration = Duration::from_secs(15);

/// The gauge of jobs that have not ended, by state.
pub(crate) const DEPTH: &str = "mog_jobs_open";

/// Listens to other processes, measures and sweeps.
pub(crate) fn attend(jobs: &JobService, background: &mut Background) {
    let listener = jobs.clone();
    background.throughout(|stop| listen(listener, stop));
    let swept = jobs.clone();
    background.every(SWEEP_EVERY, move || sweep(swept.clone()));
    let measured = jobs.clone();
    background.every(MEASURE_EVERY, move || measure(measured.clone()));
}

/// Does jobs of these kinds, so many at once.
pub(crate) fn work(
    jobs: &JobService,
    handlers: Vec<Arc<dyn Handler>>,
    at_once: usize,
    background: &mut Background,
) {
    let limits = Limits { by_device: BTreeMap::from([(CPU.to_owned(), at_once)]), ..Limits::default() };
    let worker = Worker::new(name(), jobs.clone(), limits);
    let worker = handlers.into_iter().fold(worker, |worker, handler| worker.with(handler, CPU));
    background.throughout(|stop| worker.run(stop));
}

/// Tells this worker from others for whoever looks into the database.
fn name() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    format!("{}:{}", host.trim(), std::process::id())
}

async fn listen(jobs: JobService, mut stop: watch::Receiver<bool>) {
    let queue = jobs.queue();
    loop {
        tokio::select! {
            () = stopped(&mut stop) => return,
            heard = queue.signals().relay(queue.database()) => {
                if let Err(error) = heard {
                    tracing::warn!(%error, "what other servers say of jobs is not heard for a moment");
                }
            }
        }
        tokio::select! {
            () = stopped(&mut stop) => return,
            () = tokio::time::sleep(LISTEN_AGAIN_AFTER) => {}
        }
    }
}

async fn sweep(jobs: JobService) {
    match jobs.queue().sweep().await {
        Ok(0) => {}
        Ok(forgotten) => tracing::info!(forgotten, "old jobs removed"),
        Err(error) => tracing::error!(%error, "old jobs could not be removed"),
    }
}

async fn measure(jobs: JobService) {
    let Ok(depth) = jobs.queue().depth().await else { return };
    for state in ["queued", "running"] {
        let open = depth.iter().find(|(of, _)| of == state).map_or(0, |(_, open)| *open);
        metrics::gauge!(DEPTH, "state" => state).set(u32::try_from(open).unwrap_or(u32::MAX));
    }
}
