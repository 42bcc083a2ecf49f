//! Where jobs are done: the worker of this process, and the ear for what other processes say.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use platform::consent::ConsentService;
use platform::hd_swap::HdSwapHandler;
use platform::jobs::{JobService, Limits, Worker};
use platform::media::MediaService;
use platform::result_cache::{ResultCache, SharedCache};
use platform::swaps::SwapService;
use secrecy::ExposeSecret;
use tokio::sync::watch;

use crate::background::{Background, stopped};
use crate::config::Config;
use crate::ports::cache::RedisCache;

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

/// Does jobs of every kind that there is, as many at once as the settings say.
pub(crate) fn work(config: &Config, jobs: &JobService, hd_swaps: HdSwapHandler, background: &mut Background) {
    let by_device = BTreeMap::from([(CPU.to_owned(), config.jobs.cpu())]);
    let worker = Worker::new(name(), jobs.clone(), Limits { by_device, ..Limits::default() });
    let worker = worker.with(Arc::new(hd_swaps), CPU);
    background.throughout(|stop| worker.run(stop));
}

/// Who makes swaps at full size.
///
/// # Errors
/// When the settings name a cache that cannot be used.
pub(crate) fn hd_swaps(
    config: &Config,
    media: &MediaService,
    consent: &ConsentService,
    swaps: &SwapService,
) -> anyhow::Result<HdSwapHandler> {
    let cache = ResultCache::new(shared_cache(config)?);
    let version = env!("CARGO_PKG_VERSION");
    Ok(HdSwapHandler::new(swaps.clone(), media.clone(), consent.clone(), cache, version))
}

fn shared_cache(config: &Config) -> anyhow::Result<Option<Arc<dyn SharedCache>>> {
    let Some(url) = &config.cache.redis_url else { return Ok(None) };
    Ok(Some(Arc::new(RedisCache::at(url.expose_secret())?)))
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
