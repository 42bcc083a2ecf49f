//! `mog serve`: the studio and its API, until a signal ends it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use platform::database;
use platform::results::{Pictures, ResultService, SqlResults};
use platform::swaps::SwapService;
use tokio::net::TcpListener;

use super::{ModelsFolder, make_folder};
use crate::assets::{Assets, Folders};
use crate::http::{self, AppState};
use crate::ports::{SystemClock, SystemRandom};
use crate::telemetry::{self, LogFormat};

/// How often expired results are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// How long open requests may take after a signal before they are cut.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(20);

/// Serve the studio and its API.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Address and port to listen on.
    #[arg(long, env = "MOG_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// Folder of the database and of stored pictures.
    #[arg(long, env = "MOG_DATA", default_value = "data")]
    data: PathBuf,
    /// The database; a file in the data folder if not given.
    #[arg(long, env = "DATABASE_URL")]
    database_url: Option<String>,
    /// What Trunk built.
    #[arg(long, env = "MOG_DIST", default_value = "dist")]
    dist: PathBuf,
    /// Samples and fonts, and the models to hand to browsers.
    #[arg(long, env = "MOG_ASSETS", default_value = "assets")]
    assets: PathBuf,
    /// Icons and other files served as they are.
    #[arg(long, env = "MOG_PUBLIC", default_value = "public")]
    public: PathBuf,
    /// How many swaps run at once; as many as there are cores if not given.
    #[arg(long, env = "MOG_CORES")]
    cores: Option<usize>,
    /// How the log is written.
    #[arg(long, env = "MOG_LOG_FORMAT", value_enum, default_value_t)]
    log_format: LogFormat,
    #[command(flatten)]
    models: ModelsFolder,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<()> {
        telemetry::start(self.log_format);
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(self.serve())
    }

    async fn serve(self) -> anyhow::Result<()> {
        let state = self.state().await?;
        let sweeper = tokio::spawn(sweep_results(state.results.clone()));
        let listener =
            TcpListener::bind(self.addr).await.with_context(|| format!("cannot listen on {}", self.addr))?;
        tracing::info!(address = %format!("http://{}", listener.local_addr()?), "listening");
        let served = axum::serve(listener, http::router(state)).with_graceful_shutdown(signal());
        tokio::select! {
            outcome = async { served.await } => outcome?,
            () = grace_after_signal() => tracing::warn!("requests were still open and have been cut"),
        }
        sweeper.abort();
        tracing::info!("stopped");
        Ok(())
    }

    async fn state(&self) -> anyhow::Result<AppState> {
        let folders =
            Folders { dist: self.dist.clone(), assets: self.assets.clone(), public: self.public.clone() };
        let assets = Assets::load(folders)?;
        let engine = self.models.load()?;
        let pool = database::open(&self.database_url()?).await.context("cannot open the database")?;
        let pictures =
            Pictures::open(&self.data.join("results")).context("cannot open the folder of results")?;
        let repository = Arc::new(SqlResults::new(pool.clone()));
        let results = ResultService::new(repository, pictures, Arc::new(SystemClock), Arc::new(SystemRandom));
        let cores = self.cores.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
        let swaps = SwapService::new(Arc::new(engine), cores);
        Ok(AppState::new(assets, pool, swaps, results, Arc::new(SystemClock)))
    }

    fn database_url(&self) -> anyhow::Result<String> {
        make_folder(&self.data)?;
        let embedded = || format!("sqlite:{}?mode=rwc", self.data.join("mog.db").display());
        Ok(self.database_url.clone().unwrap_or_else(embedded))
    }
}

async fn sweep_results(results: ResultService) {
    let mut tick = tokio::time::interval(SWEEP_EVERY);
    loop {
        tick.tick().await;
        match results.sweep().await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "expired results removed"),
            Err(error) => tracing::error!(%error, "expired results could not be removed"),
        }
    }
}

/// Resolves at Ctrl+C, or when the system asks the process to end.
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => drop(terminate.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}

async fn grace_after_signal() {
    signal().await;
    tokio::time::sleep(SHUTDOWN_GRACE).await;
}
