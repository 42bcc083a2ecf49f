//! The API held to its own description, by schemathesis.

use std::path::{Path, PathBuf};

use crate::build::{self, Profile};
use crate::house::House;
use crate::stale::is_stale;
use crate::step::{run, step};
use crate::tools;

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

/// Debian keeps the part of Python that makes environments in a package of its own.
fn make_environment(house: &House, environment: &Path) -> anyhow::Result<()> {
    let make = || run(house.command("python3").args(["-m", "venv", "--clear"]).arg(environment));
    make().or_else(|_| tools::apt_install(house, "python3-venv").and_then(|()| make()))
}

/// The pinned packages in an environment of their own, beside our other tools: what asks our API, and what plays others'.
pub(crate) fn python_tools(house: &House) -> anyhow::Result<PathBuf> {
    let environment = house.tools.join("python");
    let requirements = house.at("end2end/contract/requirements.txt");
    let stamp = environment.join("installed");
    if !is_stale(&stamp, std::slice::from_ref(&requirements)) {
        return Ok(environment);
    }
    step("Installing schemathesis and moto", || {
        make_environment(house, &environment)?;
        let mut pip = house.command(&environment.join("bin/pip").to_string_lossy());
        run(pip
            .args(["install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(&requirements))?;
        Ok(std::fs::write(&stamp, "")?)
    })?;
    Ok(environment)
}
