//! `mog restore`: a backup becomes an instance again.

use std::path::PathBuf;

use clap::Args;
use platform::backup::restore;

use super::database::{Steps, block_on, data_folder, open, say};
use crate::config::ConfigArgs;

/// Restore a backup into an empty database and an empty data folder.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The folder of the backup.
    folder: PathBuf,
    #[command(flatten)]
    settings: ConfigArgs,
}

impl Restore {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        block_on(async {
            let database = open(&config).await?;
            let data = data_folder(&config, &database).await?;
            let manifest = restore(&database, &data, &self.folder, &mut Steps).await?;
            say(&format!("{} tables and {} files are back.", manifest.tables.len(), manifest.files.len()));
            if config.auth.key_file(&config.folders.data).is_none() {
                say(
                    "The instance's secret comes from your settings: it must be the one that the backup was made with.",
                );
            }
            Ok(())
        })
    }
}
