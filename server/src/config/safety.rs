//! `[safety]`: who judges pictures before they are kept.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::secrets::{masked, resolve};
use super::{Fault, Key, PublicUrl};

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "safety.check",
        "\"off\", or \"openai\", which shows each picture to OpenAI's moderation endpoint",
    ),
    Key::new("safety.openai_endpoint", "the address of that service, or of one that speaks like it"),
    Key::new("safety.openai_key", "the key of that service"),
    Key::new("safety.openai_key_file", "a file that holds what safety.openai_key would"),
];

/// Who judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SafetyCheck {
    /// Nobody, and pages say so.
    Off,
    /// OpenAI's moderation endpoint. Where it does not answer, nothing is kept.
    OpenAi,
}

/// Who judges pictures before they are kept.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct SafetySection {
    pub(crate) check: SafetyCheck,
    pub(crate) openai_endpoint: PublicUrl,
    #[serde(serialize_with = "masked")]
    pub(crate) openai_key: Option<SecretString>,
    openai_key_file: Option<PathBuf>,
}

impl Default for SafetySection {
    fn default() -> Self {
        Self {
            check: SafetyCheck::Off,
            openai_endpoint: PublicUrl::of_openai(),
            openai_key: None,
            openai_key_file: None,
        }
    }
}

impl SafetySection {
    pub(super) fn resolve(&mut self) -> Result<(), Fault> {
        resolve("safety.openai_key", &mut self.openai_key, self.openai_key_file.as_ref())
    }

    pub(super) fn check(&self) -> Result<(), Fault> {
        if self.check == SafetyCheck::OpenAi && self.openai_key.is_none() {
            return Err(Fault::new("safety.openai_key", "is missing, and safety.check is \"openai\""));
        }
        Ok(())
    }
}
