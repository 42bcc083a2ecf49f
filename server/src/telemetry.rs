//! Where the logs go: standard error, and JSON files that turn over each day. What stands in them: `docs/LOGGING.md`.

use std::io::IsTerminal;
use std::path::Path;

use anyhow::Context;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::fmt::{self, MakeWriter};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

use crate::config::{LogFormat, LogsSection};

/// The folder of log files, in the data folder.
pub(crate) const FOLDER: &str = "logs";

/// Writes what is still waiting when it goes. Keep it until the process ends.
#[must_use]
pub(crate) struct Logs {
    _files: Option<WorkerGuard>,
}

/// Starts logging.
///
/// # Errors
/// When the files cannot be written.
pub(crate) fn start(logs: &LogsSection, data: &Path) -> anyhow::Result<Logs> {
    let filter = EnvFilter::try_from_default_env().or_else(|_| EnvFilter::try_new(&logs.filter))?;
    let mut layers = vec![stderr(logs.format)];
    let guard = if logs.files {
        let (writer, guard) = tracing_appender::non_blocking(files(logs, &data.join(FOLDER))?);
        layers.push(json(writer));
        Some(guard)
    } else {
        None
    };
    tracing_subscriber::registry().with(layers.with_filter(filter)).init();
    Ok(Logs { _files: guard })
}

fn files(logs: &LogsSection, folder: &Path) -> anyhow::Result<RollingFileAppender> {
    // It looks there for old files before it makes the folder, and complains.
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("mog")
        .filename_suffix("jsonl")
        .max_log_files(logs.keep_days)
        .build(folder)
        .with_context(|| format!("cannot write logs into {}", folder.display()))
}

type BoxedLayer = Box<dyn Layer<Registry> + Send + Sync>;

fn stderr(format: LogFormat) -> BoxedLayer {
    match format {
        LogFormat::Text => {
            let colours = std::io::stderr().is_terminal();
            fmt::layer().compact().with_ansi(colours).with_writer(std::io::stderr).boxed()
        }
        LogFormat::Json => json(std::io::stderr),
    }
}

fn json<W>(writer: W) -> BoxedLayer
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let layer = fmt::layer().json().flatten_event(true).with_current_span(true).with_span_list(false);
    layer.with_writer(writer).boxed()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_log_file_holds_a_json_object_a_line_with_the_fields_of_the_span() {
        let folder = TempDir::new().unwrap();
        let (writer, guard) =
            tracing_appender::non_blocking(files(&LogsSection::default(), folder.path()).unwrap());
        let subscriber = tracing_subscriber::registry().with(json(writer));
        tracing::subscriber::with_default(subscriber, || {
            let span = tracing::info_span!("request", request_id = "r1");
            span.in_scope(|| tracing::info!(duration_ms = 12, "answered"));
        });
        drop(guard);
        let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap();
        assert!(file.file_name().to_str().unwrap().ends_with(".jsonl"));
        let line: Value = serde_json::from_str(&std::fs::read_to_string(file.path()).unwrap()).unwrap();
        assert_eq!((&line["message"], &line["duration_ms"]), (&"answered".into(), &12.into()));
        assert_eq!(line["span"]["request_id"], "r1");
    }

    #[test]
    fn only_as_many_days_are_kept_as_the_settings_say() {
        let folder = TempDir::new().unwrap();
        for day in 1..=9 {
            std::fs::write(folder.path().join(format!("mog.2020-01-0{day}.jsonl")), "{}").unwrap();
        }
        let logs = LogsSection { keep_days: 3, ..LogsSection::default() };
        drop(files(&logs, folder.path()).unwrap());
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        assert!(left <= 3, "{left} files are left");
    }
}
