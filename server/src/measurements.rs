//! What Prometheus may know: the one recorder of this process, and what is measured only when somebody looks.
//!
//! Labels come from closed lists (patterns of routes, verbs, classes of status): what a visitor writes never makes a new
//! time series.

use std::sync::OnceLock;

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use platform::database::Database;

/// How long requests took, by route, method and class of status.
pub(crate) const REQUEST_SECONDS: &str = "mog_http_request_duration_seconds";

/// Requests that were sent away, by rule.
pub(crate) const RATE_LIMITED: &str = "mog_rate_limited_total";

const CONNECTIONS: &str = "mog_database_connections";

/// Upper bounds of the request histogram, in seconds: from a cached page to a swap in a queue.
const REQUEST_BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// Upper bounds of the swaps' histograms, in seconds.
const SWAP_BUCKETS: [f64; 9] = [0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0];

/// The recorder of this process.
#[derive(Clone)]
pub(crate) struct Measurements(PrometheusHandle);

impl Measurements {
    /// The same for everybody in this process; the first call starts it.
    pub(crate) fn shared() -> Self {
        static SHARED: OnceLock<PrometheusHandle> = OnceLock::new();
        Self(SHARED.get_or_init(start).clone())
    }

    /// Everything measured so far, in Prometheus' text format.
    pub(crate) fn text(&self, database: &Database) -> String {
        measure_pools(database);
        self.0.run_upkeep();
        self.0.render()
    }
}

fn start() -> PrometheusHandle {
    let buckets = |builder: PrometheusBuilder, name: &str, bounds: &[f64]| {
        builder.set_buckets_for_metric(Matcher::Full(name.into()), bounds)
    };
    let builder = buckets(PrometheusBuilder::new(), REQUEST_SECONDS, &REQUEST_BUCKETS)
        .and_then(|builder| buckets(builder, platform::swaps::WAITED_SECONDS, &SWAP_BUCKETS))
        .and_then(|builder| buckets(builder, platform::swaps::WORKED_SECONDS, &SWAP_BUCKETS))
        .and_then(|builder| buckets(builder, platform::jobs::ATTEMPT_SECONDS, &SWAP_BUCKETS));
    let recorder = builder.expect("the bounds above are not empty").build_recorder();
    let handle = recorder.handle();
    // Only a second recorder could be refused, and this is the only place that makes one.
    metrics::set_global_recorder(recorder).expect("this runs once");
    describe();
    handle
}

fn describe() {
    describe_histogram!(REQUEST_SECONDS, Unit::Seconds, "How long requests took.");
    describe_counter!(RATE_LIMITED, "Requests sent away by the rate limits.");
    describe_gauge!(CONNECTIONS, "Connections to the database.");
    describe_gauge!(crate::workshop::DEPTH, "Jobs that have not ended, by state.");
    describe_counter!(platform::jobs::ENDED, "Jobs that ended, by kind and state.");
    describe_histogram!(platform::jobs::ATTEMPT_SECONDS, Unit::Seconds, "How long attempts at jobs took.");
    describe_counter!(
        platform::result_cache::LOOKS,
        "Looks for a result that was made before, by what came of them: near, shared, or miss."
    );
    describe_gauge!(platform::swaps::ADMITTED, "Swaps at work and waiting.");
    describe_histogram!(platform::swaps::WAITED_SECONDS, Unit::Seconds, "How long swaps waited for a core.");
    describe_histogram!(
        platform::swaps::WORKED_SECONDS,
        Unit::Seconds,
        "How long swaps took, the wait left out."
    );
}

fn measure_pools(database: &Database) {
    for (name, pool) in [("reader", database.reader()), ("writer", database.writer())] {
        let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
        metrics::gauge!(CONNECTIONS, "pool" => name, "state" => "idle").set(idle);
        metrics::gauge!(CONNECTIONS, "pool" => name, "state" => "busy").set(pool.size().saturating_sub(idle));
    }
}
