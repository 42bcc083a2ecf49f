//! Hands near a face: what a person holds before it lies over it.

mod find;
mod palms;

pub(crate) use find::HandFinder;

use crate::nets::HAND_POINTS;
use crate::numeric::{distance_to_line, is_within, norm, sub};

/// Points of a hand by their number: the wrist, and the roots of fore-, middle, ring and little finger.
const WRIST: usize = 0;
const ROOTS: [usize; 4] = [5, 9, 13, 17];
const MIDDLE_ROOT: usize = ROOTS[1];
/// The joints of each finger, from its root to its tip; the thumb's first bone lies in the palm.
const FINGERS: [[usize; 4]; 5] =
    [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16], [17, 18, 19, 20]];

/// The rim of the palm, from the wrist along the thumb and past the fingers' roots.
const PALM_RIM: [usize; 7] = [0, 1, 2, 5, 9, 13, 17];

/// Half the breadth of a finger, of the bones in the palm and of the wrist, as shares of the palm's length. A little more
/// than anatomy has: what is kept beside a hand is the target's own face, in its own tone.
const FINGER: f32 = 0.14;
const PALM: f32 = 0.17;
const ARM: f32 = 0.3;
/// How far the arm goes on behind the wrist, as a share of the palm's length.
const ARM_LENGTH: f32 = 0.5;

/// A hand in a photo.
#[derive(Clone, Debug, PartialEq)]
pub struct Hand {
    /// How sure the network is that this is a hand, 0 to 1.
    pub score: f32,
    /// x, y, z in photo pixels: the wrist, then four points of each finger from its root to its tip, the thumb first.
    pub points: [[f32; 3]; HAND_POINTS],
}

/// What a hand covers of a picture.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) bones: Vec<Bone>,
    /// The corners of the palm, between whose bones it is closed.
    pub(crate) palm: [[f32; 2]; PALM_RIM.len()],
}

/// A part of a hand: all that is at most `radius` away from a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bone {
    pub(crate) ends: [[f32; 2]; 2],
    pub(crate) radius: f32,
}

impl Hand {
    /// Length of the palm, from the wrist to the middle finger's root, in depth too.
    fn palm_px(&self) -> f32 {
        norm(sub(self.points[MIDDLE_ROOT], self.points[WRIST]))
    }

    /// What the hand covers, in photo pixels.
    pub(crate) fn shape(&self) -> Shape {
        let palm = PALM_RIM.map(|i| [self.points[i][0], self.points[i][1]]);
        Shape { bones: self.bones(), palm }
    }

    fn bones(&self) -> Vec<Bone> {
        let palm = self.palm_px();
        let at = |i: usize| [self.points[i][0], self.points[i][1]];
        let bone = |a: usize, b: usize, share: f32| Bone { ends: [at(a), at(b)], radius: share * palm };
        let fingers = FINGERS.iter().flat_map(|joints| joints.windows(2).map(|w| bone(w[0], w[1], FINGER)));
        let palms = ROOTS.iter().map(|&root| bone(WRIST, root, PALM));
        let across = ROOTS.windows(2).map(|w| bone(w[0], w[1], PALM));
        let thumb = [bone(WRIST, FINGERS[0][0], PALM), bone(FINGERS[0][1], ROOTS[0], FINGER)];
        let (wrist, root) = (at(WRIST), at(MIDDLE_ROOT));
        let behind = [0, 1].map(|k| wrist[k] + (wrist[k] - root[k]) * ARM_LENGTH);
        let arm = Bone { ends: [wrist, behind], radius: ARM * palm };
        fingers.chain(palms).chain(across).chain(thumb).chain([arm]).collect()
    }
}

impl Shape {
    /// The same in other pixels.
    pub(crate) fn moved(&self, place: impl Fn([f32; 2]) -> [f32; 2], scale: f32) -> Self {
        let moved = |bone: &Bone| Bone { ends: bone.ends.map(&place), radius: bone.radius * scale };
        Self { bones: self.bones.iter().map(moved).collect(), palm: self.palm.map(&place) }
    }

    /// Whether a place lies between the bones of the palm.
    pub(crate) fn is_palm(&self, place: [f32; 2]) -> bool {
        is_within(place, &self.palm)
    }
}

impl Bone {
    /// How far a place lies outside, negative inside.
    pub(crate) fn distance(&self, place: [f32; 2]) -> f32 {
        distance_to_line(place, self.ends) - self.radius
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An upright hand with a palm of 100 px, its fingers straight up.
    pub(super) fn upright() -> Hand {
        let mut points = [[0.0; 3]; HAND_POINTS];
        for (finger, joints) in FINGERS.iter().enumerate() {
            for (joint, &i) in joints.iter().enumerate() {
                points[i] = [finger as f32 * 25.0 - 50.0, -100.0 - 30.0 * joint as f32, 0.0];
            }
        }
        Hand { score: 1.0, points }
    }

    #[test]
    fn a_hand_covers_its_fingers_and_palm_but_not_what_lies_between_tips() {
        let shape = upright().shape();
        let gap = |p| shape.bones.iter().map(|bone| bone.distance(p)).fold(f32::MAX, f32::min);
        for inside in [[0.0, -50.0], [0.0, -195.0], [50.0, -150.0], [0.0, 30.0]] {
            assert!(gap(inside) < 0.0, "{inside:?}");
        }
        for outside in [[0.0, -220.0], [-75.0, -150.0], [90.0, -60.0], [0.0, 100.0]] {
            assert!(gap(outside) > 5.0 && !shape.is_palm(outside), "{outside:?}");
        }
        assert!(shape.is_palm([0.0, -50.0]) && shape.is_palm([-20.0, -90.0]));
    }
}
