//! The mesh to draw: the target's, its inner part moved towards the source's own shape.

use crate::face::size_px;
use crate::landmarks::{
    EYE_CORNERS, INNER_LIP_BOTTOM, INNER_LIP_CORNERS, INNER_LIP_TOP, MOUTH_CORNERS, OVAL,
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
    let width = smoothstep(0.06, 0.2, (mouth_width(a) - mouth_width(b)).abs());
    opening.max(width)
}

/// The landmarks to draw at, in target photo pixels; none when the source cannot be aligned.
///
/// The outline stays the target's, so that the graft fits the head. The mouth keeps the target's shape as far as the
/// two expressions differ: identity must not bring along a smile.
pub(crate) fn output_mesh(source: &[[f32; 3]], target: &[[f32; 3]], likeness: f32) -> Option<Vec<[f32; 3]>> {
    let alignment = Similarity::between(source, target)?;
    let face = size_px(target);
    let keep_mouth = expression_gap(source, target);
    let mouth = midpoint(target[INNER_LIP_TOP], target[INNER_LIP_BOTTOM]);
    let moved = source.iter().zip(target).map(|(&s, &t)| {
        let to_outline = OVAL.iter().map(|&j| distance_2d(t, target[j])).fold(f32::MAX, f32::min);
        let near_mouth = 1.0 - smoothstep(0.22 * face, 0.42 * face, distance_2d(t, mouth));
        let weight = likeness * smoothstep(0.0, 0.18 * face, to_outline) * (1.0 - near_mouth * keep_mouth);
        let aligned = alignment.apply(s);
        core::array::from_fn(|k| t[k] + (aligned[k] - t[k]) * weight)
    });
    Some(moved.collect())
}

fn midpoint(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    core::array::from_fn(|k| (a[k] + b[k]) / 2.0)
}
