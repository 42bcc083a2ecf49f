//! Secrets among the settings: written down, or in a file of their own (`*_file`), and never shown.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::Serializer;

use super::Fault;

/// What stands where a secret would be.
pub(super) const MASK: &str = "********";

/// Fills `value` from `file` where one is named. `key` is the value's; the file's is `key_file`.
pub(super) fn resolve(
    key: &'static str,
    value: &mut Option<SecretString>,
    file: Option<&PathBuf>,
) -> Result<(), Fault> {
    let Some(file) = file else { return Ok(()) };
    if value.is_some() {
        return Err(Fault::new(key, format!("is given twice: as itself and as `{key}_file`")));
    }
    let text = std::fs::read_to_string(file)
        .map_err(|error| Fault::new(key, format!("cannot be read from {}: {error}", file.display())))?;
    *value = Some(text.trim_end_matches(['\r', '\n']).to_owned().into());
    Ok(())
}

/// Writes that there is a secret, not which.
pub(super) fn masked<S: Serializer>(value: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(_) => serializer.serialize_some(MASK),
        None => serializer.serialize_none(),
    }
}
