//! The models: there, readable by the engine, and the same that browsers are given.

use std::path::Path;

use engine::{Engine, ModelFiles};
use sha2::{Digest, Sha256};

use super::Finding;
use crate::config::Config;

const REMEDY: &str =
    "`cargo xtask models` makes them; folders.models and folders.assets say where they are looked for.";

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    const SUBJECT: &str = "models";
    let own = &config.folders.models;
    let handed_out = config.folders.assets.join("models");
    let files = match ModelFiles::read(|name| std::fs::read(own.join(name))) {
        Ok(files) => files,
        Err(error) => {
            let says = format!("they cannot be read from {}: {error}", own.display());
            return vec![Finding::problem(SUBJECT, says, REMEDY)];
        }
    };
    let mut findings = vec![match Engine::load(&files, &engine::cpu()) {
        Ok(_) => Finding::well(SUBJECT, format!("the engine reads them: {}", hashes(own))),
        Err(error) => Finding::problem(SUBJECT, format!("the engine cannot read them: {error}"), REMEDY),
    }];
    if hashes(own) != hashes(&handed_out) {
        findings.push(Finding::problem(
            "browsers' models",
            format!(
                "those in {} are not those that the server computes with: {}",
                handed_out.display(),
                hashes(&handed_out)
            ),
            REMEDY,
        ));
    }
    findings
}

/// The beginnings of the files' SHA-256.
fn hashes(folder: &Path) -> String {
    let hash = |name: &&str| match std::fs::read(folder.join(name)) {
        Ok(content) => {
            format!("{name} {}", base16ct::lower::encode_string(&Sha256::digest(content)[..6]))
        }
        Err(_) => format!("{name} missing"),
    };
    ModelFiles::NAMES.iter().map(hash).collect::<Vec<_>>().join(", ")
}
