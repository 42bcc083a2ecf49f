//! `mog migrate`: brings the database up to date. `mog serve` does so too when it starts.

use clap::Args;
use platform::database::newest_schema;

use super::database::{block_on, open, say};
use crate::config::ConfigArgs;

/// Bring the database up to date.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    settings: ConfigArgs,
}

impl Migrate {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        block_on(async {
            let database = open(&config).await?;
            let before = database.schema().await?;
            super::database::migrate(&database).await?;
            let newest = newest_schema();
            match before {
                Some(schema) if schema == newest => {
                    say(&format!("The database has schema {newest}, the newest."))
                }
                Some(schema) => say(&format!("The database went from schema {schema} to {newest}.")),
                None => say(&format!("The database was new and has schema {newest} now.")),
            }
            Ok(())
        })
    }
}
