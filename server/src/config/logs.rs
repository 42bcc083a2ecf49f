//! `[logs]`: what is written down, where, and for how long.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

use super::{Fault, Key};

pub(super) const KEYS: &[Key] = &[
    Key::new("logs.format", "\"text\" or \"json\": how standard error is written; files are always JSON"),
    Key::new("logs.filter", "levels as RUST_LOG writes them, such as info,sqlx=warn; RUST_LOG itself wins"),
    Key::new(
        "logs.files",
        "true or false: whether logs also go into the folder logs of the data folder, a file a day",
    ),
    Key::new("logs.keep_days", "for how many days log files are kept, 1 to 3650"),
];

/// How the log on standard error is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// A line for a person.
    #[default]
    Text,
    /// A JSON object a line, for a log store.
    Json,
}

/// What is written down, where, and for how long.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct LogsSection {
    pub(crate) format: LogFormat,
    pub(crate) filter: String,
    pub(crate) files: bool,
    pub(crate) keep_days: usize,
}

impl Default for LogsSection {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info,sqlx=warn".into(), files: true, keep_days: 30 }
    }
}

impl LogsSection {
    pub(super) fn check(&self) -> Result<(), Fault> {
        if let Err(error) = EnvFilter::try_new(&self.filter) {
            return Err(Fault::new("logs.filter", format!("cannot be read: {error}")));
        }
        if !(1..=3650).contains(&self.keep_days) {
            return Err(Fault::new("logs.keep_days", "is out of range"));
        }
        Ok(())
    }
}
