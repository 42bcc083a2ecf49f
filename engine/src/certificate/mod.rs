//! The quality certificate: what became of a picture's faces, measured on the result beside the target.
//!
//! Every measure compares the result with the target it was made of, by the engine's own networks and by colour; none
//! needs a person, and none says whose face it is. `docs/QUALITY.md` has definitions, formulas and scales.

mod background;
mod clip;
mod colour_difference;
mod detail;
mod expression;
mod face_area;
mod scale;
mod seam;

use serde::Serialize;
use thiserror::Error;

use crate::Engine;
use crate::face::Face;
use crate::photo::Photo;
use crate::swap::{SwapError, check_face};
pub use clip::{ClipCertificate, ClipMeter};
use face_area::FaceArea;
pub use scale::{Grade, Measure, Reading};

/// What a picture's swap came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Certificate {
    /// One for each face that was swapped, in the order in which they were given.
    pub faces: Vec<FaceCertificate>,
    /// Peak signal-to-noise ratio of all that is no swapped face, in decibels; none if not a single value changed, or
    /// if there is nothing else.
    pub background_psnr_db: Option<f32>,
}

/// What became of one face.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FaceCertificate {
    /// How sure the mesh network is that the result shows a face, 0 to 1.
    pub face_score: f32,
    /// Euclidean distance of yaw, pitch and roll between result and target, in degrees.
    pub pose_error_deg: f32,
    /// Mean difference of eight openings and heights of eyes, brows and mouth, in per cent of the eye distance.
    pub expression_error_percent: f32,
    /// How much more the colour changes across the graft's rim than it did there in the target: CIEDE2000, the mean
    /// along the rim.
    pub seam_delta_e: f32,
    /// Fine detail of the face beside that of its surroundings, relative to the target's: 1 is as sharp as before, less
    /// is softer.
    pub sharpness_ratio: f32,
}

/// Why two pictures cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CertifyError {
    /// The result has another size than its target.
    #[error("the result has another size than its target")]
    SizesDiffer,
    /// The landmarks of one of the faces are not those of a face in the target.
    #[error(transparent)]
    Face(#[from] SwapError),
}

impl FaceCertificate {
    /// Each measure with its grade.
    pub fn readings(&self) -> [Reading; 4] {
        [
            Reading::of(Measure::PoseError, self.pose_error_deg),
            Reading::of(Measure::ExpressionError, self.expression_error_percent),
            Reading::of(Measure::Seam, self.seam_delta_e),
            Reading::of(Measure::Sharpness, self.sharpness_ratio),
        ]
    }
}

impl Certificate {
    /// The background with its grade; infinite decibels where nothing changed.
    pub fn background(&self) -> Reading {
        Reading::of(Measure::Background, self.background_psnr_db.unwrap_or(f32::INFINITY))
    }

    /// The worst grade of all.
    pub fn grade(&self) -> Grade {
        let faces = self.faces.iter().flat_map(|face| face.readings());
        faces.chain([self.background()]).map(|reading| reading.grade).max().unwrap_or(Grade::Good)
    }
}

impl Engine {
    /// Compares a result, as [`Engine::swap`] made it and before it is labelled or encoded, with its target, of which
    /// `faces` were swapped.
    ///
    /// # Errors
    ///
    /// [`CertifyError`] when the two pictures are not of one size, or a face is none of the target's.
    pub fn certify(
        &self,
        target: &Photo,
        faces: &[&Face],
        result: &Photo,
    ) -> Result<Certificate, CertifyError> {
        if (target.width(), target.height()) != (result.width(), result.height()) {
            return Err(CertifyError::SizesDiffer);
        }
        faces.iter().try_for_each(|face| check_face(face, target))?;
        let areas: Vec<FaceArea> =
            faces.iter().filter_map(|face| FaceArea::of(&self.topology, target, &face.landmarks)).collect();
        Ok(Certificate {
            faces: faces
                .iter()
                .zip(&areas)
                .map(|(face, area)| self.certify_face(target, face, area, result))
                .collect(),
            background_psnr_db: background::psnr_db(target, result, &areas),
        })
    }

    fn certify_face(&self, target: &Photo, face: &Face, area: &FaceArea, result: &Photo) -> FaceCertificate {
        // Both are measured from the same square, so that an unchanged picture has no error at all.
        let before = self.finder.remeasure(target, &face.landmarks);
        let after = self.finder.remeasure(result, &face.landmarks);
        let before = before.as_ref().unwrap_or(face);
        let pictures = area.cut(target, result);
        FaceCertificate {
            face_score: after.as_ref().map_or(0.0, |face| face.score),
            pose_error_deg: after.as_ref().map_or(180.0, |after| after.pose().distance_deg(&before.pose())),
            expression_error_percent: after
                .as_ref()
                .map_or(100.0, |after| expression::error_percent(&before.landmarks, &after.landmarks)),
            seam_delta_e: seam::delta_e(&pictures),
            sharpness_ratio: detail::sharpness_ratio(&pictures),
        }
    }
}
