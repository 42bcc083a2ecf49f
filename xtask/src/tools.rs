//! Puts the tools in place: each of a pinned version, by ordinary package clients only.

use std::process::Command;

use anyhow::{Context, bail};

use crate::house::House;
use crate::stale::is_stale;
use crate::step::{output, run, step};

/// Trunk, which builds the client. 0.22 needs a newer compiler than ours.
const TRUNK: Tool = Tool {
    package: "trunk",
    version: "0.21.14",
    program: "trunk",
    // Without its update check. Its lock file is good; that of wasm-bindgen-cli names a crate that was withdrawn.
    options: &["--locked", "--no-default-features", "--features", "rustls"],
};

/// Must equal the version of the `wasm-bindgen` crate to the last digit.
const WASM_BINDGEN: Tool =
    Tool { package: "wasm-bindgen-cli", version: "0.2.130", program: "wasm-bindgen", options: &[] };

/// A tool that cargo installs.
struct Tool {
    package: &'static str,
    version: &'static str,
    program: &'static str,
    options: &'static [&'static str],
}

/// Everything that a build needs.
pub(crate) fn for_building(house: &House) -> anyhow::Result<()> {
    wasm_target(house)?;
    npm_packages(house)?;
    TRUNK.install(house)?;
    WASM_BINDGEN.install(house)
}

/// What the wasm tests need: their runner comes with wasm-bindgen.
pub(crate) fn for_wasm_tests(house: &House) -> anyhow::Result<()> {
    wasm_target(house)?;
    WASM_BINDGEN.install(house)
}

/// What lets cargo compile for the browser.
pub(crate) fn wasm_target(house: &House) -> anyhow::Result<()> {
    let installed =
        output(house.command("rustup").args(["target", "list", "--installed"])).unwrap_or_default();
    if installed.lines().any(|target| target == "wasm32-unknown-unknown") {
        return Ok(());
    }
    step("Adding the wasm target to Rust", || {
        run(house.command("rustup").args(["target", "add", "wasm32-unknown-unknown"]))
            .context("Rust's wasm target could not be added: install Rust with rustup, then run this again")
    })
}

/// What `package-lock.json` pins, with its integrity.
pub(crate) fn npm_packages(house: &House) -> anyhow::Result<()> {
    let installed = house.at("node_modules/.package-lock.json");
    if !is_stale(&installed, &[house.at("package-lock.json")]) {
        return Ok(());
    }
    step("Installing npm packages", || {
        // Not `npm ci`: it refuses a lock file without the optional packages of other platforms, which some mirrors
        // of the registry do not have. `--no-save` honours versions and integrity all the same, and changes no file.
        let arguments =
            ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        run(house.command("npm").args(arguments))
            .context("the npm packages could not be installed: Node 20 or newer must be there, and its registry reachable")
    })
}

impl Tool {
    fn install(&self, house: &House) -> anyhow::Result<()> {
        let program = house.tools.join("bin").join(self.program);
        let installed = output(Command::new(&program).arg("--version")).unwrap_or_default();
        if installed.split_whitespace().nth(1) == Some(self.version) {
            return Ok(());
        }
        let title = format!("Installing {} {} (compiles for some minutes, once)", self.package, self.version);
        step(&title, || {
            let mut cargo = house.cargo(&["install", "--quiet", self.package, "--version", self.version]);
            cargo.args(self.options).arg("--root").arg(&house.tools);
            // A tool that runs for seconds is not worth a quarter of an hour of link-time optimisation.
            cargo
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env("CARGO_TARGET_DIR", house.tools.join("build"));
            run(&mut cargo)
                .with_context(|| format!("{} could not be installed: is the network there?", self.package))
        })
    }
}

/// The browser of the end-to-end tests: the machine's own, or Debian's.
pub(crate) fn chromium(house: &House) -> anyhow::Result<String> {
    if let Ok(chosen) = std::env::var("CHROMIUM") {
        return Ok(chosen);
    }
    if let Some(found) = find_chromium(house) {
        return Ok(found);
    }
    step("Installing Chromium", || apt_install(house, "chromium"))?;
    find_chromium(house)
        .context("Chromium was installed but is not on the PATH: say where it is with CHROMIUM=/path")
}

fn find_chromium(house: &House) -> Option<String> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    names.iter().find_map(|name| output(house.command("which").arg(name)))
}

/// What the Rust tests start a private database of. Debian keeps its programs off the `PATH`, in a folder per version.
pub(crate) fn postgres(house: &House) -> anyhow::Result<()> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").is_ok_and(|mut versions| {
        versions.any(|version| version.is_ok_and(|version| version.path().join("bin/initdb").exists()))
    });
    if debian || output(house.command("which").arg("initdb")).is_some() {
        return Ok(());
    }
    step("Installing PostgreSQL", || apt_install(house, "postgresql"))
}

/// What several servers remember with.
pub(crate) fn redis(house: &House) -> anyhow::Result<()> {
    if output(house.command("which").arg("redis-server")).is_some() {
        return Ok(());
    }
    step("Installing Redis", || apt_install(house, "redis-server"))
}

/// What counts instructions.
pub(crate) fn valgrind(house: &House) -> anyhow::Result<()> {
    if output(house.command("which").arg("valgrind")).is_some() {
        return Ok(());
    }
    step("Installing valgrind", || apt_install(house, "valgrind"))
}

/// Installs a Debian package as root, or through sudo where that asks nothing.
pub(crate) fn apt_install(house: &House, package: &str) -> anyhow::Result<()> {
    let root = output(house.command("id").arg("-u")).as_deref() == Some("0");
    let apt = |arguments: &[&str]| {
        let mut command = house.command(if root { "apt-get" } else { "sudo" });
        if !root {
            command.args(["--non-interactive", "apt-get"]);
        }
        command.args(["-qq", "-y"]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        run(&mut command)
    };
    let installed = apt(&["update"]).and_then(|()| apt(&["install", "--no-install-recommends", package]));
    if installed.is_err() {
        bail!(
            "{package} could not be installed: install it yourself (`sudo apt install {package}`) and run this again"
        );
    }
    Ok(())
}
