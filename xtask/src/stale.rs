//! Whether something has to be built again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Whether `output` is missing or older than any file under `inputs`.
pub(crate) fn is_stale(output: &Path, inputs: &[PathBuf]) -> bool {
    let Some(built) = modified(output) else { return true };
    inputs.iter().filter_map(|input| newest(input)).any(|changed| changed > built)
}

/// When the newest file under a path was written.
fn newest(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return modified(path);
    }
    let entries = fs::read_dir(path).ok()?;
    entries.filter_map(|entry| newest(&entry.ok()?.path())).max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the files under test carry the machine's times")]
    fn an_output_is_stale_when_missing_or_older() -> anyhow::Result<()> {
        let folder = std::env::temp_dir().join(format!("mog-stale-{}", std::process::id()));
        fs::create_dir_all(folder.join("in/deep"))?;
        let (input, output) = (folder.join("in/deep/a"), folder.join("out"));
        fs::write(&input, "")?;
        assert!(is_stale(&output, &[folder.join("in")]));
        fs::write(&output, "")?;
        let later = |seconds| SystemTime::now() + Duration::from_secs(seconds);
        fs::File::open(&output)?.set_modified(later(10))?;
        assert!(!is_stale(&output, &[folder.join("in")]));
        fs::File::open(&input)?.set_modified(later(20))?;
        assert!(is_stale(&output, &[folder.join("in")]));
        fs::remove_dir_all(&folder)?;
        Ok(())
    }
}
