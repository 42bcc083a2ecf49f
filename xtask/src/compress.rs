//! Brotli beside each file, once at build time, so that the server never compresses the same bytes twice.

use std::fs;
use std::path::{Path, PathBuf};

use brotli::CompressorReader;

/// The window of brotli, as the power of two: 4 MB, the largest that every browser takes.
const WINDOW: u32 = 22;

/// Writes `NAME.br` beside every file under `folder` with one of the `endings`.
pub(crate) fn compress_folder(folder: &Path, endings: &[&str], quality: u32) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            compress_folder(&path, endings, quality)?;
        } else if path
            .extension()
            .and_then(|ending| ending.to_str())
            .is_some_and(|ending| endings.contains(&ending))
        {
            compress(&path, quality)?;
        }
    }
    Ok(())
}

fn compress(path: &Path, quality: u32) -> anyhow::Result<()> {
    let content = fs::read(path)?;
    let mut compressed = Vec::new();
    std::io::copy(&mut CompressorReader::new(content.as_slice(), 1 << 16, quality, WINDOW), &mut compressed)?;
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    Ok(fs::write(PathBuf::from(name), compressed)?)
}
