//! `cargo xtask test`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;
use clap::Args;

use crate::build::{self, Profile};
use crate::check;
use crate::contract;
use crate::house::House;
use crate::instructions;
use crate::step::{run, step};
use crate::tools;

/// Run the tests: all of them, or the named parts.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// `instructions`, `wasm`, `contract`, `end2end`, `speed`, or a crate such as `engine`. All if none is named.
    parts: Vec<String>,
    /// Take the pictures and outlines of the pages anew, instead of comparing with those of `end2end/pictures` and
    /// `end2end/outlines`.
    #[arg(long)]
    update_pictures: bool,
}

impl Test {
    pub(crate) fn run(self, house: &House) -> anyhow::Result<()> {
        if self.update_pictures {
            return take_pictures(house);
        }
        if self.parts.is_empty() {
            rust_tests(house)?;
            instructions::test(house)?;
            wasm_tests(house)?;
            contract::test(house)?;
            end_to_end_tests(house)?;
            return speed_tests(house);
        }
        for part in &self.parts {
            match part.as_str() {
                "instructions" => instructions::test(house)?,
                "wasm" => wasm_tests(house)?,
                "contract" => contract::test(house)?,
                "end2end" => end_to_end_tests(house)?,
                "speed" => speed_tests(house)?,
                package => crate_tests(house, package)?,
            }
        }
        Ok(())
    }
}

/// Every test that runs on this machine's own processor.
fn rust_tests(house: &House) -> anyhow::Result<()> {
    native_tests(house, "Rust tests", &check::native_packages().collect::<Vec<_>>())
}

fn crate_tests(house: &House, package: &str) -> anyhow::Result<()> {
    native_tests(house, &format!("Tests of {package}"), &["--package", package])
}

/// Databases, caches and stores are the real ones, or what plays them over the same wire.
fn native_tests(house: &House, what: &str, packages: &[&str]) -> anyhow::Result<()> {
    tools::postgres(house)?;
    tools::redis(house)?;
    let moto = contract::python_tools(house)?.join("bin/moto_server");
    build::assets(house, Profile::Dev)?;
    step(what, || {
        let mut cargo = house.cargo(&["test", "--locked"]);
        run(cargo.args(packages).env("MOG_MOTO_SERVER", &moto))
    })
}

/// The engine compiled for the browser against the engine compiled for this machine, on the same two samples.
fn wasm_tests(house: &House) -> anyhow::Result<()> {
    tools::for_wasm_tests(house)?;
    build::assets(house, Profile::Dev)?;
    let folder = house.target.join("parity");
    step("Making the native swap to compare with", || native_swap(house, &folder))?;
    step("Wasm tests", || {
        let mut cargo =
            house.cargo(&["test", "--locked", "--package", "worker", "--target", "wasm32-unknown-unknown"]);
        run(cargo.env("MOG_PARITY", &folder))
    })
}

/// Lays the models, two samples and the native engine's swap of them in `folder`.
fn native_swap(house: &House, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    for model in ["face_detector", "face_mesh", "face_topology", "hand_detector", "hand_landmarks"] {
        let name = format!("{model}.safetensors");
        std::fs::copy(house.at("assets/models").join(&name), folder.join(name))?;
    }
    let samples = samples(&house.at("assets/samples"))?;
    let [source, target, ..] = samples.as_slice() else { bail!("the gallery has fewer than two portraits") };
    std::fs::copy(source, folder.join("source.webp"))?;
    std::fs::copy(target, folder.join("target.webp"))?;
    let mut mog = house.command(&build::mog(house, Profile::Dev).to_string_lossy());
    // From the browser's models alone: the server also has the refined mesh.
    mog.args(["swap", "--models"]).arg(folder).arg("--source").arg(source).arg("--target").arg(target);
    run(mog.arg("--output").arg(folder.join("native.png")))
}

/// The gallery's pictures, without their thumbnails, by name.
fn samples(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut pictures = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.to_string_lossy();
        if name.ends_with(".webp") && !name.ends_with("-thumbnail.webp") && !name.ends_with("-look.webp") {
            pictures.push(path);
        }
    }
    pictures.sort();
    Ok(pictures)
}

/// The pages in a real browser.
fn end_to_end_tests(house: &House) -> anyhow::Result<()> {
    build::all(house, Profile::Dev)?;
    let mut npm = playwright(house, "end2end")?;
    step("End-to-end tests", || run(&mut npm))
}

/// Photographs the pages that look otherwise than before.
fn take_pictures(house: &House) -> anyhow::Result<()> {
    build::all(house, Profile::Dev)?;
    let mut npm = playwright(house, "end2end")?;
    let tests = ["--", "pictures", "access", "--update-snapshots"];
    step("Taking pictures", || run(npm.env("UPDATE_PICTURES", "1").args(tests)))
}

/// What the pages weigh and how Lighthouse judges them, with the client as it is shipped.
fn speed_tests(house: &House) -> anyhow::Result<()> {
    tools::for_building(house)?;
    build::assets(house, Profile::Dev)?;
    build::client(house, Profile::Release)?;
    let mut npm = playwright(house, "speed")?;
    step("Weight and speed of the pages", || run(&mut npm))
}

/// A script of `package.json` that runs Playwright against the server.
fn playwright(house: &House, script: &str) -> anyhow::Result<Command> {
    let chromium = tools::chromium(house)?;
    let mut npm = house.command("npm");
    npm.args(["run", "--silent", script]).env("CHROMIUM", &chromium);
    npm.env("MOG", build::mog(house, Profile::Dev));
    Ok(npm)
}
