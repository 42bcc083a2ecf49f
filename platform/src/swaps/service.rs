//! Runs the engine for requests: never more at once than there are cores, never an endless queue.

use std::sync::Arc;

use contract::ErrorCode;
use contract::studio::Slot;
use contract::swaps::{OutputFormat, SwapOptions};
use engine::Engine;
use studio::{Failure, Opened};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::Instant;

use crate::provenance::{Origin, ProvenanceService};

/// How many swaps may wait for each core before newcomers are sent away.
const WAITING_PER_CORE: usize = 4;

/// The gauge of swaps at work and waiting.
pub const ADMITTED: &str = "mog_swaps_admitted";

/// The histogram of how long swaps waited for a core.
pub const WAITED_SECONDS: &str = "mog_swap_wait_seconds";

/// The histogram of how long swaps took, the wait left out.
pub const WORKED_SECONDS: &str = "mog_swap_duration_seconds";

/// What to swap, as files.
#[derive(Debug)]
pub struct SwapRequest {
    /// The photo with the face to use.
    pub source: Vec<u8>,
    /// The photo to put it into.
    pub target: Vec<u8>,
    /// How.
    pub options: SwapOptions,
    /// What to answer with.
    pub format: OutputFormat,
}

/// A finished picture.
#[derive(Debug)]
pub struct SwapOutcome {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it is.
    pub format: OutputFormat,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// How many faces were changed.
    pub faces: usize,
}

/// The engine and the places at it.
#[derive(Clone)]
pub struct SwapService {
    engine: Arc<Engine>,
    provenance: ProvenanceService,
    /// Places for those at work and those in the queue.
    admitted: Arc<Semaphore>,
    /// Places at work.
    working: Arc<Semaphore>,
}

impl SwapService {
    /// A service that works on `cores` swaps at once, and lets no picture out unmarked.
    pub fn new(engine: Arc<Engine>, provenance: ProvenanceService, cores: usize) -> Self {
        let cores = cores.max(1);
        Self {
            engine,
            provenance,
            admitted: Arc::new(Semaphore::new(cores * (1 + WAITING_PER_CORE))),
            working: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Who marks what it makes.
    pub const fn provenance(&self) -> &ProvenanceService {
        &self.provenance
    }

    /// Makes one swap, off the async threads.
    ///
    /// The place is given back when the work ends, also when the caller has left: what runs cannot be stopped.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`] when the queue is full, and whatever the photos or options deserve.
    pub async fn swap(&self, request: SwapRequest) -> Result<SwapOutcome, Failure> {
        let busy = |_| Failure::general(ErrorCode::Busy);
        let admitted = Counted::new(Arc::clone(&self.admitted).try_acquire_owned().map_err(busy)?);
        let (asked, provenance) = (Instant::now(), self.provenance.clone());
        let work = self.on_a_core(move |engine| {
            metrics::histogram!(WAITED_SECONDS).record(asked.elapsed());
            let started = Instant::now();
            let outcome = swap_files(engine, &provenance, &request);
            metrics::histogram!(WORKED_SECONDS).record(started.elapsed());
            drop(admitted);
            outcome
        });
        work.await.unwrap_or_else(|code| Err(Failure::general(code)))
    }

    /// Computes something with the engine on one of the cores, off the async threads. A job waits as long as it takes:
    /// its queue is elsewhere.
    ///
    /// # Errors
    /// [`ErrorCode::Internal`] when it panics, and its own.
    pub async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Engine) -> Result<T, ErrorCode> + Send + 'static,
    ) -> Result<T, ErrorCode> {
        self.on_a_core(work).await?
    }

    /// Waits for a core and works there; the core is given back when the work ends, also when the caller has left.
    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Engine) -> T + Send + 'static,
    ) -> Result<T, ErrorCode> {
        let working = Arc::clone(&self.working).acquire_owned().await.map_err(|_| ErrorCode::Internal)?;
        let engine = Arc::clone(&self.engine);
        let work = spawn_blocking(move || {
            let outcome = work(&engine);
            drop(working);
            outcome
        });
        work.await.map_err(|error| {
            tracing::error!(%error, "work on a core panicked");
            ErrorCode::Internal
        })
    }
}

/// A place that the gauge counts for as long as it is held.
struct Counted {
    _place: OwnedSemaphorePermit,
}

impl Counted {
    fn new(place: OwnedSemaphorePermit) -> Self {
        metrics::gauge!(ADMITTED).increment(1);
        Self { _place: place }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!(ADMITTED).decrement(1);
    }
}

fn swap_files(
    engine: &Engine,
    provenance: &ProvenanceService,
    request: &SwapRequest,
) -> Result<SwapOutcome, Failure> {
    request.options.validate().map_err(Failure::general)?;
    let open = |slot, bytes| Opened::read(engine, bytes).map_err(|code| Failure::of(slot, code));
    let sources = [open(Slot::Source, &request.source)?];
    let target = open(Slot::Target, &request.target)?;
    let swapped = studio::swap(engine, &sources, &target, &request.options)?;
    let (width, height, faces) = (swapped.photo.width(), swapped.photo.height(), swapped.faces);
    let (source, target) = (request.source.as_slice(), request.target.as_slice());
    let origin =
        Origin { id: swapped.fingerprint(), label: request.options.label, sources: &[source], target };
    let bytes = provenance.mark(swapped, request.format, &origin).map_err(Failure::general)?;
    Ok(SwapOutcome { bytes, format: request.format, width, height, faces })
}
