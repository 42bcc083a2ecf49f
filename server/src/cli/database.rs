//! What the commands that work on the database have in common.

use std::io::Write;

use anyhow::Context;
use platform::backup::{DataFolder, Progress};
use platform::database::Database;
use secrecy::ExposeSecret;

use super::make_folder;
use crate::config::Config;

/// Opens the database of these settings, and makes the data folder that it may lie in.
pub(super) async fn open(config: &Config) -> anyhow::Result<Database> {
    let data = &config.folders.data;
    make_folder(data)?;
    let url = config.database.url(data);
    Database::open(url.expose_secret())
        .await
        .with_context(|| format!("cannot open the database at {}", config.database.shown(data)))
}

/// Brings the database up to date.
pub(super) async fn migrate(database: &Database) -> anyhow::Result<()> {
    database.migrate().await.context(
        "cannot bring the database up to date (if its schema is newer than this program, use a newer `mog`)",
    )
}

/// The instance's files, for a backup.
pub(super) async fn data_folder(config: &Config, database: &Database) -> anyhow::Result<DataFolder> {
    let data = &config.folders.data;
    Ok(DataFolder::new(data, &data.join("logs"), database).await?)
}

/// Runs a command that waits for a database.
pub(super) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

/// A line for the person at the terminal.
pub(super) fn say(line: &str) {
    // Nobody reads a closed terminal: a line that cannot be written is no reason to stop the work.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Shows each step.
pub(super) struct Steps;

impl Progress for Steps {
    fn step(&mut self, what: &str) {
        say(&format!("▸ {what}"));
    }
}
