//! The command line.

mod admin;
mod backup;
mod bench;
mod config;
mod database;
mod doctor;
mod migrate;
mod models;
mod openapi;
mod restore;
pub(crate) mod samples;
mod serve;
mod swap;
mod worker;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use engine::device::{self, DeviceChoice};
use engine::{Device, Engine, ModelFiles};
use platform::auth::AuthConfig;
use platform::database::Database;
use platform::provenance::ProvenanceService;
use platform::sealing::InstanceSecret;
use secrecy::ExposeSecret;

use crate::config::{Config, ConfigArgs};
use crate::ports::{SystemClock, SystemRandom, media, safety};
use crate::services::Ground;
use crate::telemetry;

/// MOG AI: a face-swap studio that runs in the browser, with a server behind it.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Mog {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the studio and its API.
    Serve(serve::Serve),
    /// Do jobs, and nothing else, beside servers and other workers of the same database.
    Worker(worker::Work),
    /// Print the settings in force, without their secrets.
    Config(config::ShowConfig),
    /// Bring the database up to date.
    Migrate(migrate::Migrate),
    /// Back up the database and the data folder, also while the server runs.
    Backup(backup::Backup),
    /// Restore a backup into an empty database and an empty data folder.
    Restore(restore::Restore),
    /// Look whether everything that a server needs is there and works.
    Doctor(doctor::Doctor),
    /// Make, promote, lock and unlock accounts.
    Admin(admin::Admin),
    /// Graft the face of one photo onto the faces of another.
    Swap(swap::Swap),
    /// Time the engine on two drawn portraits.
    Bench(bench::Bench),
    /// Convert the networks of the npm package to the records that the engine loads.
    Models(models::Models),
    /// Print the description of the API, as `docs/openapi.json` holds it.
    Openapi,
    /// Draw the gallery of sample portraits.
    Samples(samples::Samples),
}

impl Mog {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Serve(serve) => serve.run(),
            Command::Worker(work) => work.run(),
            Command::Config(config) => config.run(),
            Command::Migrate(migrate) => migrate.run(),
            Command::Backup(backup) => backup.run(),
            Command::Restore(restore) => restore.run(),
            Command::Doctor(doctor) => doctor.run(),
            Command::Admin(admin) => admin.run(),
            Command::Swap(swap) => swap.run(),
            Command::Bench(bench) => bench.run(),
            Command::Models(models) => models.run(),
            Command::Openapi => openapi::print(),
            Command::Samples(samples) => samples.run(),
        }
    }
}

/// What an engine is loaded from, and onto.
#[derive(Clone, Debug, Args)]
struct EngineArgs {
    /// Folder of the converted models.
    #[arg(long, env = "MOG_MODELS", default_value = "assets/models")]
    models: PathBuf,
    /// Where networks run: auto, flex, vulkan or cuda:N.
    #[arg(long, env = "MOG_DEVICE", default_value_t)]
    device: DeviceChoice,
    /// Look at eyes and lips more closely (docs/adr/0046). Browsers and the server do not.
    #[arg(long)]
    refined: bool,
}

impl EngineArgs {
    fn load(&self) -> anyhow::Result<Engine> {
        let opened = device::open(self.device);
        for why in &opened.passed_over {
            writeln!(std::io::stderr(), "{why}: {} is used", opened.name)?;
        }
        let engine = load_engine(&self.models, &opened.device)?;
        if !self.refined {
            return Ok(engine);
        }
        let record = read_file(&self.models.join(ModelFiles::REFINED))?;
        Ok(engine.with_refined_mesh(&record, &opened.device)?)
    }
}

/// Loads the engine of a server, and says in its log where networks run.
fn serving_engine(config: &Config) -> anyhow::Result<Engine> {
    let opened = device::open(config.server.device);
    for why in &opened.passed_over {
        tracing::warn!(%why, used = %opened.name, "another device is used");
    }
    tracing::info!(device = %opened.name, "networks run here");
    load_engine(&config.folders.models, &opened.device)
}

/// Loads the engine from the folder of the converted models.
fn load_engine(models: &Path, device: &Device) -> anyhow::Result<Engine> {
    let files = ModelFiles::read(|name| read_file(&models.join(name)));
    let files = files.context("`cargo xtask models` makes the models")?;
    let mut engine = Engine::load(&files, device)?;
    let [detector, landmarks] = ModelFiles::HANDS.map(|name| read_file(&models.join(name)));
    engine.learn_hands(&detector?, &landmarks?, device)?;
    Ok(engine)
}

/// What the services of these settings stand on.
fn ground(config: &Config, database: &Database) -> anyhow::Result<Ground> {
    let data = &config.folders.data;
    Ok(Ground {
        database: database.clone(),
        config: auth_config(config)?,
        credits: config.jobs.credits(),
        jobs: config.jobs.jobs(),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        media: config.media.limits(data),
        store: media::store(&config.media, data)?,
        safety: safety::judge(&config.safety)?,
    })
}

/// Who marks the pictures of this instance.
async fn provenance(ground: &Ground) -> anyhow::Result<ProvenanceService> {
    let Ground { database, config, clock, random, .. } = ground;
    let owner = format!("MOG AI, {}", config.public_url);
    Ok(ProvenanceService::open(database, &config.secret, &owner, clock.clone(), random.as_ref()).await?)
}

/// Runs a command that stays until a signal ends it: with its folder, its logs and its threads.
fn stay(settings: &ConfigArgs, work: impl AsyncFnOnce(&Config) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let config = settings.load()?;
    make_folder(&config.folders.data)?;
    let _logs = telemetry::start(&config.logs, &config.folders.data)?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work(&config))
}

/// What these settings say about accounts.
fn auth_config(config: &Config) -> anyhow::Result<AuthConfig> {
    let secret = config.auth.instance_secret(&config.folders.data, &SystemRandom)?;
    let secret = InstanceSecret::new(secret.expose_secret());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut accounts = AuthConfig::new(&config.server.public_url.origin(), secret, cores);
    accounts.supabase = config.supabase.project()?;
    Ok(accounts)
}

fn read_file(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// Makes the folder of a command's results.
fn make_folder(path: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(path).with_context(|| format!("cannot make the folder {}", path.display()))
}
