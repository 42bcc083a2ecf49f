//! What the engine's models are, where they come from and how their bytes are recognised.

use serde::Deserialize;

/// The manifest as committed: `models/manifest.json`, the one place that names models.
pub const MANIFEST_JSON: &str = include_str!("../../models/manifest.json");

/// The manifest, parsed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Manifest {
    /// One sentence for readers of the file.
    pub about: String,
    /// The packages that carry the models.
    pub packages: Vec<Package>,
    /// The models in them, in no particular order.
    pub models: Vec<Model>,
}

/// An npm package that models come in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Package {
    /// Name on npm.
    pub name: String,
    /// Exact version.
    pub version: String,
    /// npm's integrity string of the tarball.
    pub integrity: String,
    /// SPDX expression.
    pub licence: String,
    /// The licence's text.
    pub licence_url: String,
    /// Who made the models.
    pub origin: String,
    /// Page of the package.
    pub url: String,
    /// File that says where each model starts and ends.
    pub loader_file: String,
    /// File that holds models, one after the other; a model that is not in it is a file of its own.
    pub data_file: String,
    /// Size of the data file, in bytes.
    pub data_bytes: u64,
}

/// One model.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Model {
    /// Short stable name.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// What it is for, in a sentence.
    pub purpose: String,
    /// Name of the package it comes in.
    pub package: String,
    /// File name inside the package's data, or beside it.
    pub file: String,
    /// Size of that file, in bytes.
    pub bytes: u64,
    /// SHA-256 of that file, in hexadecimal.
    pub sha256: String,
    /// What goes in.
    pub input: String,
    /// What comes out.
    pub output: String,
    /// Learnt numbers in it.
    pub parameters: u64,
    /// The paper that describes it.
    pub paper: String,
    /// Its makers' model card.
    pub model_card: String,
    /// File name of the converted record.
    pub record: String,
}

impl Manifest {
    /// Parses the manifest compiled into the engine.
    ///
    /// # Errors
    ///
    /// Only if the committed file is not what this type says; a test holds the two together.
    pub fn embedded() -> Result<Self, serde_json::Error> {
        serde_json::from_str(MANIFEST_JSON)
    }

    /// The model of that name.
    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_manifest_is_complete() {
        let manifest = Manifest::embedded().expect("the file fits the type");
        let faces = ["face_detector", "face_mesh", "face_mesh_refined", "face_topology"];
        for name in faces.into_iter().chain(["hand_detector", "hand_landmarks"]) {
            let model = manifest.model(name).expect("each model is listed");
            let is_its = |package: &Package| package.name == model.package;
            assert!(manifest.packages.iter().any(is_its), "{name} comes in a package");
            assert_eq!(model.sha256.len(), 64);
            assert_eq!(model.record, format!("{name}.safetensors"));
        }
        assert!(manifest.packages.iter().all(|package| package.integrity.starts_with("sha512-")));
    }
}
