//! `mog config`: the settings in force, without their secrets.

use std::io::Write;

use clap::Args;

use crate::config::ConfigArgs;

/// Print the settings in force, without their secrets.
#[derive(Debug, Args)]
pub(super) struct ShowConfig {
    #[command(flatten)]
    settings: ConfigArgs,
}

impl ShowConfig {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        Ok(write!(std::io::stdout().lock(), "{config}")?)
    }
}
