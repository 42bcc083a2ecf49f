//! The page's half of the client, cut into pieces, so that a visit loads the code of the page it opens and no other
//! (docs/adr/0009). Trunk compiles it and calls this as its hook, because it does not cut.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256, Sha384};

use crate::build::Profile;
use crate::house::House;
use crate::scripts::minify;
use crate::step::run;

/// What wasm-opt may take for granted: what every browser has that has SIMD, and what rustc and wasm-bindgen use.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// What makes the pieces smallest after compression: `-Os` twice around a look at which values can be (`--gufa`) beats `-Oz` by a
/// hundredth, and nobody reads the sections about the tools.
const SMALLER: [&str; 7] =
    ["--strip-debug", "--strip-producers", "--strip-target-features", "-Os", "--gufa", "-Os", "--converge"];

/// Which pieces each lazy function needs.
type Pieces = BTreeMap<String, Vec<String>>;

/// Puts the pieces in the place of the page that Trunk made, and names them in `page.json`, where the server looks.
///
/// # Errors
/// Outside of Trunk, which says by `TRUNK_STAGING_DIR` where its work lies; and whatever a step says.
pub(crate) fn cut(house: &House) -> anyhow::Result<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let staging =
        staging.context("Trunk calls this, as its hook: run `trunk build` or `cargo xtask serve`")?;
    let release = std::env::var("TRUNK_PROFILE").as_deref() == Ok("release");
    let profile = if release { Profile::Release } else { Profile::Dev };
    let wasm = linked(house, profile)?;
    // One name for all pieces: they name each other, so that none can be named after its own content alone.
    let name = format!("page-{}", base16ct::lower::encode_string(&Sha256::digest(&wasm)[..8]));
    let folder = staging.join(&name);
    remove_uncut(&staging)?;
    let pieces = split(&wasm, &folder)?;
    bind(house, &folder)?;
    if profile == Profile::Release {
        optimise(house, &folder)?;
        let script = folder.join("page.js");
        minify(house, &script, &script)?;
    }
    let integrity = STANDARD.encode(Sha384::digest(fs::read(folder.join("page.js"))?));
    let page = json!({ "folder": format!("/pkg/{name}"), "integrity": format!("sha384-{integrity}"), "pieces": pieces });
    Ok(fs::write(staging.join("page.json"), page.to_string())?)
}

/// The module as the linker left it, with the relocations that cutting goes by.
fn linked(house: &House, profile: Profile) -> anyhow::Result<Vec<u8>> {
    let folder = match profile {
        Profile::Dev => "debug",
        Profile::Release => "wasm-release",
    };
    let module = house.target.join("wasm32-unknown-unknown").join(folder).join("page.wasm");
    fs::read(&module).with_context(|| format!("cannot read {}", module.display()))
}

/// Removes what Trunk made of the module: it cannot start in one piece.
fn remove_uncut(staging: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(staging)? {
        let path = entry?.path();
        if path.is_file() && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("page-"))
        {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Cuts the module at its lazy functions; says which pieces each of them needs.
fn split(wasm: &[u8], folder: &Path) -> anyhow::Result<Pieces> {
    fs::create_dir_all(folder)?;
    let main = folder.join("page.wasm");
    let mut options = wasm_split_cli_support::Options::new(wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = "./page.js";
    let split = wasm_split_cli_support::transform(options).map_err(|why| anyhow!("{why:#}"))?;
    Ok(split.prefetch_map.into_iter().collect())
}

/// Writes `page.js` and `page_bg.wasm` in the place of the main piece.
fn bind(house: &House, folder: &Path) -> anyhow::Result<()> {
    let main = folder.join("page.wasm");
    let mut bindgen = house.command("wasm-bindgen");
    // The pieces reach into the main one by the names that the linker gave.
    bindgen.args([
        "--target",
        "web",
        "--no-typescript",
        "--keep-lld-exports",
        "--out-name",
        "page",
        "--out-dir",
    ]);
    run(bindgen.arg(folder).arg(&main))?;
    Ok(fs::remove_file(main)?)
}

fn optimise(house: &House, folder: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "wasm") {
            let mut wasm_opt = house.command("wasm-opt");
            run(wasm_opt.args(FEATURES).args(SMALLER).arg(&path).arg("-o").arg(&path))?;
        }
    }
    Ok(())
}
