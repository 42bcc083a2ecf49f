//! Set-up's converter: the files of the npm package to the records the engine loads.
//!
//! Everything here reads bytes from outside, so nothing here indexes without asking and nothing panics.

mod flatbuffer;
mod loader;
mod protobuf;
mod tflite;
mod weights;

use burn::tensor::Device;
use safetensors::Dtype;
use safetensors::tensor::TensorView;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::models::{Manifest, Model, Package};
use crate::topology::VERTICES;

/// One file to write into the models' folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// File name, as the manifest has it.
    pub file_name: String,
    /// Contents: safetensors.
    pub bytes: Vec<u8>,
}

/// Why the package's files did not become records.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ConvertError {
    /// The manifest compiled into the engine does not fit its type.
    #[error("the manifest is damaged: {0}")]
    Manifest(String),
    /// The loader script has no readable `loadPackage({...})`.
    #[error("the loader script is not understood: {0}")]
    Loader(String),
    /// The data file has another size than the loader says.
    #[error("the data file has {bytes} bytes instead of {expected_bytes}")]
    DataSize {
        /// Size of the file given.
        bytes: u64,
        /// Size the loader names.
        expected_bytes: u64,
    },
    /// A file of the manifest is not in the package, or lies outside the data.
    #[error("the package has no usable file {0}")]
    MissingFile(String),
    /// A file's contents are not those we know.
    #[error("{file} has SHA-256 {sha256}, not the one of the manifest")]
    Unknown {
        /// File name inside the package.
        file: String,
        /// What it hashes to.
        sha256: String,
    },
    /// A file cannot be read as what it should be.
    #[error("{file} is damaged: {reason}")]
    Damaged {
        /// File name inside the package.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Converts the models of one of the manifest's packages into records: networks (float16) and the topology.
///
/// `read` gives a file of the unpacked package by its name, none if there is none. The package's loader script is read only
/// for the file table inside it, and never run; a model that the table does not list is a file of its own.
///
/// # Errors
///
/// [`ConvertError`] when anything is not byte for byte what the manifest pins.
pub fn convert(
    package: &Package,
    read: impl Fn(&str) -> Option<Vec<u8>>,
) -> Result<Vec<Record>, ConvertError> {
    let manifest = Manifest::embedded().map_err(|e| ConvertError::Manifest(e.to_string()))?;
    let given = |name: &str| read(name).ok_or_else(|| ConvertError::MissingFile(name.to_owned()));
    let table = loader::file_table(&String::from_utf8_lossy(&given(&package.loader_file)?))?;
    let data = given(&package.data_file)?;
    if table.remote_package_size != data.len() as u64 {
        let (bytes, expected_bytes) = (data.len() as u64, table.remote_package_size);
        return Err(ConvertError::DataSize { bytes, expected_bytes });
    }
    let models = manifest.models.iter().filter(|model| model.package == package.name);
    let converted = models.map(|model| {
        let alone = if table.lists(&model.file) { None } else { Some(given(&model.file)?) };
        let content = alone.as_deref().map_or_else(|| table.slice(&model.file, &data), Ok)?;
        check(model, content)?;
        let bytes = record(model, content)
            .map_err(|reason| ConvertError::Damaged { file: model.file.clone(), reason })?;
        Ok(Record { file_name: model.record.clone(), bytes })
    });
    converted.collect()
}

/// Size and hash, so that only bytes we have tested are ever converted.
fn check(model: &Model, slice: &[u8]) -> Result<(), ConvertError> {
    let sha256 = base16ct::lower::encode_string(&Sha256::digest(slice));
    if sha256 == model.sha256 && slice.len() as u64 == model.bytes {
        Ok(())
    } else {
        Err(ConvertError::Unknown { file: model.file.clone(), sha256 })
    }
}

fn record(model: &Model, slice: &[u8]) -> Result<Vec<u8>, String> {
    match model.name.as_str() {
        "face_detector" => detector_record(slice),
        "face_mesh" => mesh_record(slice),
        "face_mesh_refined" => refined_mesh_record(slice),
        "face_topology" => topology_record(slice),
        "hand_detector" => palms_record(slice),
        "hand_landmarks" => hand_record(slice),
        other => Err(format!("no converter for {other}")),
    }
}

/// The detector's TFLite file to its record, without looking at its hash; the error is a sentence.
///
/// # Errors
///
/// When the bytes are not a TFLite file with BlazeFace's layers.
pub fn detector_record(tflite: &[u8]) -> Result<Vec<u8>, String> {
    let model = tflite::Tflite::parse(tflite).map_err(|e| e.to_string())?;
    crate::nets::save_record(&weights::blazeface(&model, &Device::flex())?)
}

/// The mesh's TFLite file to its record, without looking at its hash; the error is a sentence.
///
/// # Errors
///
/// When the bytes are not a TFLite file with FaceMesh's layers.
pub fn mesh_record(tflite: &[u8]) -> Result<Vec<u8>, String> {
    let model = tflite::Tflite::parse(tflite).map_err(|e| e.to_string())?;
    crate::nets::save_record(&weights::facemesh(&model, &Device::flex())?)
}

/// The refined mesh's TFLite file to its record, without looking at its hash; the error is a sentence.
///
/// # Errors
///
/// When the bytes are not a TFLite file with the attention mesh's layers.
pub fn refined_mesh_record(tflite: &[u8]) -> Result<Vec<u8>, String> {
    let model = tflite::Tflite::parse(tflite).map_err(|e| e.to_string())?;
    crate::nets::save_record(&weights::refined(&model, &Device::flex())?)
}

/// The palm detector's TFLite file to its record, without looking at its hash; the error is a sentence.
///
/// # Errors
///
/// When the bytes are not a TFLite file with the palm detector's layers.
pub fn palms_record(tflite: &[u8]) -> Result<Vec<u8>, String> {
    let model = tflite::Tflite::parse(tflite).map_err(|e| e.to_string())?;
    crate::nets::save_record(&weights::palms(&model, &Device::flex())?)
}

/// The TFLite file of the hand's landmarks to its record, without looking at its hash; the error is a sentence.
///
/// # Errors
///
/// When the bytes are not a TFLite file with the layers of the hand's landmarks.
pub fn hand_record(tflite: &[u8]) -> Result<Vec<u8>, String> {
    let model = tflite::Tflite::parse(tflite).map_err(|e| e.to_string())?;
    crate::nets::save_record(&weights::hand(&model, &Device::flex())?)
}

/// The geometry metadata (protobuf) to the topology's record, without looking at its hash.
///
/// # Errors
///
/// When the bytes are not a mesh of 468 vertices.
pub fn topology_record(metadata: &[u8]) -> Result<Vec<u8>, String> {
    let mesh = protobuf::parse_mesh(metadata).map_err(|e| e.to_string())?;
    let (positions, uvs) = split_vertices(&mesh.vertex_buffer)?;
    let triangles = corners(&mesh.index_buffer)?;
    let view = |dtype, shape: [usize; 2], data| {
        TensorView::new(dtype, shape.to_vec(), data).map_err(|e| e.to_string())
    };
    let tensors = [
        ("vertices", view(Dtype::F32, [VERTICES, 3], &positions)?),
        ("uv", view(Dtype::F32, [VERTICES, 2], &uvs)?),
        ("triangles", view(Dtype::I32, [mesh.index_buffer.len() / 3, 3], &triangles)?),
    ];
    safetensors::serialize(tensors, None).map_err(|e| e.to_string())
}

/// Vertices are stored as x, y, z, u, v.
fn split_vertices(buffer: &[f32]) -> Result<(Vec<u8>, Vec<u8>), String> {
    if buffer.len() != VERTICES * 5 {
        return Err(format!("{} numbers are not {VERTICES} vertices", buffer.len()));
    }
    let part = |range: core::ops::Range<usize>| {
        buffer.chunks_exact(5).flat_map(|v| &v[range.clone()]).flat_map(|x| x.to_le_bytes()).collect()
    };
    Ok((part(0..3), part(3..5)))
}

fn corners(indices: &[u32]) -> Result<Vec<u8>, String> {
    if indices.is_empty() || !indices.len().is_multiple_of(3) {
        return Err("the corners are not three a triangle".into());
    }
    if indices.iter().any(|&i| i as usize >= VERTICES) {
        return Err("a corner is no vertex".into());
    }
    Ok(indices.iter().flat_map(|i| i.to_le_bytes()).collect())
}
