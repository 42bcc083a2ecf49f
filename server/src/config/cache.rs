//! `[cache]`: where results that were made before are remembered for several servers.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::secrets::{masked, resolve};
use super::{Fault, Key};

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "cache.redis_url",
        "the address of a Redis that all servers share, such as redis://cache.example:6379",
    ),
    Key::new("cache.redis_url_file", "a file that holds what cache.redis_url would"),
];

/// Where several servers remember together.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct CacheSection {
    #[serde(serialize_with = "masked")]
    pub(crate) redis_url: Option<SecretString>,
    redis_url_file: Option<PathBuf>,
}

impl CacheSection {
    pub(super) fn resolve(&mut self) -> Result<(), Fault> {
        resolve("cache.redis_url", &mut self.redis_url, self.redis_url_file.as_ref())
    }
}
