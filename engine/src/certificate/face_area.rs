//! Where a face is in the target, and both pictures cut out around it.

use crate::blur::blur;
use crate::face::size_px;
use crate::graft::texture_places;
use crate::image_f32::{Patch, Rect};
use crate::numeric::bounds;
use crate::photo::Photo;
use crate::topology::Topology;

/// Faces wider than this are compared reduced.
const MOST_FACE_PX: f32 = 512.0;
/// Room around the mesh that still counts as the face: a graft moves a nose in profile. As a share of the face.
const ROOM: f32 = 0.05;
/// What is cut out around the mesh, as a share of the face.
const MARGIN: f32 = 0.12;

/// A face's place in a photo.
pub(super) struct FaceArea {
    rect: Rect,
    /// Cells per photo pixel, wished for.
    scale: f32,
    width: usize,
    height: usize,
    /// The face's size in cells.
    face_cells: f32,
    /// Whether a cell lies on the mesh.
    is_mesh: Vec<bool>,
    /// Whether it lies on the mesh or close to it.
    is_face: Vec<bool>,
}

/// A face before and after, cell by cell.
pub(super) struct Pictures {
    pub(super) width: usize,
    pub(super) height: usize,
    /// The face's size in cells.
    pub(super) face_cells: f32,
    /// Whether a cell lies on the target's mesh.
    pub(super) is_mesh: Vec<bool>,
    /// sRGB.
    pub(super) before: Vec<[f32; 3]>,
    /// sRGB.
    pub(super) after: Vec<[f32; 3]>,
}

impl FaceArea {
    /// None when the face lies outside its photo.
    pub(super) fn of(topology: &Topology, photo: &Photo, landmarks: &[[f32; 3]]) -> Option<Self> {
        let face_px = size_px(landmarks);
        let scale = (MOST_FACE_PX / face_px).min(1.0);
        let rect = Rect::around(bounds(landmarks), MARGIN * face_px, photo)?;
        let [width, height] =
            [rect.width(), rect.height()].map(|side| ((side as f32 * scale).round() as usize).max(1));
        let cells = [width as f32 / rect.width() as f32, height as f32 / rect.height() as f32];
        let local = |p: &[f32; 3]| {
            [(p[0] - rect.x0 as f32) * cells[0], (p[1] - rect.y0 as f32) * cells[1], p[2] * cells[0]]
        };
        let mesh: Vec<[f32; 3]> = landmarks.iter().map(local).collect();
        let places = texture_places(topology, &mesh, [width, height]);
        let is_mesh: Vec<bool> = places.iter().map(Option::is_some).collect();
        // Three boxes reach three radii far.
        let mut grown: Vec<f32> = is_mesh.iter().map(|&is| f32::from(u8::from(is))).collect();
        blur(&mut grown, width, height, (ROOM * size_px(&mesh) / 3.0).ceil() as usize);
        let is_face = grown.iter().map(|&g| g > 1e-6).collect();
        Some(Self { rect, scale, width, height, face_cells: size_px(&mesh), is_mesh, is_face })
    }

    /// Whether a photo pixel lies on the face or close to it.
    pub(super) fn holds(&self, x: usize, y: usize) -> bool {
        let Rect { x0, y0, x1, y1 } = self.rect;
        if !(x0..x1).contains(&x) || !(y0..y1).contains(&y) {
            return false;
        }
        let column = (x - x0) * self.width / self.rect.width();
        let row = (y - y0) * self.height / self.rect.height();
        self.is_face[row * self.width + column]
    }

    /// Both pictures there.
    pub(super) fn cut(&self, before: &Photo, after: &Photo) -> Pictures {
        let pixels = |photo: &Photo| Patch::cut(photo, self.rect, self.scale).image.pixels;
        Pictures {
            width: self.width,
            height: self.height,
            face_cells: self.face_cells,
            is_mesh: self.is_mesh.clone(),
            before: pixels(before),
            after: pixels(after),
        }
    }
}
