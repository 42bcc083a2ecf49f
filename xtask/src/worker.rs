//! The engine's worker once more, for browsers with relaxed SIMD: Trunk builds each crate only once.

use std::path::PathBuf;
use std::process::Command;

use crate::build::Profile;
use crate::house::House;
use crate::step::{run, step};

/// Instead of the flags in `.cargo/config.toml`, which the environment replaces as a whole.
const FLAGS: &str = r#"-C target-feature=+simd128,+relaxed-simd --cfg getrandom_backend="wasm_js""#;
/// What `server/src/assets.rs` looks for.
const NAME: &str = "worker-relaxed";

/// Adds `worker-relaxed.js` and `worker-relaxed_bg.wasm` to what Trunk built; the quick build does without.
pub(crate) fn relaxed(house: &House, profile: Profile) -> anyhow::Result<()> {
    if profile == Profile::Dev {
        return Ok(());
    }
    step("Building the engine for relaxed SIMD", || {
        let arguments = ["build", "--locked", "--package", "worker", "--profile", "wasm-release"];
        run(cargo(house, &arguments).args(["--target", "wasm32-unknown-unknown"]))?;
        let built = target(house).join("wasm32-unknown-unknown/wasm-release/worker.wasm");
        let mut bindgen = house.command("wasm-bindgen");
        bindgen.args(["--target", "web", "--no-typescript", "--out-name", NAME]);
        run(bindgen.arg("--out-dir").arg(house.at("dist")).arg(built))?;
        let wasm = house.at("dist").join(format!("{NAME}_bg.wasm"));
        run(house.command("wasm-opt").arg("-O3").arg(&wasm).arg("-o").arg(&wasm))
    })
}

fn cargo(house: &House, arguments: &[&str]) -> Command {
    let mut cargo = house.cargo(arguments);
    cargo.env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", target(house));
    cargo
}

/// Its own folder, or both builds would take turns to throw each other's crates away.
fn target(house: &House) -> PathBuf {
    house.target.join("relaxed-simd")
}
