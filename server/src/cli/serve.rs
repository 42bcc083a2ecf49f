//! `mog serve`: the studio and its API, until a signal ends it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use platform::auth::AuthService;
use platform::idempotency::IdempotencyService;
use platform::mail::{MailService, Outbox};
use platform::media::MediaService;
use platform::rate_limits::RateLimits;
use platform::results::{Pictures, ResultService, SqlResults};
use platform::swaps::SwapService;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::{auth_config, database, ground, provenance, serving_engine, stay};
use crate::assets::{Assets, Folders};
use crate::background::Background;
use crate::config::{Config, ConfigArgs};
use crate::http::{self, AppState, Parts};
use crate::offline::OfflineBuild;
use crate::operations::Operations;
use crate::ports::{SystemClock, SystemRandom, mail};
use crate::services::Services;
use crate::site::Site;
use crate::workshop;

/// How often what has expired is looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// How often every stored file is looked for in the store.
const COMPARE_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// How often the outbox is looked into: whoever waits for a link is looking at their inbox.
const DELIVER_EVERY: Duration = Duration::from_secs(2);

/// Serve the studio and its API.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    settings: ConfigArgs,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<()> {
        stay(&self.settings, serve)
    }
}

async fn serve(config: &Config) -> anyhow::Result<()> {
    let state = state(config).await?;
    let mut background = background(&state);
    workshop::attend(&state.jobs, &mut background);
    if config.jobs.in_serve {
        let Parts { jobs, media, consent, swaps, .. } = &*state;
        workshop::work(config, jobs, workshop::hd_swaps(config, media, consent, swaps)?, &mut background);
    }
    let mails = mails(config, &state)?;
    background.every(DELIVER_EVERY, move || deliver_mails(mails.clone()));
    let readiness = state.operations.readiness.clone();
    let addr = config.server.addr;
    let listener = TcpListener::bind(addr).await.with_context(|| format!("cannot listen on {addr}"))?;
    tracing::info!(address = %format!("http://{}", listener.local_addr()?), "listening");
    readiness.started();
    let service = http::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let (closing, closed) = oneshot::channel();
    let (delay, grace) = (config.server.shutdown_delay(), config.server.shutdown_grace());
    let until_closing = async move {
        stop_signal().await;
        readiness.stopping();
        tracing::info!("stopping");
        tokio::time::sleep(delay).await;
        let _ = closing.send(());
    };
    let served = axum::serve(listener, service).with_graceful_shutdown(until_closing);
    tokio::select! {
        outcome = async { served.await } => outcome?,
        () = patience(closed, grace) => tracing::warn!("requests were still open and have been cut"),
    }
    background.finish(grace).await;
    tracing::info!("stopped");
    Ok(())
}

/// Resolves when requests that are still open after closing have had their time.
async fn patience(closed: oneshot::Receiver<()>, grace: Duration) {
    match closed.await {
        Ok(()) => tokio::time::sleep(grace).await,
        Err(_) => std::future::pending().await,
    }
}

fn background(state: &AppState) -> Background {
    let mut background = Background::new();
    let results = state.results.clone();
    background.every(SWEEP_EVERY, move || sweep_results(results.clone()));
    if let Some(limits) = state.operations.limits.clone() {
        background.every(SWEEP_EVERY, move || sweep_limits(limits.clone()));
    }
    let (auth, idempotency) = (state.auth.clone(), state.idempotency.clone());
    background.every(SWEEP_EVERY, move || sweep_accounts(auth.clone()));
    background.every(SWEEP_EVERY, move || sweep_answers(idempotency.clone()));
    let (swept, compared) = (state.media.clone(), state.media.clone());
    background.every(SWEEP_EVERY, move || sweep_media(swept.clone()));
    background.every(COMPARE_EVERY, move || compare_media(compared.clone()));
    background
}

