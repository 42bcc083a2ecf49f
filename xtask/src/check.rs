//! `cargo xtask check`: format and lints, for both targets.

use crate::house::House;
use crate::step::{run, step};
use crate::tools;

fn lint_native(house: &House) -> anyhow::Result<()> {
    // Page and worker exist only as wasm; together with the server they would mix both halves of Leptos.
    let arguments =
        ["clippy", "--locked", "--workspace", "--exclude", "page", "--exclude", "worker", "--all-targets"];
    run(house.cargo(&arguments).args(["--", "--deny", "warnings"]))
}

fn lint_wasm(house: &House) -> anyhow::Result<()> {
    let arguments = ["clippy", "--locked", "--package", "page", "--package", "worker", "--all-targets"];
    run(house.cargo(&arguments).args(["--target", "wasm32-unknown-unknown", "--", "--deny", "warnings"]))
}

/// Fails at the first thing that is not as it should be.
pub(crate) fn all(house: &House) -> anyhow::Result<()> {
    tools::wasm_target(house)?;
    step("Checking the format", || run(&mut house.cargo(&["fmt", "--all", "--check"])))?;
    step("Linting the server's half", || lint_native(house))?;
    step("Linting the browser's half", || lint_wasm(house))
}
