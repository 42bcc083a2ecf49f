//! The API held to its own description, by schemathesis.

use anyhow::Context;

use crate::build::{self, Profile};
use crate::house::House;
use crate::stale::is_stale;
use crate::step::{run, step};

/// Runs `end2end/contract/contract.py` against a `mog serve` of its own.
pub(crate) fn test(house: &House) -> anyhow::Result<()> {
    build::all(house, Profile::Dev)?;
    let tools = python_tools(house)?;
    let folder = house.target.join("contract");
    // What an earlier run signed up would be in the way of this one.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    step("Contract tests", || {
        let mut python = house.command(&tools.join("bin/python").to_string_lossy());
        run(python.arg("end2end/contract/contract.py").arg(build::mog(house, Profile::Dev)).arg(&folder))
    })
}

/// The pinned packages in an environment of their own, beside our other tools.
fn python_tools(house: &House) -> anyhow::Result<std::path::PathBuf> {
    let environment = house.tools.join("python");
    let requirements = house.at("end2end/contract/requirements.txt");
    let stamp = environment.join("installed");
    if !is_stale(&stamp, std::slice::from_ref(&requirements)) {
        return Ok(environment);
    }
    step("Installing schemathesis", || {
        run(house.command("python3").args(["-m", "venv"]).arg(&environment))
            .context("Python with its venv module must be there: `sudo apt install python3-venv`")?;
        let mut pip = house.command(&environment.join("bin/pip").to_string_lossy());
        run(pip
            .args(["install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(&requirements))?;
        Ok(std::fs::write(&stamp, "")?)
    })?;
    Ok(environment)
}
