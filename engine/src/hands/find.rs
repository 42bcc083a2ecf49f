//! The hands of a photo that lie over a face.

use super::palms::decode;
use super::{Bone, Hand};
use crate::face::{Roi, crop, iou, sigmoid};
use crate::nets::{HAND_INPUT_PX, HAND_POINTS, HandReader, Input, PALM_INPUT_PX, Palms};
use crate::numeric::bounds;
use crate::photo::Photo;

/// Sides of the squares around a face in which hands are looked for, in sizes of the face: a whole hand, and one cut off.
const LOOKED_AT: [f32; 2] = [2.0, 2.8];
/// The network's verdict from which a candidate is a hand: of 56 development photos of faces alone none reached 0.31.
const MIN_HAND_SCORE: f32 = 0.6;
/// Hands that overlap more are the same one.
const SAME_HAND_IOU: f32 = 0.4;
/// More than these near one face are not looked at.
const MOST_CANDIDATES: usize = 4;

/// The networks.
#[derive(Debug)]
pub(crate) struct HandFinder {
    pub(crate) palms: Palms,
    pub(crate) reader: HandReader,
}

impl HandFinder {
    /// The hands that cover a part of the box `[left, top, right, bottom]` of a face with that size, the surest first.
    pub(crate) fn find(&self, photo: &Photo, face: [f32; 4], face_px: f32) -> Vec<Hand> {
        let [left, top, right, bottom] = face;
        let (x, y) = ((left + right) / 2.0, (top + bottom) / 2.0);
        let squares = LOOKED_AT.map(|share| Roi { x, y, size: share * face_px, rotation: 0.0 });
        let mut hands: Vec<Hand> = Vec::new();
        for roi in squares.into_iter().filter(Roi::is_usable).flat_map(|square| self.palms(photo, square)) {
            let Some(hand) = self.measure(photo, roi).filter(|hand| covers(hand, face)) else { continue };
            let place = bounds(&hand.points);
            match hands.iter_mut().find(|known| iou(&bounds(&known.points), &place) > SAME_HAND_IOU) {
                Some(known) if known.score < hand.score => *known = hand,
                Some(_) => {}
                None => hands.push(hand),
            }
        }
        hands.sort_by(|a, b| b.score.total_cmp(&a.score));
        hands
    }

    fn palms(&self, photo: &Photo, square: Roi) -> Vec<Roi> {
        let found = self.palms.run(|input| draw(photo, square, PALM_INPUT_PX, input));
        let mut palms = decode(&found.boxes, &found.scores, square);
        palms.truncate(MOST_CANDIDATES);
        palms
    }

    fn measure(&self, photo: &Photo, roi: Roi) -> Option<Hand> {
        let found = self.reader.run(|input| draw(photo, roi, HAND_INPUT_PX, input));
        let score = sigmoid(*found.flag.first()?);
        let points = found.landmarks.chunks_exact(3);
        let points: Vec<[f32; 3]> =
            points.map(|p| roi.to_photo([p[0], p[1], p[2]], HAND_INPUT_PX as f32)).collect();
        let points: [[f32; 3]; HAND_POINTS] = points.try_into().ok()?;
        let is_hand = score >= MIN_HAND_SCORE && points.iter().flatten().all(|v| v.is_finite());
        is_hand.then_some(Hand { score, points })
    }
}

fn draw(photo: &Photo, roi: Roi, side: usize, input: &mut Input<'_>) {
    crop::draw(photo, roi, side, |x, y, rgb| input.set(x, y, rgb));
}

/// Whether some part of the hand reaches into the box.
fn covers(hand: &Hand, [left, top, right, bottom]: [f32; 4]) -> bool {
    let is_near = |bone: &Bone| {
        let [[ax, ay], [bx, by]] = bone.ends;
        let r = bone.radius;
        ax.min(bx) - r < right && ax.max(bx) + r > left && ay.min(by) - r < bottom && ay.max(by) + r > top
    };
    hand.shape().bones.iter().any(is_near)
}
