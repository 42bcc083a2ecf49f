//! `mog worker`: does jobs and nothing else, beside other workers and servers of the same database.

use std::sync::Arc;

use clap::Args;
use platform::swaps::SwapService;

use super::{database, ground, provenance, serve, serving_engine, stay};
use crate::background::Background;
use crate::config::{Config, ConfigArgs};
use crate::services::Services;
use crate::workshop;

/// Do jobs, and nothing else, until a signal ends it.
#[derive(Debug, Args)]
pub(super) struct Work {
    #[command(flatten)]
    settings: ConfigArgs,
}

impl Work {
    pub(super) fn run(self) -> anyhow::Result<()> {
        stay(&self.settings, work)
    }
}

async fn work(config: &Config) -> anyhow::Result<()> {
    let engine = serving_engine(config)?;
    let database = database::open(config).await?;
    database::migrate(&database).await?;
    let ground = ground(config, &database)?;
    let provenance = provenance(&ground).await?;
    let Services { jobs, media, consent, .. } = Services::new(ground)?;
    let swaps = SwapService::new(Arc::new(engine), provenance, config.server.cores());
    let mut background = Background::new();
    workshop::attend(&jobs, &mut background);
    workshop::work(config, &jobs, workshop::hd_swaps(config, &media, &consent, &swaps)?, &mut background);
    tracing::info!("at work");
    serve::stop_signal().await;
    tracing::info!("stopping");
    background.finish(config.server.shutdown_grace()).await;
    tracing::info!("stopped");
    Ok(())
}
