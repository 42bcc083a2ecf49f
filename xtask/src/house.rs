//! Where things are.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;

/// The repository and the folders beside it.
#[derive(Debug)]
pub(crate) struct House {
    /// The repository.
    pub(crate) root: PathBuf,
    /// What cargo builds. Outside the clone, so that another clone starts warm.
    pub(crate) target: PathBuf,
    /// Command-line tools of pinned versions, installed by us for us.
    pub(crate) tools: PathBuf,
}

impl House {
    /// Looks around.
    pub(crate) fn find() -> anyhow::Result<Self> {
        // Not where xtask was compiled: clones share one target directory, and so one compiled xtask.
        let here = std::env::current_dir().context("the current folder is gone")?;
        let root = here.ancestors().find(|folder| folder.join("Trunk.toml").exists());
        let root = root.context("this is not inside the repository of MOG AI: go there and run it again")?;
        let home =
            std::env::var_os("HOME").map(PathBuf::from).context("HOME is not set: say where your home is")?;
        let cache = home.join(".cache/mog-ai");
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| cache.join("target"), PathBuf::from);
        Ok(Self { root: root.into(), target, tools: cache.join("tools") })
    }

    /// A path in the repository.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A command in the repository that finds our tools before the machine's.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env("PATH", self.path())
            .env("CARGO_TARGET_DIR", &self.target)
            // Trunk 0.21 does not understand the NO_COLOR=1 that many machines set.
            .env_remove("NO_COLOR");
        command
    }

    /// Cargo in the repository.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments);
        command
    }

    fn path(&self) -> OsString {
        let ours = [self.tools.join("bin"), self.at("node_modules/.bin")];
        let machine = std::env::var_os("PATH").unwrap_or_default();
        let all = ours.into_iter().chain(std::env::split_paths(&machine));
        std::env::join_paths(all).unwrap_or(machine)
    }
}