async fn state(config: &Config) -> anyhow::Result<AppState> {
    let folders = &config.folders;
    let assets = Assets::load(Folders {
        dist: folders.dist.clone(),
        assets: folders.assets.clone(),
        public: folders.public.clone(),
    })?;
    let engine = serving_engine(config)?;
    let database = database::open(config).await?;
    database::migrate(&database).await?;
    let pictures =
        Pictures::open(&folders.data.join("results")).context("cannot open the folder of results")?;
    let repository = Arc::new(SqlResults::new(database.clone()));
    let results = ResultService::new(repository, pictures, Arc::new(SystemClock), Arc::new(SystemRandom));
    let site = Site::new(&config.server.public_url, &config.server.cors_origins);
    let ground = ground(config, &database)?;
    let provenance = provenance(&ground).await?;
    let swaps = SwapService::new(Arc::new(engine), provenance.clone(), config.server.cores());
    let services = Services::new(ground)?;
    let Services { auth, users, idempotency, credits, jobs, media, consent, moderation, hd_swaps } = services;
    let operations = Operations::new(config, &database, Arc::new(SystemClock));
    Ok(AppState::from(Parts {
        leptos: http::leptos_options(),
        offline: OfflineBuild::of(&assets.folders)?,
        assets: Arc::new(assets),
        database,
        provenance,
        swaps,
        results,
        clock: Arc::new(SystemClock),
        site,
        operations,
        auth,
        users,
        idempotency,
        credits,
        jobs,
        media,
        consent,
        moderation,
        hd_swaps,
    }))
}

/// Who takes mails from the outbox to where the settings say.
fn mails(config: &Config, state: &AppState) -> anyhow::Result<MailService> {
    let public_url = config.server.public_url.url().clone();
    let mailer = mail::mailer(&config.mail, &public_url, &config.folders.data)?;
    let (clock, random) = (Arc::new(SystemClock), Arc::new(SystemRandom));
    let outbox = Outbox::new(public_url, &auth_config(config)?.secret, clock.clone(), random.clone())?;
    Ok(MailService::new(state.database.clone(), outbox, mailer, clock, random))
}

async fn sweep_results(results: ResultService) {
    match results.sweep().await {
        Ok(0) => {}
        Ok(removed) => tracing::info!(removed, "expired results removed"),
        Err(error) => tracing::error!(%error, "expired results could not be removed"),
    }
}

async fn sweep_media(media: MediaService) {
    match media.sweep().await {
        Ok(swept) if swept.files + swept.contents == 0 => {}
        Ok(swept) => {
            tracing::info!(swept.files, swept.contents, "stored files removed that had had their time")
        }
        Err(error) => tracing::error!(%error, "stored files that had had their time could not be removed"),
    }
}

async fn compare_media(media: MediaService) {
    match media.compare().await {
        Ok(found) if found.is_sound() => tracing::info!(found.files, "database and store agree"),
        Ok(found) => {
            tracing::error!(?found, "database and store disagree: look for what is missing in the backups")
        }
        Err(error) => tracing::error!(%error, "database and store could not be compared"),
    }
}

async fn deliver_mails(mails: MailService) {
    if let Err(error) = mails.deliver_due().await {
        tracing::error!(%error, "mails could not be delivered");
    }
}

async fn sweep_limits(limits: RateLimits) {
    if let Err(error) = limits.sweep().await {
        tracing::error!(%error, "full buckets of the rate limits could not be removed");
    }
}

async fn sweep_accounts(auth: AuthService) {
    if let Err(error) = auth.sweep().await {
        tracing::error!(%error, "ended sessions and links could not be removed");
    }
}

async fn sweep_answers(idempotency: IdempotencyService) {
    if let Err(error) = idempotency.sweep().await {
        tracing::error!(%error, "answers kept for repeated requests could not be removed");
    }
}

/// Resolves at Ctrl+C, or when the system asks the process to end.
pub(super) async fn stop_signal() {
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
