//! Manifests: asked for a picture that stays where it is (its hash goes out, and bytes to put into its file come back), and
//! what one says.

use serde::{Deserialize, Serialize};

use crate::swaps::OutputFormat;
use crate::{ErrorCode, fields::FieldError};

/// The path of the operation.
pub const MANIFESTS_PATH: &str = "/api/v1/provenance/manifests";

/// What a manifest is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ManifestRequest {
    /// How the file is written.
    pub format: OutputFormat,
    /// SHA-256 of the file, 64 hexadecimal digits.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
    /// What its invisible mark says, 16 hexadecimal digits.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9a-f]{16}$"))]
    pub mark: String,
}

impl ManifestRequest {
    /// The request for a file of this hash, with this mark.
    pub fn new(format: OutputFormat, sha256: &[u8; 32], mark: u64) -> Self {
        let sha256 = base16ct::lower::encode_string(sha256);
        Self { format, sha256, mark: format!("{mark:016x}") }
    }

    /// Hash and mark as numbers.
    ///
    /// # Errors
    /// Every field that is not made of as many hexadecimal digits as it should be.
    pub fn check(&self) -> Result<([u8; 32], u64), Vec<FieldError>> {
        let hash = bytes(&self.sha256);
        let mark = bytes(&self.mark).map(u64::from_be_bytes);
        match (hash, mark) {
            (Some(hash), Some(mark)) => Ok((hash, mark)),
            (hash, mark) => {
                let faults = [("sha256", hash.is_none()), ("mark", mark.is_none())].into_iter();
                let faults = faults.filter(|(_, wrong)| *wrong);
                Err(faults.map(|(field, _)| FieldError::new(field, ErrorCode::FieldInvalid)).collect())
            }
        }
    }
}

fn bytes<const LENGTH: usize>(digits: &str) -> Option<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    let read = base16ct::lower::decode(digits, &mut bytes).ok()?.len();
    (read == LENGTH).then_some(bytes)
}

/// Where in a file of this format the manifest goes, in bytes from its start.
pub const fn manifest_place(format: OutputFormat) -> usize {
    match format {
        // After the start of the image.
        OutputFormat::Jpeg => 2,
        // After signature and header.
        OutputFormat::Png => 33,
    }
}

/// What the signed manifest of a picture says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestView {
    /// Whether signature and content fit.
    pub intact: bool,
    /// The program that made the claim.
    pub generator: Option<String>,
    /// Whose certificate signed it.
    pub signer: Option<String>,
    /// When, as the manifest says it, milliseconds since 1970-01-01 UTC.
    pub at_ms: Option<i64>,
    /// What was done, in order.
    pub actions: Vec<ManifestAction>,
    /// What it was made of.
    pub ingredients: Vec<ManifestIngredient>,
    /// What it says of our own invisible mark, as 16 hexadecimal digits.
    pub mark: Option<String>,
    /// What is wrong with it, in C2PA's codes.
    pub problems: Vec<String>,
}

/// One thing that was done to a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestAction {
    /// C2PA's name of it.
    pub name: String,
    /// IPTC's name of where the picture comes from.
    pub source_type: Option<String>,
}

/// One picture that another was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestIngredient {
    /// What it is called.
    pub title: String,
    /// Whether it brought a manifest of its own.
    pub signed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_understood() {
        let request = ManifestRequest::new(OutputFormat::Png, &[0xA5; 32], 0x1F);
        assert_eq!(request.check().ok(), Some(([0xA5; 32], 0x1F)));
    }

    #[test]
    fn each_fault_is_named() {
        for (sha256, mark, faults) in
            [("", "", 2), (&*"g".repeat(64), "0000000000000000", 1), (&*"é".repeat(32), "1", 2)]
        {
            let request =
                ManifestRequest { format: OutputFormat::Jpeg, sha256: sha256.into(), mark: mark.into() };
            assert_eq!(request.check().map_err(|faults| faults.len()), Err(faults));
        }
    }
}
