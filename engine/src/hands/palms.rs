//! From the palm detector's raw numbers to the squares in which hands are measured.

use crate::face::{Roi, iou, sigmoid};
use crate::nets::{PALM_INPUT_PX, PALM_MAPS, PALM_VALUES};
use crate::numeric::{angle, sin_cos};

/// Below this a candidate is no palm (MediaPipe's default).
const MIN_SCORE: f32 = 0.5;
/// Boxes that overlap more are the same palm (MediaPipe's default).
const SAME_PALM_IOU: f32 = 0.3;
/// Room around a palm, and how far the square is moved towards the fingers, as MediaPipe's graphs have it.
const MARGIN: f32 = 2.6;
const SHIFT: f32 = 0.5;

/// A candidate palm.
#[derive(Clone, Copy, Debug)]
struct Palm {
    score: f32,
    /// Left, top, right, bottom in photo pixels.
    bounds: [f32; 4],
    /// The wrist and the root of the middle finger.
    axis: [[f32; 2]; 2],
}

impl Palm {
    /// The square around the whole hand, turned so that its fingers point up.
    fn roi(&self) -> Roi {
        let [left, top, right, bottom] = self.bounds;
        let size = (right - left).max(bottom - top);
        let [wrist, root] = self.axis;
        let rotation = angle(root[0] - wrist[0], wrist[1] - root[1]);
        let (sin, cos) = sin_cos(rotation);
        let (x, y) = ((left + right) / 2.0 + sin * SHIFT * size, (top + bottom) / 2.0 - cos * SHIFT * size);
        Roi { x, y, size: MARGIN * size, rotation }
    }
}

/// Centres of the anchors' cells in units of the input's side.
fn anchors() -> impl Iterator<Item = [f32; 2]> {
    PALM_MAPS.into_iter().flat_map(|(side, per_cell)| {
        let centre = move |cell: usize| (cell as f32 + 0.5) / side as f32;
        (0..side * side)
            .flat_map(move |cell| core::iter::repeat_n([centre(cell % side), centre(cell / side)], per_cell))
    })
}

/// The squares of the palms above the threshold, each once, the surest first.
///
/// # Shapes
///
/// `boxes`: 2016 x 18, input pixels relative to the anchor; `scores`: 2016 logits; anything shorter gives fewer.
pub(super) fn decode(boxes: &[f32], scores: &[f32], looked_at: Roi) -> Vec<Roi> {
    let raw = boxes.chunks_exact(PALM_VALUES).zip(scores).zip(anchors());
    let mut palms: Vec<Palm> = raw
        .map(|((values, &logit), anchor)| palm(values, logit, anchor, looked_at))
        .filter(|p| p.score >= MIN_SCORE && p.bounds.iter().all(|v| v.is_finite()))
        .collect();
    palms.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Palm> = Vec::new();
    for palm in palms {
        if kept.iter().all(|known| iou(&known.bounds, &palm.bounds) <= SAME_PALM_IOU) {
            kept.push(palm);
        }
    }
    kept.iter().map(Palm::roi).filter(Roi::is_usable).collect()
}

fn palm(values: &[f32], logit: f32, anchor: [f32; 2], looked_at: Roi) -> Palm {
    let side = PALM_INPUT_PX as f32;
    let place = |x: f32, y: f32| {
        let [x, y, _] = looked_at.to_photo([x + anchor[0] * side, y + anchor[1] * side, 0.0], side);
        [x, y]
    };
    let (width, height) = (values[2], values[3]);
    let [left, top] = place(values[0] - width / 2.0, values[1] - height / 2.0);
    let [right, bottom] = place(values[0] + width / 2.0, values[1] + height / 2.0);
    // Of seven key points the first is the wrist, the third the root of the middle finger.
    let axis = [place(values[4], values[5]), place(values[8], values[9])];
    Palm { score: sigmoid(logit), bounds: [left, top, right, bottom], axis }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_an_anchor_for_every_box() {
        assert_eq!(anchors().count(), 2016);
        assert_eq!(anchors().next(), Some([0.5 / 24.0; 2]));
        assert_eq!(anchors().last(), Some([11.5 / 12.0; 2]));
    }

    #[test]
    fn a_palm_seen_twice_is_one_and_its_square_reaches_towards_the_fingers() {
        let mut boxes = vec![0.0; 2016 * PALM_VALUES];
        let mut scores = vec![-9.0; 2016];
        for anchor in [0, 1] {
            // A palm of 20 px around the anchor at (4, 4), pointing to the right.
            boxes[anchor * PALM_VALUES..][..10]
                .copy_from_slice(&[0., 0., 20., 20., -10., 0., 0., 0., 10., 0.]);
            scores[anchor] = 3.0;
        }
        let all = decode(&boxes, &scores, Roi::around(0.0, 0.0, 192.0, 192.0));
        let [roi] = all[..] else { panic!("{all:?}") };
        assert!((roi.x - 14.0).abs() < 1e-3 && (roi.y - 4.0).abs() < 1e-3 && (roi.size - 52.0).abs() < 1e-3);
        assert!((roi.rotation - core::f32::consts::FRAC_PI_2).abs() < 1e-3, "{roi:?}");
    }

    #[test]
    fn numbers_that_are_none_give_no_palms() {
        let none =
            decode(&[f32::NAN; 2016 * PALM_VALUES], &[f32::NAN; 2016], Roi::around(0.0, 0.0, 9.0, 9.0));
        assert!(none.is_empty());
    }
}
