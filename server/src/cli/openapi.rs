//! `mog openapi`: the description of the API.

use std::io::Write;

use crate::api::openapi::document;

/// Prints it to standard output.
pub(super) fn print() -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout().lock(), "{}", document().to_pretty_json()?)?)
}
