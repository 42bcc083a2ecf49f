//! The networks, as Burn modules, and what runs them.
//!
//! All but one are built of one kind of block ([`block::SeparableBlock`]); the fields' names are the keys of the records.

mod blazeface;
mod block;
mod facemesh;
mod fused;
mod hand;
mod palm;
mod refined;
mod region;
mod runner;

pub(crate) use blazeface::{ANCHORS, BlazeFace, INPUT_PX as DETECTOR_INPUT_PX};
pub(crate) use facemesh::{FaceMesh, INPUT_PX as MESH_INPUT_PX};
pub(crate) use hand::{HandNet, INPUT_PX as HAND_INPUT_PX, POINTS as HAND_POINTS};
pub(crate) use palm::{INPUT_PX as PALM_INPUT_PX, MAPS as PALM_MAPS, PALM_VALUES, PalmDetector};
pub(crate) use refined::{IRIS, RefinedMesh};
pub(crate) use region::closely_seen;
pub(crate) use runner::{Candidates, Detector, HandReader, Input, Measured, Mesh, Palms, Refined};

#[cfg(feature = "convert")]
pub(crate) use {
    block::SeparableBlock, facemesh::Head, hand::InvertedResidual, palm::Level, refined::Branch,
    refined::Region,
};

use burn::store::{HalfPrecisionAdapter, ModuleSnapshot, SafetensorsStore};

/// Fills a module from a float16 safetensors record; every tensor must be there, and no other.
pub(crate) fn load_record<M: ModuleSnapshot>(mut module: M, record: &[u8]) -> Result<M, String> {
    let mut store =
        SafetensorsStore::from_bytes(Some(record.to_vec())).with_from_adapter(HalfPrecisionAdapter::new());
    let result = module.load_from(&mut store).map_err(|e| e.to_string())?;
    let rest = result.missing.len() + result.unused.len() + result.errors.len();
    if rest > 0 {
        return Err(format!("{rest} tensors of the record are missing, unknown or of another shape"));
    }
    Ok(module)
}

/// The counterpart of [`load_record`], for the converter.
#[cfg(feature = "convert")]
pub(crate) fn save_record<M: ModuleSnapshot>(module: &M) -> Result<Vec<u8>, String> {
    let mut store = SafetensorsStore::from_bytes(None).with_to_adapter(HalfPrecisionAdapter::new());
    module.save_into(&mut store).map_err(|e| e.to_string())?;
    let record = store.get_bytes().map_err(|e| e.to_string())?;
    // Burn adds metadata in random order; without it the same weights give the same bytes.
    let tensors = safetensors::SafeTensors::deserialize(&record).map_err(|e| e.to_string())?;
    safetensors::serialize(tensors.iter(), None).map_err(|e| e.to_string())
}
