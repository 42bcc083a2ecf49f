//! A face looked at without a graft: where on it each pixel lies, and what lies over it.

use super::occlusion::{self, Whose};
use super::places::Place;
use super::raster::rasterise;
use super::skin::View;
use crate::topology::Topology;

/// What a picture of a face shows.
pub(crate) struct Inspection {
    /// Place in the canonical texture of each pixel that the mesh covers: across, and from the chin up.
    pub(crate) texture: Vec<Option<[f32; 2]>>,
    /// How far something lies over the face, per pixel from 0 to 1.
    pub(crate) over: Vec<f32>,
    /// Whether nose, mouth and cheeks are hidden.
    pub(crate) wears_mask: bool,
}

/// Looks at the face of size `face_px` with this mesh, in pixels of a picture in Oklab.
pub(crate) fn inspect(
    topology: &Topology,
    mesh: &[[f32; 3]],
    face_px: f32,
    [width, height]: [usize; 2],
    lab: &[[f32; 3]],
) -> Inspection {
    let texture = texture_places(topology, mesh, [width, height]);
    let place = |[u, v]: [f32; 2]| Place { aside: (u - 0.5).abs(), up: v };
    let places: Vec<Option<Place>> = texture.iter().map(|uv| uv.map(place)).collect();
    let view = View { width, height, lab, face_px, places: &places };
    let cover = occlusion::find(&view, mesh, Whose::Source);
    let over = (0..texture.len()).map(|i| cover.at(i)).collect();
    Inspection { texture, over, wears_mask: cover.wears_mask }
}

/// The place in the canonical texture of each pixel that the mesh covers; none beside it.
pub(crate) fn texture_places(
    topology: &Topology,
    mesh: &[[f32; 3]],
    [width, height]: [usize; 2],
) -> Vec<Option<[f32; 2]>> {
    let mut texture = vec![None; width * height];
    rasterise(topology, mesh, width, height, |index, spot| {
        texture[index] = Some(spot.blend_2d(&topology.uv))
    });
    texture
}
