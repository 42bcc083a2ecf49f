//! The engine's worker once more, for browsers with relaxed SIMD: Trunk builds each crate only once.

use crate::build::Profile;
use crate::house::House;
use crate::step::{run, step};

/// What `server/src/assets.rs` looks for.
const NAME: &str = "worker-relaxed";

/// Adds `worker-relaxed.js` and `worker-relaxed_bg.wasm` to what Trunk built; the quick build does without.
pub(crate) fn relaxed(house: &House, profile: Profile) -> anyhow::Result<()> {
    if profile == Profile::Dev {
        return Ok(());
    }
    step("Building the engine for relaxed SIMD", || {
        let mut cargo =
            house.cargo(&["build", "--locked", "--package", "worker", "--profile", "wasm-release"]);
        cargo.env("RUSTC_WORKSPACE_WRAPPER", house.at("xtask/relaxed-simd.sh"));
        run(cargo.args(["--target", "wasm32-unknown-unknown"]))?;
        let built = house.target.join("wasm32-unknown-unknown/wasm-release/worker.wasm");
        let mut bindgen = house.command("wasm-bindgen");
        bindgen.args(["--target", "web", "--no-typescript", "--out-name", NAME]);
        run(bindgen.arg("--out-dir").arg(house.at("dist")).arg(built))?;
        let wasm = house.at("dist").join(format!("{NAME}_bg.wasm"));
        run(house.command("wasm-opt").arg("-O3").arg(&wasm).arg("-o").arg(&wasm))
    })
}
