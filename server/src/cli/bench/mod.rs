//! `mog bench`: what the engine takes, and what it makes.

mod page;
mod sheet;
mod timing;

use std::path::PathBuf;

use clap::Args;

use self::sheet::Sheet;
use super::EngineArgs;

/// Time the engine on two drawn portraits, or look at what it makes of a folder of faces.
#[derive(Debug, Args)]
pub(super) struct Bench {
    /// How often each step is run.
    #[arg(long, default_value_t = 15)]
    runs: usize,
    /// Side of the pictures in pixels.
    #[arg(long, default_value_t = 768)]
    side: u32,
    /// Swap the faces of this folder's photos, each onto the next one's, and make contact sheets with certificates.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["runs", "side"])]
    sheet: Option<PathBuf>,
    /// Which faces go onto which: a file with the names of a source and a target, without their endings, in each line.
    #[arg(long, value_name = "FILE", requires = "sheet")]
    pairs: Option<PathBuf>,
    /// Where the contact sheets go.
    #[arg(long, value_name = "FOLDER", default_value = "sheet", requires = "sheet")]
    to: PathBuf,
    #[command(flatten)]
    engine: EngineArgs,
}

impl Bench {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let engine = self.engine.load()?;
        match self.sheet {
            Some(folder) => Sheet { engine, folder, pairs: self.pairs, to: self.to }.run(),
            None => timing::run(&engine, self.runs.max(1), self.side),
        }
    }
}
