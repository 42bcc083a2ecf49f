//! The data folder, the space around it, and the file with the secret.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::Finding;
use crate::config::Config;

/// Below so much free space a server that stores pictures will soon stop.
const LITTLE_BYTES: u64 = 1024 * 1024 * 1024;

/// The name of the file that shows whether the folder can be written.
const PROBE: &str = ".doctor";

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let data = &config.folders.data;
    let mut findings = vec![writable(data)];
    findings.extend(space(data));
    findings.extend(key_file(config));
    findings
}

fn writable(data: &Path) -> Finding {
    const SUBJECT: &str = "data folder";
    let probe = data.join(PROBE);
    let tried = fs::create_dir_all(data)
        .and_then(|()| fs::write(&probe, "mog doctor was here"))
        .and_then(|()| fs::remove_file(&probe));
    let shown = data.display();
    match tried {
        Ok(()) => Finding::well(SUBJECT, format!("{shown} can be written")),
        Err(error) => Finding::problem(
            SUBJECT,
            format!("{shown} cannot be written: {error}"),
            "Give the folder to the account that the server runs under, or set folders.data to another.",
        ),
    }
}

fn space(data: &Path) -> Option<Finding> {
    const SUBJECT: &str = "free space";
    let bytes = free_bytes(data)?;
    let says = format!("{} MB are free around {}", bytes / 1_000_000, data.display());
    Some(if bytes < LITTLE_BYTES {
        Finding::warning(SUBJECT, says, "Make room, or move folders.data to a larger disk.")
    } else {
        Finding::well(SUBJECT, says)
    })
}

/// As `df` tells: the standard library does not.
fn free_bytes(folder: &Path) -> Option<u64> {
    let output =
        Command::new("df").arg("-Pk").arg(folder).output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kilobytes: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn key_file(config: &Config) -> Option<Finding> {
    const SUBJECT: &str = "secret key";
    let file = config.auth.key_file(&config.folders.data)?;
    let shown = file.display();
    Some(match fs::metadata(&file) {
        Ok(found) if found.permissions().mode() & 0o077 != 0 => Finding::problem(
            SUBJECT,
            format!("others on this machine can read {shown}, which seals everything"),
            format!(
                "`chmod 600 {shown}`, and if others have been on this machine: make a new key, which ends all sessions."
            ),
        ),
        Ok(found) if found.len() != 32 => Finding::problem(
            SUBJECT,
            format!("{shown} is {} bytes long, not 32", found.len()),
            "Put it back from a backup. Without it, second factors cannot be opened again.",
        ),
        Ok(_) => Finding::well(SUBJECT, format!("{shown} is for its owner only")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Finding::well(SUBJECT, format!("{shown} will be made at the first start"))
        }
        Err(error) => Finding::problem(
            SUBJECT,
            format!("{shown} cannot be read: {error}"),
            "Give the file to the account that the server runs under.",
        ),
    })
}
