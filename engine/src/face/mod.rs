//! Faces: what a photo shows, measured.

mod closer;
pub(crate) mod crop;
mod detect;
mod find;
mod pose;
mod roi;

pub use pose::Pose;

pub(crate) use detect::{iou, sigmoid};
pub(crate) use find::{FaceFinder, MeshReading, part_to_follow};
pub(crate) use roi::Roi;

use crate::hands::Hand;
use crate::landmarks::{CHIN, EYES, FOREHEAD, OVAL, SIDES};
use crate::numeric::{bounds, norm, sub};
use crate::topology::VERTICES;

/// A face in a photo.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// How sure the mesh network is that this is a face, 0 to 1.
    pub score: f32,
    /// 468 points x, y, z in photo pixels; z has the scale of x and grows away from the camera.
    pub landmarks: Vec<[f32; 3]>,
    /// Five points of each iris in the same units, the one on the picture's left first: the centre, then right, top, left
    /// and bottom of its rim. Only the refined mesh measures them ([`crate::Engine::with_refined_mesh`]); empty otherwise.
    pub irises: Vec<[f32; 3]>,
    /// Hands that lie over it. Only an engine that has learnt hands sees them ([`crate::Engine::learn_hands`]); empty otherwise.
    pub hands: Vec<Hand>,
}

impl Face {
    /// Box around the landmarks, `[left, top, right, bottom]` in photo pixels; all zeros without landmarks.
    pub fn bounds(&self) -> [f32; 4] {
        if self.landmarks.is_empty() { [0.0; 4] } else { bounds(&self.landmarks) }
    }

    /// The 36 points of the face's outline in photo pixels, clockwise from the forehead; empty if landmarks are
    /// missing.
    pub fn outline(&self) -> Vec<[f32; 2]> {
        if !self.is_complete() {
            return Vec::new();
        }
        OVAL.iter().map(|&i| [self.landmarks[i][0], self.landmarks[i][1]]).collect()
    }

    /// Where the face looks, from a fit of the canonical head to the landmarks; all zeros if there is no fit.
    pub fn pose(&self) -> Pose {
        if self.is_complete() { pose::estimate(&self.landmarks) } else { Pose::default() }
    }

    /// Geometric mean of width and height measured in depth too, in photo pixels: steady when the head turns.
    pub fn size_px(&self) -> f32 {
        if self.is_complete() { size_px(&self.landmarks) } else { 0.0 }
    }

    /// A face that is known by its 468 points alone.
    pub(crate) fn of_landmarks(landmarks: Vec<[f32; 3]>) -> Self {
        Self { score: 1.0, landmarks, irises: Vec::new(), hands: Vec::new() }
    }

    fn is_complete(&self) -> bool {
        self.landmarks.len() == VERTICES
    }
}

/// [`Face::size_px`] of a complete set of landmarks.
pub(crate) fn size_px(landmarks: &[[f32; 3]]) -> f32 {
    let width = norm(sub(landmarks[SIDES[1]], landmarks[SIDES[0]]));
    let height = norm(sub(landmarks[CHIN], landmarks[FOREHEAD]));
    (width * height).sqrt()
}

/// Distance between the centres of the eyes, measured in depth too: a turn does not shorten it.
pub(crate) fn eye_distance_px(landmarks: &[[f32; 3]]) -> f32 {
    let [left, right] = EYES.map(|pair| eye_centre(landmarks, pair));
    norm(sub(left, right))
}

/// The middle between the corners of one of [`EYES`].
pub(crate) fn eye_centre(landmarks: &[[f32; 3]], [outer, inner]: [usize; 2]) -> [f32; 3] {
    core::array::from_fn(|k| (landmarks[outer][k] + landmarks[inner][k]) / 2.0)
}

/// How much the boxes around two sets of landmarks overlap: intersection over union.
pub(crate) fn bounds_overlap(a: &[[f32; 3]], b: &[[f32; 3]]) -> f32 {
    iou(&bounds(a), &bounds(b))
}
