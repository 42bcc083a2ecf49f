//! Writes the records: `cargo run -p engine --features convert --example convert -- <package folder> <out folder>`.

use std::error::Error;
use std::path::PathBuf;

use engine::convert::convert;
use engine::models::Manifest;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(package), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: convert <package folder> <out folder>".into());
    };
    let manifest = Manifest::embedded()?.package;
    let loader = std::fs::read_to_string(package.join(manifest.loader_file))?;
    let data = std::fs::read(package.join(manifest.data_file))?;
    std::fs::create_dir_all(&out)?;
    for record in convert(&loader, &data)? {
        std::fs::write(out.join(&record.file_name), &record.bytes)?;
    }
    Ok(())
}
