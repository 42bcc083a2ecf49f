//! Draws the source's face onto the output mesh, filling its hidden half from the visible one.

use super::Subject;
use super::canvas::Canvas;
use super::hands::Hands;
use super::raster::{Spot, rasterise};
use super::shape::mouth_opening;
use crate::image_f32::{Patch, lerp3};
use crate::landmarks::INNER_LIPS;
use crate::numeric::{norm, smoothstep, sub};
use crate::topology::Topology;

/// Opening from which a target's mouth shows its inside.
const OPEN_MOUTH: f32 = 0.06;
/// A surface that faces the camera in the source by less than these shares of what it does in the target is smeared,
/// with the hair and the background beside it: from the first it is not trusted at all, from the second fully.
const MAX_STRETCH: [f32; 2] = [0.2, 0.5];
/// Width of the zone inside the source photo's border that is not fully trusted, as a share of the face.
const BORDER_SHARE: f32 = 0.1;

/// The source's face as pixels and the landmarks among them.
pub(super) struct Texture {
    patch: Patch,
    /// Landmarks in patch pixels.
    places: Vec<[f32; 2]>,
    /// Landmarks in photo pixels, with depth.
    landmarks: Vec<[f32; 3]>,
    /// The photo's borders in patch pixels: left, top, right, bottom.
    borders: [f32; 4],
    /// Width of the untrusted zone along the borders, in patch pixels.
    border_px: f32,
    /// What lies over the face.
    hands: Hands,
}

impl Texture {
    pub(super) fn new(patch: Patch, source: Subject<'_>) -> Self {
        let [left, top] = patch.to_local(0.0, 0.0);
        let [right, bottom] = patch.to_local(source.photo.width() as f32, source.photo.height() as f32);
        let border_px = (BORDER_SHARE * crate::face::size_px(source.landmarks) * patch.scale[0]).max(1.0);
        Self {
            places: source.landmarks.iter().map(|p| patch.to_local(p[0], p[1])).collect(),
            landmarks: source.landmarks.to_vec(),
            borders: [left, top, right, bottom],
            border_px,
            hands: Hands::new(source.hands, &patch),
            patch,
        }
    }

    /// 1 well inside the source photo, 0 under a hand, at the border and outside, where there is nothing to sample.
    fn inside(&self, [x, y]: [f32; 2]) -> f32 {
        let [left, top, right, bottom] = self.borders;
        let room = (x - left).min(right - x).min(y - top).min(bottom - y);
        smoothstep(0.0, self.border_px, room) * (1.0 - self.hands.over([x, y]))
    }

    fn sample(&self, [x, y]: [f32; 2]) -> [f32; 3] {
        self.patch.image.sample(x - 0.5, y - 0.5)
    }
}

/// Per vertex, how far the surface faces the camera: 1 straight on, 0 edge-on, negative turned away.
pub(crate) fn facing(topology: &Topology, landmarks: &[[f32; 3]]) -> Vec<f32> {
    let mut normals = vec![[0f32; 3]; landmarks.len()];
    for triangle in &topology.triangles {
        let [a, b, c] = triangle.map(|i| landmarks[i]);
        let (u, v) = (sub(b, a), sub(c, a));
        let normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
        for &i in triangle {
            for k in 0..3 {
                normals[i][k] += normal[k];
            }
        }
    }
    let towards: Vec<f32> = normals.iter().map(|&n| n[2] / norm(n).max(1e-9)).collect();
    let sign = if towards.iter().sum::<f32>() < 0.0 { -1.0 } else { 1.0 };
    towards.iter().map(|t| t * sign).collect()
}

/// What a source shows at a spot of the mesh.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// sRGB.
    pub(super) colour: [f32; 3],
    /// How far the colour is known, 0 to 1.
    pub(super) trust: f32,
    /// How far the surface faces the source's camera, on the side that shows it better.
    pub(super) facing: f32,
}

