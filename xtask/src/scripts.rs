//! The small scripts of the pages: as they are written while one works on them, without comments and long names as they are
//! shipped.

use std::fs;
use std::path::Path;

use crate::build::Profile;
use crate::house::House;
use crate::step::{run, step};

/// Puts `frontend/scripts` into `dist/scripts`, where the server looks.
pub(crate) fn put(house: &House, profile: Profile) -> anyhow::Result<()> {
    let into = house.at("dist/scripts");
    step("Preparing the scripts", || {
        fs::create_dir_all(&into)?;
        for entry in fs::read_dir(house.at("frontend/scripts"))? {
            let entry = entry?;
            let (from, to) = (entry.path(), into.join(entry.file_name()));
            match profile {
                Profile::Dev => fs::copy(from, to).map(drop)?,
                Profile::Release => minify(house, &from, &to)?,
            }
        }
        Ok(())
    })
}

/// Takes the comments and the long names out of a script.
pub(crate) fn minify(house: &House, from: &Path, to: &Path) -> anyhow::Result<()> {
    let mut terser = house.command("terser");
    run(terser.arg(from).args(["--module", "--compress", "--mangle", "--output"]).arg(to))
}
