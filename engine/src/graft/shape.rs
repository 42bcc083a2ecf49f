//! The mesh to draw: the target's, its inner part moved towards the source's own shape.

use crate::face::size_px;
use crate::landmarks::{
    EYE_CORNERS, EYELIDS, EYES, INNER_LIP_BOTTOM, INNER_LIP_CORNERS, INNER_LIP_TOP, MOUTH_CORNERS, OVAL,
};
use crate::numeric::{distance_2d, smoothstep};
use crate::similarity::Similarity;

/// How wide the mouth stands open, as a share of its opening's width.
pub(super) fn mouth_opening(landmarks: &[[f32; 3]]) -> f32 {
    let [left, right] = INNER_LIP_CORNERS.map(|i| landmarks[i]);
    let gap = distance_2d(landmarks[INNER_LIP_TOP], landmarks[INNER_LIP_BOTTOM]);
    gap / distance_2d(left, right).max(1e-3)
}

/// How wide the mouth is, as a share of the distance of the eyes' outer corners.
fn mouth_width(landmarks: &[[f32; 3]]) -> f32 {
    let span = |pair: [usize; 2]| distance_2d(landmarks[pair[0]], landmarks[pair[1]]);
    span(MOUTH_CORNERS) / span(EYE_CORNERS).max(1e-3)
}

/// How different two expressions are around the mouth, 0 to 1.
fn expression_gap(a: &[[f32; 3]], b: &[[f32; 3]]) -> f32 {
    let opening = smoothstep(0.04, 0.15, (mouth_opening(a) - mouth_opening(b)).abs());
    let width = smoothstep(0.12, 0.3, (mouth_width(a) - mouth_width(b)).abs());
    opening.max(width)
}

/// The landmarks to draw at, in target photo pixels; none when the source cannot be aligned.
///
/// The outline stays the target's, so that the graft fits the head. The mouth keeps the target's shape as far as the
/// two expressions differ, and the eyes stay as open: identity must not bring along a smile or a squint.
pub(crate) fn output_mesh(source: &[[f32; 3]], target: &[[f32; 3]], likeness: f32) -> Option<Vec<[f32; 3]>> {
    let alignment = Similarity::between(source, target)?;
    let face = size_px(target);
    let keep_mouth = expression_gap(source, target);
    let mouth = midpoint(target[INNER_LIP_TOP], target[INNER_LIP_BOTTOM]);
    let aligned: Vec<[f32; 3]> = source.iter().map(|&p| alignment.apply(p)).collect();
    let eyes = [0, 1].map(|side| Eye::between(&aligned, target, side, face));
    let moved = aligned.iter().zip(target).map(|(&a, &t)| {
        let to_outline = OVAL.iter().map(|&j| distance_2d(t, target[j])).fold(f32::MAX, f32::min);
        let near_mouth = 1.0 - smoothstep(0.22 * face, 0.42 * face, distance_2d(t, mouth));
        let weight = likeness * smoothstep(0.0, 0.18 * face, to_outline) * (1.0 - near_mouth * keep_mouth);
        let aligned = eyes.iter().fold(a, |p, eye| eye.open(p));
        core::array::from_fn(|k| t[k] + (aligned[k] - t[k]) * weight)
    });
    Some(moved.collect())
}

/// Where an eye's surroundings move fully with its lids, and where not at all, as shares of the face.
const EYE_REACH: [f32; 2] = [0.07, 0.16];
/// Lids are moved at most by these factors, down and up: a narrow eye has no more white to show than it shows.
const EYE_FACTOR: [f32; 2] = [0.4, 1.4];

/// An eye of the source, to be opened as far as the target's.
struct Eye {
    centre: [f32; 3],
    /// From the upper to the lower lid, of length 1.
    upright: [f32; 2],
    factor: f32,
    /// The target face's size.
    face: f32,
}

impl Eye {
    fn between(source: &[[f32; 3]], target: &[[f32; 3]], side: usize, face: f32) -> Self {
        let ([outer, inner], [upper, lower]) = (EYES[side], EYELIDS[side]);
        let opening =
            |of: &[[f32; 3]]| distance_2d(of[upper], of[lower]) / distance_2d(of[outer], of[inner]).max(1e-3);
        let length = distance_2d(source[upper], source[lower]).max(1e-3);
        Self {
            centre: midpoint(source[outer], source[inner]),
            upright: [0, 1].map(|k| (source[lower][k] - source[upper][k]) / length),
            factor: (opening(target) / opening(source).max(1e-3)).clamp(EYE_FACTOR[0], EYE_FACTOR[1]),
            face,
        }
    }

    fn open(&self, p: [f32; 3]) -> [f32; 3] {
        let [low, high] = EYE_REACH.map(|share| share * self.face);
        let near = 1.0 - smoothstep(low, high, distance_2d(p, self.centre));
        let height = [0, 1].map(|k| (p[k] - self.centre[k]) * self.upright[k]).iter().sum::<f32>();
        let shift = height * (self.factor - 1.0) * near;
        [p[0] + shift * self.upright[0], p[1] + shift * self.upright[1], p[2]]
    }
}

fn midpoint(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    core::array::from_fn(|k| (a[k] + b[k]) / 2.0)
}
