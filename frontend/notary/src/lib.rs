//! Reads the signed manifests of pictures in a Web Worker, without any server.
//!
//! `frontend/scripts/notary-worker.js` loads this module when somebody drops a picture on `/verify`, and not before.

use contract::provenance::{ManifestAction, ManifestIngredient, ManifestView};
use provenance::{Reading, Standing};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use wasm_bindgen::prelude::*;

/// What the manifest of a JPEG, PNG or WebP file says: an [`Option`] of a [`ManifestView`], by postcard.
///
/// # Errors
/// When it cannot be written down.
#[wasm_bindgen]
pub fn read(file: &[u8]) -> Result<Vec<u8>, JsError> {
    console_error_panic_hook::set_once();
    Ok(postcard::to_allocvec(&provenance::read(file).map(view))?)
}

fn view(reading: Reading) -> ManifestView {
    let action =
        |action: provenance::Action| ManifestAction { name: action.name, source_type: action.source_type };
    let ingredient = |(title, signed)| ManifestIngredient { title, signed };
    ManifestView {
        intact: reading.standing == Standing::Valid,
        generator: reading.generator,
        signer: reading.signer,
        at_ms: reading.when.as_deref().and_then(moment),
        actions: reading.actions.into_iter().map(action).collect(),
        ingredients: reading.ingredients.into_iter().map(ingredient).collect(),
        mark: reading.mark.map(|mark| format!("{mark:016x}")),
        problems: reading.problems,
    }
}

/// The moment of a time stamp (RFC 3339), in milliseconds since 1970.
fn moment(when: &str) -> Option<i64> {
    let at = OffsetDateTime::parse(when, &Rfc3339).ok()?;
    Some(at.unix_timestamp() * 1000)
}
