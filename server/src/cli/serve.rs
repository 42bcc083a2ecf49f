//! `mog serve`: the studio and its API, until a signal ends it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use platform::database::Database;
use platform::results::{Pictures, ResultService, SqlResults};
use platform::swaps::SwapService;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;

use super::{load_engine, make_folder};
use crate::assets::{Assets, Folders};
use crate::config::{Config, ConfigArgs};
use crate::http::{self, AppState};
use crate::ports::{SystemClock, SystemRandom};
use crate::site::Site;
use crate::telemetry;

/// How often expired results are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// Serve the studio and its API.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    settings: ConfigArgs,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        make_folder(&config.folders.data)?;
        let _logs = telemetry::start(&config.logs, &config.folders.data)?;
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(serve(&config))
    }
}

async fn serve(config: &Config) -> anyhow::Result<()> {
    let state = state(config).await?;
    let sweeper = tokio::spawn(sweep_results(state.results.clone()));
    let addr = config.server.addr;
    let listener = TcpListener::bind(addr).await.with_context(|| format!("cannot listen on {addr}"))?;
    tracing::info!(address = %format!("http://{}", listener.local_addr()?), "listening");
    let served = axum::serve(listener, http::router(state)).with_graceful_shutdown(signal());
    tokio::select! {
        outcome = async { served.await } => outcome?,
        () = grace_after_signal(config.server.shutdown_grace()) => {
            tracing::warn!("requests were still open and have been cut");
        }
    }
    sweeper.abort();
    tracing::info!("stopped");
    Ok(())
}

async fn state(config: &Config) -> anyhow::Result<AppState> {
    let folders = &config.folders;
    let assets = Assets::load(Folders {
        dist: folders.dist.clone(),
        assets: folders.assets.clone(),
        public: folders.public.clone(),
    })?;
    let engine = load_engine(&folders.models)?;
    let url = config.database.url(&folders.data);
    let database = Database::open(url.expose_secret()).await.context("cannot open the database")?;
    database.migrate().await.context("cannot bring the database up to date")?;
    let pictures =
        Pictures::open(&folders.data.join("results")).context("cannot open the folder of results")?;
    let repository = Arc::new(SqlResults::new(database.clone()));
    let results = ResultService::new(repository, pictures, Arc::new(SystemClock), Arc::new(SystemRandom));
    let site = Site::new(&config.server.public_url, &config.server.cors_origins);
    let swaps = SwapService::new(Arc::new(engine), config.server.cores());
    Ok(AppState::new(assets, database, swaps, results, Arc::new(SystemClock), site))
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

async fn grace_after_signal(grace: Duration) {
    signal().await;
    tokio::time::sleep(grace).await;
}
