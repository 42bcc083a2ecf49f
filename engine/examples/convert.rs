//! Writes the records: `cargo run -p engine --features convert --example convert -- <node_modules> <out folder>`.

use std::error::Error;
use std::path::PathBuf;

use engine::convert::convert;
use engine::models::Manifest;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(packages), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: convert <node_modules> <out folder>".into());
    };
    std::fs::create_dir_all(&out)?;
    for package in Manifest::embedded()?.packages {
        let folder = packages.join(&package.name);
        for record in convert(&package, |name| std::fs::read(folder.join(name)).ok())? {
            std::fs::write(out.join(&record.file_name), &record.bytes)?;
        }
    }
    Ok(())
}
