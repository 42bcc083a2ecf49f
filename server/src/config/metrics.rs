//! `[metrics]`: who may read `/metrics`.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::secrets::{masked, resolve};
use super::values::{List, Network};
use super::{Fault, Key};

pub(super) const KEYS: &[Key] = &[
    Key::new("metrics.networks", "a list of networks that may read /metrics besides this machine itself"),
    Key::new("metrics.token", "a text that opens /metrics from anywhere as `Authorization: Bearer`"),
    Key::new("metrics.token_file", "a file that holds what metrics.token would"),
];

/// Who may read `/metrics`, besides this machine itself.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct MetricsSection {
    pub(crate) networks: List<Network>,
    #[serde(serialize_with = "masked")]
    pub(crate) token: Option<SecretString>,
    token_file: Option<PathBuf>,
}

impl MetricsSection {
    pub(super) fn resolve(&mut self) -> Result<(), Fault> {
        resolve("metrics.token", &mut self.token, self.token_file.as_ref())
    }
}
