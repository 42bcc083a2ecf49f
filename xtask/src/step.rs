//! A line for each long step, so that nobody wonders whether it hangs.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};

/// Says what is being done, does it, and says how long it took.
#[expect(clippy::disallowed_methods, reason = "a person at a terminal wants to know how long it took")]
pub(crate) fn step<T>(title: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    say(&format!("▸ {title} …"));
    let start = Instant::now();
    let outcome = work()?;
    say(&format!("  {title}: {:.1} s", start.elapsed().as_secs_f64()));
    Ok(outcome)
}

/// Writes a line for the person in front of the terminal.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stderr().lock();
    // Nobody reads a closed terminal: a line that cannot be written is no reason to stop the work.
    let _ = writeln!(out, "{line}");
}

/// Runs a command and shows what it prints.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("`{name}` cannot be started: is it installed?"))?;
    if !status.success() {
        bail!("`{name} {}` failed ({status})", arguments(command));
    }
    Ok(())
}

/// Runs a command for what it prints; none if it cannot be run.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn arguments(command: &Command) -> String {
    command.get_args().map(|argument| argument.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
