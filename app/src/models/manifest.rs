//! The list of networks, the same file that set-up checks them against.

use serde::Deserialize;

/// `models/manifest.json`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Manifest {
    /// Where they come from.
    pub(super) packages: Vec<Package>,
    /// One by one.
    pub(super) models: Vec<Model>,
}

/// An npm package that carries networks.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) integrity: String,
    pub(super) licence: String,
    pub(super) licence_url: String,
    pub(super) origin: String,
    pub(super) url: String,
}

/// One network, or the mesh.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Model {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) purpose: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
    pub(super) input: String,
    pub(super) output: String,
    pub(super) parameters: u64,
    pub(super) paper: String,
    pub(super) model_card: String,
}

impl Manifest {
    /// The manifest this build was made with.
    pub(super) fn read() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("../../../models/manifest.json"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_reads_and_every_network_can_be_checked() {
        let manifest = Manifest::read().expect("models/manifest.json");
        assert!(!manifest.models.is_empty());
        for model in manifest.models {
            assert_eq!(model.sha256.len(), 64, "{}", model.name);
            assert!(model.purpose.ends_with('.') && model.bytes > 0, "{}", model.name);
        }
    }
}
