//! `mog models`: from the npm package to our records.

use std::path::PathBuf;

use clap::Args;
use engine::convert::convert;
use engine::models::Manifest;

use super::{make_folder, write_file};

/// Convert the networks of the npm packages to the records that the engine loads.
#[derive(Debug, Args)]
pub(super) struct Models {
    /// Where npm unpacked the packages.
    #[arg(long, default_value = "node_modules")]
    from: PathBuf,
    /// Where the records go.
    #[arg(long, default_value = "assets/models")]
    to: PathBuf,
}

impl Models {
    pub(super) fn run(self) -> anyhow::Result<()> {
        make_folder(&self.to)?;
        for package in Manifest::embedded()?.packages {
            let folder = self.from.join(&package.name);
            for record in convert(&package, |name| std::fs::read(folder.join(name)).ok())? {
                write_file(&self.to.join(&record.file_name), &record.bytes)?;
            }
        }
        Ok(())
    }
}