/// Draws what `look` sees into `drawn`, `drawn_lab`, `coverage` and `trust`.
pub(super) fn draw_source(canvas: &mut Canvas<'_>, topology: &Topology, look: impl Fn(Spot) -> Look) {
    let keep_mouth = keeps_mouth(&canvas.target);
    let (width, height) = (canvas.width, canvas.height);
    let shaped = core::mem::take(&mut canvas.shaped);
    let output_facing = facing(topology, &shaped);
    rasterise(topology, &shaped, width, height, |index, spot| {
        let seen = look(spot);
        canvas.drawn[index] = seen.colour;
        canvas.coverage[index] = if keep_mouth && is_mouth(&spot.corners) { 0.0 } else { 1.0 };
        let facing = spot.blend(&output_facing);
        let stretch = smoothstep(MAX_STRETCH[0], MAX_STRETCH[1], seen.facing / facing.max(1e-3));
        canvas.trust[index] = seen.trust * trust_of_facing(facing) * stretch;
    });
    canvas.shaped = shaped;
    for (index, lab) in canvas.drawn_lab.iter_mut().enumerate() {
        if canvas.coverage[index] > 0.0 {
            *lab = super::colour::oklab_from_srgb(canvas.drawn[index]);
        }
    }
}

/// Whether the inside of a target's mouth stays: what an open mouth shows belongs to what it says.
pub(crate) fn keeps_mouth(target: &[[f32; 3]]) -> bool {
    mouth_opening(target) > OPEN_MOUTH
}

/// Whether a triangle of the mesh spans the mouth's opening.
pub(crate) fn is_mouth(corners: &[usize; 3]) -> bool {
    corners.iter().all(|i| INNER_LIPS.contains(i))
}

/// How far a surface that faces the camera this much can be trusted: seen from the side it is only smeared.
pub(crate) fn trust_of_facing(facing: f32) -> f32 {
    smoothstep(0.0, 0.25, facing)
}

/// Vertex attributes that decide which pixels of the source a spot of the mesh gets.
pub(super) struct Painter<'a> {
    texture: &'a Texture,
    /// How far each vertex faces the source's camera.
    facing: Vec<f32>,
    /// The vertices' mirror images.
    mirror: &'a [usize],
    /// How well the source photo shows a vertex that lies inside of it.
    shown: Vec<f32>,
}

/// What the photo shows at one spot of the mesh.
pub(super) struct Seen {
    /// sRGB.
    pub(super) colour: [f32; 3],
    /// How far the surface faces the camera.
    pub(super) facing: f32,
    /// How well it is shown: 0 when turned away or outside the picture.
    pub(super) shown: f32,
    /// How far it lies inside the picture, 0 to 1.
    pub(super) inside: f32,
}

impl<'a> Painter<'a> {
    pub(super) fn new(topology: &'a Topology, texture: &'a Texture) -> Self {
        let facing = facing(topology, &texture.landmarks);
        let shown = facing.iter().map(|&f| smoothstep(0.1, 0.45, f)).collect();
        Self { texture, facing, mirror: &topology.mirror, shown }
    }

    /// The spot as the photo shows it.
    pub(super) fn see(&self, spot: Spot) -> Seen {
        let place = spot.blend_2d(&self.texture.places);
        let inside = self.texture.inside(place);
        Seen {
            colour: self.texture.sample(place),
            facing: spot.blend(&self.facing),
            shown: spot.blend(&self.shown) * inside,
            inside,
        }
    }

    /// The spot as the photo shows it, or else as the face's other half is.
    pub(super) fn look(&self, spot: Spot) -> Look {
        let here = self.see(spot);
        let there = self.see(Spot { corners: spot.corners.map(|i| self.mirror[i]), ..spot });
        let share = here.shown / (here.shown + (1.0 - here.shown) * there.shown + 1e-6);
        Look {
            colour: lerp3(there.colour, here.colour, share),
            trust: here.inside.max(there.inside),
            facing: here.facing.max(there.facing),
        }
    }
}
