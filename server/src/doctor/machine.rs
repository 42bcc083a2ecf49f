//! The machine: its clock, its cores, its memory.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use platform::clock::Clock;

use super::Finding;
use super::database::clocks;
use crate::config::Config;
use crate::ports::SystemClock;

/// What one swap of the largest photos takes at its peak, as a rule of thumb.
const BYTES_PER_SWAP: u64 = 512 * 1024 * 1024;

/// The name of the file whose time is looked at.
const PROBE: &str = ".doctor-clock";

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![cores_and_memory(config)];
    findings.extend(file_clock(&config.folders.data));
    findings
}

fn cores_and_memory(config: &Config) -> Finding {
    const SUBJECT: &str = "machine";
    let cores = config.server.cores();
    let Some(memory_bytes) = memory_bytes() else {
        return Finding::well(
            SUBJECT,
            format!("{cores} swaps at once; this system does not say how much memory it has"),
        );
    };
    let says = format!("{cores} swaps at once, {} MB of memory", memory_bytes / 1_000_000);
    if memory_bytes < BYTES_PER_SWAP * cores as u64 {
        Finding::warning(
            SUBJECT,
            says,
            "Set server.cores lower, or give the machine 512 MB for each swap at once.",
        )
    } else {
        Finding::well(SUBJECT, says)
    }
}

fn memory_bytes() -> Option<u64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// A file on another machine has that machine's time.
fn file_clock(data: &Path) -> Option<Finding> {
    let probe = data.join(PROBE);
    fs::write(&probe, "what time is it?").ok()?;
    let here_ms = SystemClock.now_ms();
    let modified = fs::metadata(&probe).and_then(|found| found.modified());
    fs::remove_file(&probe).ok()?;
    let there_ms = i64::try_from(modified.ok()?.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()?;
    Some(clocks("clock", "the data folder's disk", there_ms - here_ms))
}
