//! Reads the manifest of a file.

use std::io::Cursor;

use c2pa::{Context, Reader, ValidationState};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::signing::MARK_LABEL;

/// What a file's manifest says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Whether it can be believed.
    pub standing: Standing,
    /// The program that made the claim.
    pub generator: Option<String>,
    /// Whose certificate signed it.
    pub signer: Option<String>,
    /// When, as the manifest says it (RFC 3339).
    pub when: Option<String>,
    /// What was done, in order.
    pub actions: Vec<Action>,
    /// The titles of the pictures it was made of, and whether they brought a manifest of their own.
    pub ingredients: Vec<(String, bool)>,
    /// The 64 bits of our own mark, if the manifest is one of ours.
    pub mark: Option<u64>,
    /// What is wrong with it, in C2PA's codes.
    pub problems: Vec<String>,
}

/// How far a manifest can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Signature and content fit: nothing was changed since the signer signed it.
    Valid,
    /// The file was changed since, or the manifest is damaged.
    Broken,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// C2PA's name of it, such as `c2pa.edited`.
    pub name: String,
    /// IPTC's name of where the picture comes from, such as `compositeWithTrainedAlgorithmicMedia`.
    pub source_type: Option<String>,
}

/// The media type of a file that can carry a manifest, by its first bytes.
pub(crate) fn media_type(file: &[u8]) -> Option<&'static str> {
    if file.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some("image/jpeg")
    } else if file.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if file.starts_with(b"RIFF") && file.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else {
        None
    }
}

/// The manifest of a JPEG, PNG or WebP file; none where there is none. Nothing is fetched.
pub fn read(file: &[u8]) -> Option<Reading> {
    let media_type = media_type(file)?;
    match Reader::from_context(Context::new()).with_stream(media_type, Cursor::new(file)) {
        Ok(reader) => Some(reading(&reader)),
        Err(c2pa::Error::JumbfNotFound | c2pa::Error::UnsupportedType) => None,
        Err(error) => Some(broken(&error)),
    }
}

fn broken(error: &c2pa::Error) -> Reading {
    Reading {
        standing: Standing::Broken,
        generator: None,
        signer: None,
        when: None,
        actions: Vec::new(),
        ingredients: Vec::new(),
        mark: None,
        problems: vec![error.to_string()],
    }
}

fn reading(reader: &Reader) -> Reading {
    let report: Value = serde_json::from_str(&reader.json()).unwrap_or_default();
    let label = reader.active_label().unwrap_or_default();
    let manifest = &report["manifests"][label];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let assertions = manifest["assertions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let assertion =
        |label: &str| assertions.iter().find(|a| a["label"].as_str().is_some_and(|l| l.starts_with(label)));
    let actions = assertion("c2pa.actions").and_then(|a| a["data"]["actions"].as_array());
    let actions = actions.map(Vec::as_slice).unwrap_or_default();
    let mark = assertion(MARK_LABEL).and_then(|a| u64::from_str_radix(a["data"]["id"].as_str()?, 16).ok());
    let signature = &manifest["signature_info"];
    let ingredients = manifest["ingredients"].as_array().map(Vec::as_slice).unwrap_or_default();
    let intact = reader.validation_state() != ValidationState::Invalid;
    Reading {
        standing: if intact { Standing::Valid } else { Standing::Broken },
        generator: text(&manifest["claim_generator_info"][0]["name"])
            .or_else(|| text(&manifest["claim_generator"])),
        signer: text(&signature["common_name"]).or_else(|| text(&signature["issuer"])),
        when: text(&signature["time"]).or_else(|| actions.iter().find_map(|action| text(&action["when"]))),
        actions: actions.iter().filter_map(action).collect(),
        ingredients: ingredients.iter().filter_map(ingredient).collect(),
        mark,
        problems: problems(reader),
    }
}

fn action(action: &Value) -> Option<Action> {
    let source_type = action["digitalSourceType"].as_str();
    let source_type = source_type.and_then(|address| address.rsplit('/').next()).map(str::to_owned);
    Some(Action { name: action["action"].as_str()?.to_owned(), source_type })
}

fn ingredient(ingredient: &Value) -> Option<(String, bool)> {
    let title = ingredient["title"].as_str().unwrap_or_default().to_owned();
    Some((title, ingredient["active_manifest"].is_string()))
}

/// That a signer is on nobody's list of trusted ones says nothing against the file.
fn problems(reader: &Reader) -> Vec<String> {
    let status = reader.validation_status().unwrap_or_default().iter().map(|status| status.code().to_owned());
    status.filter(|code| code != "signingCredential.untrusted").collect()
}
