//! The canonical face mesh: 468 vertices, their texture coordinates and 898 triangles (MediaPipe Face Geometry).

use safetensors::{Dtype, SafeTensors};

/// Vertices of the mesh, and landmarks of a face.
pub(crate) const VERTICES: usize = 468;

/// The mesh's shape and connections, the same for every face.
#[derive(Clone, Debug)]
pub(crate) struct Topology {
    /// Corners of each triangle, all below [`VERTICES`].
    pub(crate) triangles: Vec<[usize; 3]>,
    /// For each vertex, the one on the other half of the face.
    pub(crate) mirror: Vec<usize>,
    /// For each vertex, its place in the texture: 0 to 1 from the left and from the top.
    pub(crate) uv: Vec<[f32; 2]>,
}

impl Topology {
    /// Reads the record `face_topology.safetensors`; the error is a sentence.
    pub(crate) fn load(record: &[u8]) -> Result<Self, String> {
        let tensors = SafeTensors::deserialize(record).map_err(|e| e.to_string())?;
        let vertices = floats(&tensors, "vertices", &[VERTICES, 3])?;
        let corners = integers(&tensors, "triangles")?;
        if corners.is_empty() || !corners.len().is_multiple_of(3) {
            return Err("triangles: not three corners each".into());
        }
        if corners.iter().any(|&i| i >= VERTICES) {
            return Err("triangles: a corner is no vertex".into());
        }
        let vertices: Vec<[f32; 3]> = vertices.chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect();
        let triangles = corners.chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect();
        let uv = floats(&tensors, "uv", &[VERTICES, 2])?;
        let uv = uv.chunks_exact(2).map(|c| [c[0].clamp(0.0, 1.0), 1.0 - c[1].clamp(0.0, 1.0)]).collect();
        Ok(Self { mirror: mirror(&vertices), triangles, uv })
    }
}

fn floats(tensors: &SafeTensors<'_>, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
    let view = tensors.tensor(name).map_err(|e| format!("{name}: {e}"))?;
    if view.dtype() != Dtype::F32 || view.shape() != shape {
        return Err(format!("{name}: not float32 of shape {shape:?}"));
    }
    let values: Vec<f32> = view.data().as_chunks::<4>().0.iter().map(|&c| f32::from_le_bytes(c)).collect();
    if values.iter().any(|v| !v.is_finite()) {
        return Err(format!("{name}: a value is not a number"));
    }
    Ok(values)
}

fn integers(tensors: &SafeTensors<'_>, name: &str) -> Result<Vec<usize>, String> {
    let view = tensors.tensor(name).map_err(|e| format!("{name}: {e}"))?;
    if view.dtype() != Dtype::I32 || view.shape().len() != 2 || view.shape()[1] != 3 {
        return Err(format!("{name}: not int32 of shape [n, 3]"));
    }
    let values = view.data().as_chunks::<4>().0.iter();
    values.map(|&c| usize::try_from(i32::from_le_bytes(c)).map_err(|_| format!("{name}: negative"))).collect()
}

/// The canonical mesh is symmetric in x to the last digit, so the mirror image is the nearest vertex.
fn mirror(vertices: &[[f32; 3]]) -> Vec<usize> {
    let gap = |v: &[f32; 3], w: &[f32; 3]| {
        (w[0] + v[0]) * (w[0] + v[0]) + (w[1] - v[1]) * (w[1] - v[1]) + (w[2] - v[2]) * (w[2] - v[2])
    };
    let nearest = |v: &[f32; 3]| {
        let found = vertices.iter().enumerate().min_by(|(_, a), (_, b)| gap(v, a).total_cmp(&gap(v, b)));
        found.map_or(0, |(i, _)| i)
    };
    vertices.iter().map(nearest).collect()
}
