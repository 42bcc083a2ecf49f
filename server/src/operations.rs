//! What running the server takes, besides what it is for: limits, proxies, readiness, measurements.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use platform::clock::Clock;
use platform::database::Database;
use platform::rate_limits::{Buckets, MemoryBuckets, RateLimits, SqlBuckets};

use crate::config::{BucketStore, Config, MetricsSection};
use crate::measurements::Measurements;
use crate::middleware::client_address::Proxies;

/// What running the server takes.
#[derive(Clone)]
pub(crate) struct Operations {
    pub(crate) proxies: Proxies,
    /// None where they are turned off.
    pub(crate) limits: Option<RateLimits>,
    pub(crate) readiness: Readiness,
    pub(crate) measurements: Measurements,
    /// Who may read the measurements.
    pub(crate) metrics: MetricsSection,
}

impl Operations {
    /// As the settings say. Not ready yet: that is for whoever starts to listen.
    pub(crate) fn new(config: &Config, database: &Database, clock: Arc<dyn Clock>) -> Self {
        let buckets = || -> Arc<dyn Buckets> {
            match config.limits.store {
                BucketStore::Memory => Arc::new(MemoryBuckets::default()),
                BucketStore::Database => Arc::new(SqlBuckets::new(database.clone())),
            }
        };
        let limits = || RateLimits::new(buckets(), clock, config.limits.factor);
        Self {
            proxies: Proxies::new(&config.server),
            limits: config.limits.enabled.then(limits),
            readiness: Readiness::default(),
            measurements: Measurements::shared(),
            metrics: config.metrics.clone(),
        }
    }
}

/// Whether requests should be sent here. Shared by all who hold it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Readiness(Arc<AtomicU8>);

const STARTING: u8 = 0;
const READY: u8 = 1;
const STOPPING: u8 = 2;

impl Readiness {
    pub(crate) fn is_ready(&self) -> bool {
        self.0.load(Ordering::Acquire) == READY
    }

    /// The server listens.
    pub(crate) fn started(&self) {
        // A signal that came while starting is not forgotten.
        let _ = self.0.compare_exchange(STARTING, READY, Ordering::AcqRel, Ordering::Acquire);
    }

    /// The server finishes what it has and takes nothing new.
    pub(crate) fn stopping(&self) {
        self.0.store(STOPPING, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_ready_from_listening_to_the_signal() {
        let readiness = Readiness::default();
        assert!(!readiness.is_ready());
        readiness.started();
        assert!(readiness.clone().is_ready());
        readiness.stopping();
        readiness.started();
        assert!(!readiness.is_ready());
    }
}
