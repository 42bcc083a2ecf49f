//! `mog models`: from the npm package to our records.

use std::path::PathBuf;

use clap::Args;

use super::{make_folder, read_file, write_file};

/// Convert the networks of the npm package to the records that the engine loads.
#[derive(Debug, Args)]
pub(super) struct Models {
    /// The unpacked npm package.
    #[arg(long, default_value = "node_modules/@mediapipe/face_mesh")]
    from: PathBuf,
    /// Where the records go.
    #[arg(long, default_value = "assets/models")]
    to: PathBuf,
}

impl Models {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let loader = read_file(&self.from.join("face_mesh_solution_packed_assets_loader.js"))?;
        let data = read_file(&self.from.join("face_mesh_solution_packed_assets.data"))?;
        make_folder(&self.to)?;
        for record in engine::convert::convert(&String::from_utf8_lossy(&loader), &data)? {
            write_file(&self.to.join(&record.file_name), &record.bytes)?;
        }
        Ok(())
    }
}
