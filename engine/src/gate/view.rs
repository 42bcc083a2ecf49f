//! A face cut out of its photo, with what is known of each pixel.

use crate::face::size_px;
use crate::graft::{self, oklab_from_srgb};
use crate::image_f32::{Patch, Rect};
use crate::numeric::bounds;
use crate::photo::Photo;
use crate::topology::Topology;

/// Faces wider than this are looked at reduced: nothing that is asked of them is finer.
const MOST_FACE_PX: f32 = 512.0;
/// Room around the mesh, in photo pixels.
const MARGIN_PX: f32 = 4.0;

/// The pixels of a face.
pub(super) struct FaceView {
    /// sRGB.
    pub(super) pixels: Vec<[f32; 3]>,
    /// Oklab.
    pub(super) lab: Vec<[f32; 3]>,
    pub(super) seen: graft::Inspection,
}

impl FaceView {
    /// None when the face lies outside its photo.
    pub(super) fn cut(topology: &Topology, photo: &Photo, landmarks: &[[f32; 3]]) -> Option<Self> {
        let (patch, mesh) = cut(photo, landmarks, MOST_FACE_PX / size_px(landmarks))?;
        let size = [patch.image.width, patch.image.height];
        let pixels = patch.image.pixels;
        let lab: Vec<[f32; 3]> = pixels.iter().map(|&p| oklab_from_srgb(p)).collect();
        let seen = graft::inspect(topology, &mesh, size_px(&mesh), size, &lab);
        Some(Self { pixels, lab, seen })
    }

    /// The pixels on a part of the face, as the canonical texture has it, where nothing lies over it.
    pub(super) fn bare(&self, holds: impl Fn([f32; 2]) -> bool) -> impl Iterator<Item = usize> {
        let is_bare = move |i: &usize| self.seen.texture[*i].is_some_and(&holds) && self.seen.over[*i] < 0.5;
        (0..self.pixels.len()).filter(is_bare)
    }
}

/// The part of the photo around a face, reduced by `scale` if that is below 1, and the mesh in its pixels.
pub(super) fn cut(photo: &Photo, landmarks: &[[f32; 3]], scale: f32) -> Option<(Patch, Vec<[f32; 3]>)> {
    let patch = Patch::cut(photo, Rect::around(bounds(landmarks), MARGIN_PX, photo)?, scale);
    let depth_scale = (patch.scale[0] + patch.scale[1]) / 2.0;
    let local = |p: &[f32; 3]| {
        let [x, y] = patch.to_local(p[0], p[1]);
        [x, y, p[2] * depth_scale]
    };
    let mesh = landmarks.iter().map(local).collect();
    Some((patch, mesh))
}
