//! Builds what is stale: the server, the assets that it makes, and the client.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::compress::compress_folder;
use crate::house::House;
use crate::stale::is_stale;
use crate::step::{run, step};
use crate::tools;

/// How well optimised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build; the engine is optimised all the same.
    Dev,
    /// As it is shipped.
    Release,
}

impl Profile {
    const fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }

    /// Brotli's effort, 0 to 11: the last percents take most of the time.
    const fn brotli_quality(self) -> u32 {
        match self {
            Self::Dev => 5,
            Self::Release => 11,
        }
    }

    fn flag(self, command: &mut Command) {
        if self == Self::Release {
            command.arg("--release");
        }
    }
}

/// What the client is made from.
const CLIENT: [&str; 14] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "index.html",
    "package-lock.json",
    "app",
    "contract",
    "engine/src",
    "frontend",
    "models",
    "provenance",
    "studio",
    "xtask/src/page.rs",
    "xtask/src/scripts.rs",
];

/// The `mog` binary.
pub(crate) fn mog(house: &House, profile: Profile) -> PathBuf {
    house.target.join(profile.folder()).join("mog")
}

/// Everything that `mog serve` needs.
pub(crate) fn all(house: &House, profile: Profile) -> anyhow::Result<()> {
    tools::for_building(house)?;
    assets(house, profile)?;
    client(house, profile)
}

/// The server, and what it makes: models, samples, fonts.
pub(crate) fn assets(house: &House, profile: Profile) -> anyhow::Result<()> {
    tools::npm_packages(house)?;
    step("Building the server", || {
        let mut cargo = house.cargo(&["build", "--locked", "--package", "server"]);
        profile.flag(&mut cargo);
        run(&mut cargo)
    })?;
    models(house, profile)?;
    samples(house, profile)?;
    typefaces(house)
}

fn models(house: &House, profile: Profile) -> anyhow::Result<()> {
    let made = house.at("assets/models/face_topology.safetensors");
    let from = house.at("package-lock.json");
    if !is_stale(&made, &[from, house.at("engine/src/convert"), house.at("models")]) {
        return Ok(());
    }
    step("Converting the models", || {
        run(house.command(&mog(house, profile).to_string_lossy()).arg("models"))?;
        compress_folder(&house.at("assets/models"), &["safetensors"], profile.brotli_quality())
    })
}

fn samples(house: &House, profile: Profile) -> anyhow::Result<()> {
    let folder = house.at("assets/samples");
    let stamp = folder.join("drawn");
    if !is_stale(&stamp, &[house.at("portrait/src"), house.at("server/src/cli/samples.rs")]) {
        return Ok(());
    }
    step("Drawing the sample portraits", || {
        // What an earlier version called otherwise would stay, and be kept by every browser for use offline.
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        run(house.command(&mog(house, profile).to_string_lossy()).arg("samples"))?;
        Ok(std::fs::write(&stamp, "")?)
    })
}

fn typefaces(house: &House) -> anyhow::Result<()> {
    let folder = house.at("assets/fonts");
    let stamp = folder.join("cut");
    if !is_stale(&stamp, &[house.at("xtask/typefaces.mjs"), house.at("package-lock.json")]) {
        return Ok(());
    }
    step("Cutting the typefaces", || {
        run(house.command("node").arg("xtask/typefaces.mjs").arg(&folder))?;
        Ok(std::fs::write(&stamp, "")?)
    })
}

/// The page, the worker and the style sheet, by Trunk, then compressed.
pub(crate) fn client(house: &House, profile: Profile) -> anyhow::Result<()> {
    let mut inputs: Vec<PathBuf> = CLIENT.iter().map(|path| house.at(path)).collect();
    inputs.push(house.at("style"));
    let stamp = house.at("dist").join(format!("built-{}", profile.folder()));
    if !is_stale(&stamp, &inputs) {
        return Ok(());
    }
    // Trunk is told to stay offline, and tells cargo so: what it needs must be here before.
    step("Fetching crates", || run(&mut house.cargo(&["fetch", "--locked", "--quiet"])))?;
    step("Building the client", || trunk(house, profile))?;
    crate::worker::relaxed(house, profile)?;
    crate::scripts::put(house, profile)?;
    step("Compressing the client", || compress_client(&house.at("dist"), profile))?;
    Ok(std::fs::write(&stamp, "")?)
}

fn trunk(house: &House, profile: Profile) -> anyhow::Result<()> {
    let mut trunk = house.command("trunk");
    trunk.arg("build");
    profile.flag(&mut trunk);
    run(&mut trunk)
}

fn compress_client(dist: &Path, profile: Profile) -> anyhow::Result<()> {
    compress_folder(dist, &["js", "wasm", "css"], profile.brotli_quality())
}
