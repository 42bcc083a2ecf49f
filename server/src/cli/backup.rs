//! `mog backup`: every row and every file of an instance, into a folder.

use std::path::PathBuf;

use clap::Args;
use platform::backup::take;
use platform::clock::Clock;

use super::database::{Steps, block_on, data_folder, open, say};
use crate::config::ConfigArgs;
use crate::ports::SystemClock;

/// Back up the database and the data folder, also while the server runs.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// A new or empty folder for the backup.
    folder: PathBuf,
    #[command(flatten)]
    settings: ConfigArgs,
}

impl Backup {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        block_on(async {
            let database = open(&config).await?;
            let data = data_folder(&config, &database).await?;
            let manifest = take(&database, &data, &self.folder, SystemClock.now_ms(), &mut Steps).await?;
            let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
            say(&format!(
                "The backup in {} is complete: {rows} rows, {} files.",
                self.folder.display(),
                manifest.files.len()
            ));
            match config.auth.key_file(&config.folders.data) {
                Some(_) => say("It holds what opens every account, the instance's secret too: keep it safe."),
                None => say(
                    "The instance's secret comes from your settings and is not in it: keep both, in two safe places.",
                ),
            }
            Ok(())
        })
    }
}
