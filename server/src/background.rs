//! What runs beside requests: sweeping up, delivering mails. It ends with the server, and not in the middle of its work.

use std::future::Future;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

/// The tasks beside the requests.
pub(crate) struct Background {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Background {
    pub(crate) fn new() -> Self {
        Self { stop: watch::Sender::new(false), tasks: JoinSet::new() }
    }

    /// Does `job` now and then once each `period`. A run that has begun is finished before the server ends.
    pub(crate) fn every<F>(&mut self, period: Duration, job: impl Fn() -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let mut stop = self.stop.subscribe();
        self.tasks.spawn(async move {
            let mut tick = tokio::time::interval(period);
            tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    biased;
                    () = stopped(&mut stop) => return,
                    _ = tick.tick() => {}
                }
                job().await;
            }
        });
    }

    /// Does `work` until the server ends; it is told of the end, and finishes what it has begun.
    pub(crate) fn throughout<F>(&mut self, work: impl FnOnce(watch::Receiver<bool>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.tasks.spawn(work(self.stop.subscribe()));
    }

    /// Lets each task finish what it is at, but not for longer than `patience`.
    pub(crate) async fn finish(mut self, patience: Duration) {
        self.stop.send_replace(true);
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(patience, all).await.is_err() {
            tracing::warn!("work in the background was not finished and has been cut");
        }
    }
}

/// Resolves when the server ends.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn a_run_that_has_begun_is_finished_before_the_end() {
        let (begun, may_end, finished) =
            (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)), Arc::new(AtomicU32::new(0)));
        let mut background = Background::new();
        let shared = (begun.clone(), may_end.clone(), finished.clone());
        background.every(Duration::from_secs(3600), move || {
            let (begun, may_end, finished) = shared.clone();
            async move {
                begun.add_permits(1);
                may_end.acquire().await.unwrap().forget();
                finished.fetch_add(1, Ordering::SeqCst);
            }
        });
        begun.acquire().await.unwrap().forget();
        let end = tokio::spawn(background.finish(Duration::from_secs(60)));
        tokio::task::yield_now().await;
        may_end.add_permits(1);
        end.await.unwrap();
        assert_eq!(finished.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn what_does_not_end_is_cut() {
        let mut background = Background::new();
        background.every(Duration::from_secs(1), std::future::pending);
        background.finish(Duration::from_millis(1)).await;
    }
}
