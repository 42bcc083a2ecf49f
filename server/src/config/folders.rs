//! `[folders]`: where things lie.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Key;

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "folders.data",
        "the folder of the database, stored pictures, mails, logs and the instance's key",
    ),
    Key::new("folders.dist", "the folder of what Trunk built"),
    Key::new("folders.assets", "the folder of samples and fonts, and of the models to hand to browsers"),
    Key::new("folders.public", "the folder of icons and other files served as they are"),
    Key::new("folders.models", "the folder of the converted models"),
];

/// Where things lie.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Folders {
    pub(crate) data: PathBuf,
    pub(crate) dist: PathBuf,
    pub(crate) assets: PathBuf,
    pub(crate) public: PathBuf,
    pub(crate) models: PathBuf,
}

impl Default for Folders {
    fn default() -> Self {
        Self {
            data: "data".into(),
            dist: "dist".into(),
            assets: "assets".into(),
            public: "public".into(),
            models: "assets/models".into(),
        }
    }
}
