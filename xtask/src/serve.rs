//! `cargo xtask serve`.

use clap::Args;

use crate::build::{self, Profile};
use crate::house::House;
use crate::step::{run, say};

/// Build what is stale and serve the studio.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The optimised build, as it is shipped.
    #[arg(long)]
    release: bool,
    /// Address and port.
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: String,
    /// Build, and do not serve.
    #[arg(long)]
    build_only: bool,
}

impl Serve {
    pub(crate) fn run(self, house: &House) -> anyhow::Result<()> {
        let profile = if self.release { Profile::Release } else { Profile::Dev };
        build::all(house, profile)?;
        if self.build_only {
            return Ok(());
        }
        say(&format!("▸ Open http://{} (Ctrl+C ends it)", self.addr));
        run(house
            .command(&build::mog(house, profile).to_string_lossy())
            .args(["serve", "--addr", &self.addr]))
    }
}
