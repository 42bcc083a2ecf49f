//! A closer look at a face of a photo: once more in a mirror, and at eyes and lips with the refined mesh.
//!
//! What a network gets wrong by chance it gets wrong otherwise in the mirror, so the mean of both is nearer the truth.

use super::find::{FaceFinder, to_photo};
use super::roi::Roi;
use super::{Face, crop};
use crate::nets::{IRIS, Input, MESH_INPUT_PX, Measured, closely_seen};
use crate::photo::Photo;
use crate::topology::VERTICES;

/// Points of a face and both its irises.
const REFINED_POINTS: usize = VERTICES + 2 * IRIS;
/// An iris's points in a mirror: its centre, left, top, right and bottom.
const MIRRORED_IRIS: [usize; IRIS] = [0, 3, 2, 1, 4];

impl FaceFinder {
    /// Improves a measured face; what cannot be measured again stays as it is.
    pub(super) fn look_closer(&self, photo: &Photo, face: &mut Face) {
        let roi = Roi::of_landmarks(&face.landmarks);
        if !roi.is_usable() {
            return;
        }
        let mesh = |fill: &dyn Fn(&mut Input<'_>)| {
            let mut found = Measured::default();
            self.mesh.run(fill, &mut found);
            found
        };
        if let Some(mirrored) = self.view(photo, roi, true, mesh).filter(|view| view.len() == VERTICES) {
            face.landmarks = mean(&face.landmarks, &mirrored);
        }
        let Some(refined) = &self.refined else { return };
        let views =
            [false, true].map(|is_mirrored| self.view(photo, roi, is_mirrored, |fill| refined.run(fill)));
        if let [Some(direct), Some(mirrored)] = views
            && direct.len() == REFINED_POINTS
        {
            let points = mean(&direct, &mirrored);
            for i in closely_seen() {
                face.landmarks[i] = [points[i][0], points[i][1], face.landmarks[i][2]];
            }
            face.irises = points[VERTICES..].to_vec();
        }
    }

    /// What a network sees of a square of the photo or of its mirror image, in photo pixels.
    fn view(
        &self,
        photo: &Photo,
        roi: Roi,
        is_mirrored: bool,
        run: impl FnOnce(&dyn Fn(&mut Input<'_>)) -> Measured,
    ) -> Option<Vec<[f32; 3]>> {
        let column = |x: usize| if is_mirrored { MESH_INPUT_PX - 1 - x } else { x };
        let mut found = run(&|input| {
            crop::draw(photo, roi, MESH_INPUT_PX, |x, y, rgb| input.set(column(x), y, rgb));
        });
        if is_mirrored {
            found.landmarks = self.unmirrored(&found.landmarks);
        }
        to_photo(&found, roi)
    }

    /// Points measured in a mirror: each is the other side's, at the other side.
    fn unmirrored(&self, seen: &[f32]) -> Vec<f32> {
        let points: Vec<[f32; 3]> =
            seen.chunks_exact(3).map(|p| [MESH_INPUT_PX as f32 - p[0], p[1], p[2]]).collect();
        let other = |i: usize| match i.checked_sub(VERTICES) {
            None => self.mirror[i],
            Some(n) => VERTICES + (1 - n / IRIS) * IRIS + MIRRORED_IRIS[n % IRIS],
        };
        (0..points.len()).flat_map(|i| points[other(i)]).collect()
    }
}

fn mean(a: &[[f32; 3]], b: &[[f32; 3]]) -> Vec<[f32; 3]> {
    a.iter().zip(b).map(|(a, b)| core::array::from_fn(|k| (a[k] + b[k]) / 2.0)).collect()
}
