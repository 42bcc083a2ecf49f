//! `mog doctor`: looks whether everything that a server needs is there and works.

use std::io::Write;

use anyhow::bail;
use clap::Args;

use super::database::block_on;
use crate::config::ConfigArgs;
use crate::doctor::{Finding, State, examine};

/// Look whether everything that a server needs is there and works.
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Write the findings as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: ConfigArgs,
}

impl Doctor {
    /// # Errors
    /// When there is a problem: warnings are none.
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        let findings = block_on(async { Ok(examine(&config).await) })?;
        let mut out = std::io::stdout().lock();
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&findings)?)?;
        } else {
            findings.iter().try_for_each(|finding| write_line(&mut out, finding))?;
        }
        match findings.iter().filter(|finding| finding.state == State::Problem).count() {
            0 => Ok(()),
            1 => bail!("there is a problem"),
            problems => bail!("there are {problems} problems"),
        }
    }
}

fn write_line(out: &mut impl Write, finding: &Finding) -> std::io::Result<()> {
    let mark = match finding.state {
        State::Well => "well   ",
        State::Warning => "warning",
        State::Problem => "PROBLEM",
    };
    writeln!(out, "{mark}  {:<16} {}", finding.subject, finding.says)?;
    match &finding.remedy {
        Some(remedy) => writeln!(out, "{:>26}→ {remedy}", ""),
        None => Ok(()),
    }
}
