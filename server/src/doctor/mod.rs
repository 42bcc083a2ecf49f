//! Looks whether everything that a server needs is there and works. Each finding comes with its remedy.

mod database;
mod devices;
mod machine;
mod mail;
mod models;
mod storage;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::config::{BucketStore, Config};

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// As it should be.
    Well,
    /// It works, but somebody should know.
    Warning,
    /// The server cannot work so.
    Problem,
}

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Finding {
    /// What was looked at.
    pub(crate) subject: &'static str,
    pub(crate) state: State,
    /// What was seen.
    pub(crate) says: String,
    /// What to do about it; nothing where all is well.
    pub(crate) remedy: Option<String>,
}

impl Finding {
    fn well(subject: &'static str, says: impl Into<String>) -> Self {
        Self { subject, state: State::Well, says: says.into(), remedy: None }
    }

    fn warning(subject: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { subject, state: State::Warning, says: says.into(), remedy: Some(remedy.into()) }
    }

    fn problem(subject: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { subject, state: State::Problem, says: says.into(), remedy: Some(remedy.into()) }
    }
}

/// Looks at everything.
pub(crate) async fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![Finding::well("settings", "every setting can be used")];
    findings.extend(address(config));
    findings.extend(storage::examine(config));
    findings.extend(database::examine(config).await);
    findings.extend(models::examine(config));
    findings.extend(devices::examine(config));
    findings.push(mail::examine(config).await);
    findings.extend(machine::examine(config));
    findings
}

/// Whether what visitors know and where the server listens can both be true.
fn address(config: &Config) -> Vec<Finding> {
    const SUBJECT: &str = "public_url";
    let (server, url) = (&config.server, &config.server.public_url);
    let mut findings = Vec::new();
    let elsewhere = !server.addr.ip().is_loopback();
    if url.is_loopback() && elsewhere {
        findings.push(Finding::warning(
            SUBJECT,
            format!(
                "the server listens on {} for other machines, but links in mails lead to {}",
                server.addr,
                url.origin()
            ),
            "Set server.public_url to the https address that visitors type.",
        ));
    } else {
        findings.push(Finding::well(SUBJECT, url.origin()));
    }
    if url.is_https() && server.trusted_proxies.is_empty() {
        findings.push(Finding::warning(
            "trusted_proxies",
            "visitors come by https, which a proxy must take care of, but no proxy is trusted: all visitors look like it and share its limits",
            "Set server.trusted_proxies to the proxy's network.",
        ));
    }
    if config.limits.enabled && config.limits.store == BucketStore::Database {
        findings.push(Finding::well("limits", "counted in the database, for all servers together"));
    } else if !config.limits.enabled {
        findings.push(Finding::warning(
            "limits",
            "nothing keeps anybody from guessing passwords",
            "Set limits.enabled to true.",
        ));
    }
    findings
}
