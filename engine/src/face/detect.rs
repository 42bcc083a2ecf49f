//! From the detector's raw numbers to boxes: anchors, threshold, non-maximum suppression.

use super::roi::Roi;
use crate::nets::{ANCHORS, DETECTOR_INPUT_PX};

/// Numbers per anchor in the boxes' tensor.
const VALUES: usize = 16;
/// Below this a candidate is no face (MediaPipe's default).
const MIN_SCORE: f32 = 0.5;
/// Boxes that overlap more are the same face (MediaPipe's default).
const SAME_FACE_IOU: f32 = 0.3;

/// A candidate face in photo pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Detection {
    pub(crate) score: f32,
    /// Left, top, right, bottom.
    pub(crate) bounds: [f32; 4],
    /// Right eye, left eye, nose, mouth, right ear, left ear.
    pub(crate) points: [[f32; 2]; 6],
}

impl Detection {
    /// The square the mesh should look at.
    pub(crate) fn roi(&self) -> Roi {
        Roi::of_box(self.bounds, [self.points[0], self.points[1]])
    }

    /// Width of the box.
    pub(crate) fn width(&self) -> f32 {
        self.bounds[2] - self.bounds[0]
    }
}

/// Anchor centres in units of the input's side: 16 x 16 cells with 2 anchors, then 8 x 8 with 6.
fn anchors() -> impl Iterator<Item = [f32; 2]> {
    [(16u8, 2usize), (8, 6)].into_iter().flat_map(|(cells, per_cell)| {
        let centre = move |cell: u8| (f32::from(cell) + 0.5) / f32::from(cells);
        (0..cells).flat_map(move |y| {
            (0..cells).flat_map(move |x| core::iter::repeat_n([centre(x), centre(y)], per_cell))
        })
    })
}

/// Candidates above the threshold, one per face, best first.
///
/// # Shapes
///
/// `boxes`: 896 x 16, input pixels relative to the anchor; `scores`: 896 logits; anything shorter gives fewer.
pub(crate) fn decode(boxes: &[f32], scores: &[f32], roi: Roi) -> Vec<Detection> {
    debug_assert_eq!(scores.len(), ANCHORS);
    let raw = boxes.chunks_exact(VALUES).zip(scores).zip(anchors());
    let mut candidates: Vec<Detection> = raw
        .map(|((values, &logit), anchor)| detection(values, logit, anchor, roi))
        .filter(|d| d.score >= MIN_SCORE && d.bounds.iter().all(|v| v.is_finite()))
        .collect();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    merge(candidates)
}

fn detection(values: &[f32], logit: f32, anchor: [f32; 2], roi: Roi) -> Detection {
    let side = DETECTOR_INPUT_PX as f32;
    let place = |x: f32, y: f32| {
        let p = [(x / side + anchor[0]) * side, (y / side + anchor[1]) * side, 0.0];
        let [x, y, _] = roi.to_photo(p, side);
        [x, y]
    };
    let (width, height) = (values[2], values[3]);
    let [left, top] = place(values[0] - width / 2.0, values[1] - height / 2.0);
    let [right, bottom] = place(values[0] + width / 2.0, values[1] + height / 2.0);
    Detection {
        score: sigmoid(logit),
        bounds: [left, top, right, bottom],
        points: core::array::from_fn(|k| place(values[4 + 2 * k], values[5 + 2 * k])),
    }
}

/// 0 to 1 from a logit, in double precision so that every platform rounds to the same value.
pub(crate) fn sigmoid(logit: f32) -> f32 {
    (1.0 / (1.0 + (-f64::from(logit).clamp(-100.0, 100.0)).exp())) as f32
}

/// Intersection over union of two boxes.
pub(crate) fn iou(a: &[f32; 4], b: &[f32; 4]) -> f32 {
    let width = (a[2].min(b[2]) - a[0].max(b[0])).max(0.0);
    let height = (a[3].min(b[3]) - a[1].max(b[1])).max(0.0);
    let area = |r: &[f32; 4]| (r[2] - r[0]) * (r[3] - r[1]);
    let shared = width * height;
    if shared > 0.0 { shared / (area(a) + area(b) - shared) } else { 0.0 }
}

/// BlazeFace's suppression: overlapping candidates are averaged by score, which steadies the box.
fn merge(mut candidates: Vec<Detection>) -> Vec<Detection> {
    let mut faces = Vec::new();
    while let Some(&best) = candidates.first() {
        let (group, rest): (Vec<_>, Vec<_>) = candidates
            .into_iter()
            .enumerate()
            .partition(|(i, d)| *i == 0 || iou(&d.bounds, &best.bounds) > SAME_FACE_IOU);
        candidates = rest.into_iter().map(|(_, d)| d).collect();
        faces.push(mean(&group, best.score));
    }
    faces
}

fn mean(group: &[(usize, Detection)], score: f32) -> Detection {
    let total: f32 = group.iter().map(|(_, d)| d.score).sum();
    let mut face = Detection { score, bounds: [0.0; 4], points: [[0.0; 2]; 6] };
    for (_, d) in group {
        let weight = d.score / total;
        for (sum, value) in face.bounds.iter_mut().zip(d.bounds) {
            *sum += value * weight;
        }
        for (sum, value) in face.points.iter_mut().flatten().zip(d.points.iter().flatten()) {
            *sum += value * weight;
        }
    }
    face
}

/// Keeps the best of the detections of several squares that overlap.
pub(crate) fn suppress(mut detections: Vec<Detection>) -> Vec<Detection> {
    detections.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Detection> = Vec::new();
    for d in detections {
        if kept.iter().all(|k| iou(&k.bounds, &d.bounds) <= SAME_FACE_IOU) {
            kept.push(d);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(left: f32, score: f32) -> Detection {
        Detection { score, bounds: [left, 0.0, left + 10.0, 10.0], points: [[left, 5.0]; 6] }
    }

    #[test]
    fn there_is_an_anchor_for_every_box() {
        assert_eq!(anchors().count(), ANCHORS);
        assert_eq!(anchors().next(), Some([0.03125, 0.03125]));
        assert_eq!(anchors().last(), Some([0.9375, 0.9375]));
    }

    #[test]
    fn overlapping_boxes_become_their_weighted_mean() {
        let faces = merge(vec![at(0.0, 0.9), at(2.0, 0.6), at(50.0, 0.7)]);
        assert_eq!(faces.len(), 2);
        assert!((faces[0].bounds[0] - 0.8).abs() < 1e-5 && (faces[0].points[3][0] - 0.8).abs() < 1e-5);
        assert_eq!(faces[1].bounds, [50.0, 0.0, 60.0, 10.0]);
    }

    #[test]
    fn a_degenerate_box_ends_the_loop_too() {
        let flat = Detection { score: 0.9, bounds: [3.0; 4], points: [[3.0; 2]; 6] };
        assert_eq!(merge(vec![flat, flat]).len(), 2);
        assert_eq!(suppress(vec![at(0.0, 0.8), at(1.0, 0.9), at(30.0, 0.6)]).len(), 2);
    }

    #[test]
    fn numbers_that_are_none_give_no_faces() {
        let faces =
            decode(&[f32::NAN; ANCHORS * VALUES], &[f32::NAN; ANCHORS], Roi::around(0.0, 0.0, 9.0, 9.0));
        assert!(faces.is_empty());
    }
}
