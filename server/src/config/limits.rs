//! `[limits]`: how often anybody may ask.

use serde::{Deserialize, Serialize};

use super::{Fault, Key};

pub(super) const KEYS: &[Key] = &[
    Key::new("limits.enabled", "true or false"),
    Key::new(
        "limits.store",
        "\"memory\" for one server, or \"database\" for several servers that share their counts",
    ),
    Key::new("limits.factor", "by how much every limit is wider than its default, 0.1 to 1000"),
];

/// Where the counts are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum BucketStore {
    /// In this process.
    Memory,
    /// Where all servers see them.
    Database,
}

/// How often anybody may ask.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct LimitsSection {
    pub(crate) enabled: bool,
    pub(crate) store: BucketStore,
    pub(crate) factor: f64,
}

impl Default for LimitsSection {
    fn default() -> Self {
        Self { enabled: true, store: BucketStore::Memory, factor: 1.0 }
    }
}

impl LimitsSection {
    pub(super) fn check(&self) -> Result<(), Fault> {
        if (0.1..=1000.0).contains(&self.factor) {
            Ok(())
        } else {
            Err(Fault::new("limits.factor", "is out of range"))
        }
    }
}
