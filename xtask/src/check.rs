//! `cargo xtask check`: format and lints, for both targets.

use crate::house::House;
use crate::step::{run, step};
use crate::tools;

/// What exists only as wasm; together with the server it would mix both halves of Leptos.
const BROWSER: [&str; 3] = ["page", "worker", "notary"];

/// The arguments that choose every package but the browser's.
pub(crate) fn native_packages() -> impl Iterator<Item = &'static str> {
    ["--workspace"].into_iter().chain(BROWSER.into_iter().flat_map(|package| ["--exclude", package]))
}

fn lint_native(house: &House) -> anyhow::Result<()> {
    let mut cargo = house.cargo(&["clippy", "--locked"]);
    run(cargo.args(native_packages()).args(["--all-targets", "--", "--deny", "warnings"]))
}

fn lint_wasm(house: &House) -> anyhow::Result<()> {
    let mut cargo =
        house.cargo(&["clippy", "--locked", "--all-targets", "--target", "wasm32-unknown-unknown"]);
    cargo.args(BROWSER.into_iter().flat_map(|package| ["--package", package]));
    run(cargo.args(["--", "--deny", "warnings"]))
}

/// Fails at the first thing that is not as it should be.
pub(crate) fn all(house: &House) -> anyhow::Result<()> {
    tools::wasm_target(house)?;
    step("Checking the format", || run(&mut house.cargo(&["fmt", "--all", "--check"])))?;
    step("Linting the server's half", || lint_native(house))?;
    step("Linting the browser's half", || lint_wasm(house))
}
