//! A swap from the outside: what may be chosen, what comes back, what can go wrong.

use thiserror::Error;

use crate::Engine;
use crate::face::{Face, size_px};
use crate::graft::{self, Source, Strength, Subject};
use crate::photo::Photo;
use crate::source::SourceTexture;
use crate::topology::VERTICES;

/// Faces smaller than this, in pixels of their size, are not swapped.
pub const MIN_FACE_PX: f32 = 24.0;
/// Landmarks further out than this belong to no photo.
const MAX_COORDINATE_PX: f32 = 1e6;

/// How to swap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SwapOptions {
    /// How far the face's shape moves to the source's: 0 keeps the target's features in place, 1 moves them all the
    /// way. The outline always stays the target's.
    pub likeness: f32,
    /// How far the skin takes on the target's tone and light: 0 keeps the source's, 1 matches.
    pub skin_tone: f32,
}

impl Default for SwapOptions {
    /// The values measured best: a clear likeness without a distorted head, in the target's light.
    fn default() -> Self {
        Self { likeness: 0.6, skin_tone: 1.0 }
    }
}

impl SwapOptions {
    /// # Errors
    ///
    /// [`SwapError::OptionOutOfRange`] when a value is no number from 0 to 1.
    pub fn validate(&self) -> Result<(), SwapError> {
        for (option, value) in [("likeness", self.likeness), ("skin_tone", self.skin_tone)] {
            if !(0.0..=1.0).contains(&value) {
                return Err(SwapError::OptionOutOfRange { option });
            }
        }
        Ok(())
    }
}

/// Why nothing was swapped.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SwapError {
    /// No target face was given.
    #[error("there is no face to put the other one on")]
    NoTargetFace,
    /// No source photo was given.
    #[error("there is no face to put on")]
    NoSourceFace,
    /// A face is too small to swap.
    #[error("a face of {size_px} pixels is too small; {min_px} are needed")]
    FaceTooSmall {
        /// The face's size, rounded down.
        size_px: u32,
        /// The least size.
        min_px: u32,
    },
    /// A face's landmarks are incomplete, no numbers, or outside their photo.
    #[error("a face's landmarks are not those of a face in the photo")]
    FaceUnusable,
    /// An option is no number from 0 to 1.
    #[error("{option} must be from 0 to 1")]
    OptionOutOfRange {
        /// Name of the option.
        option: &'static str,
    },
}

impl SwapError {
    /// The stable code of this error, as it crosses the wire.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoTargetFace => "no_face_in_target",
            Self::NoSourceFace => "no_face_in_source",
            // To a person both say the same: take another photo of the face.
            Self::FaceTooSmall { .. } | Self::FaceUnusable => "face_too_small",
            Self::OptionOutOfRange { .. } => "option_out_of_range",
        }
    }
}

impl Engine {
    /// Puts the source's face onto each of the target's faces: the target photo, changed.
    ///
    /// Pixels outside the target faces, and all alpha, stay bit for bit what they were.
    ///
    /// # Errors
    ///
    /// [`SwapError`]; the target is never half swapped.
    pub fn swap(
        &self,
        source: &Photo,
        source_face: &Face,
        target: &Photo,
        target_faces: &[&Face],
        options: &SwapOptions,
    ) -> Result<Photo, SwapError> {
        check_face(source_face, source)?;
        let subject = Subject { photo: source, landmarks: &source_face.landmarks, hands: &source_face.hands };
        self.swap_onto(Source::Photo(subject), target, target_faces, options)
    }

    /// Puts a fused face onto each of the target's faces, as [`Engine::swap`] does with a photo's.
    ///
    /// # Errors
    ///
    /// [`SwapError`]; the target is never half swapped.
    pub fn swap_fused(
        &self,
        source: &SourceTexture,
        target: &Photo,
        target_faces: &[&Face],
        options: &SwapOptions,
    ) -> Result<Photo, SwapError> {
        self.swap_onto(Source::Texture(source), target, target_faces, options)
    }

    fn swap_onto(
        &self,
        source: Source<'_>,
        target: &Photo,
        target_faces: &[&Face],
        options: &SwapOptions,
    ) -> Result<Photo, SwapError> {
        options.validate()?;
        if target_faces.is_empty() {
            return Err(SwapError::NoTargetFace);
        }
        target_faces.iter().try_for_each(|face| check_face(face, target))?;
        let strength = Strength { likeness: options.likeness, skin_tone: options.skin_tone };
        let mut photo = target.clone();
        for face in target_faces {
            let onto = Subject { photo: target, landmarks: &face.landmarks, hands: &face.hands };
            graft::graft(&self.topology, source, onto, strength, &mut photo)
                .ok_or(SwapError::FaceUnusable)?;
        }
        Ok(photo)
    }
}

/// Whether the landmarks are those of a face that can be seen in the photo.
pub(crate) fn check_face(face: &Face, photo: &Photo) -> Result<(), SwapError> {
    let is_number = |v: &f32| v.abs() <= MAX_COORDINATE_PX;
    if face.landmarks.len() != VERTICES || !face.landmarks.iter().flatten().all(is_number) {
        return Err(SwapError::FaceUnusable);
    }
    let size = size_px(&face.landmarks);
    if size < MIN_FACE_PX {
        return Err(SwapError::FaceTooSmall { size_px: size as u32, min_px: MIN_FACE_PX as u32 });
    }
    let [left, top, right, bottom] = face.bounds();
    let is_flat = right - left < MIN_FACE_PX / 4.0 || bottom - top < MIN_FACE_PX / 4.0;
    let is_away = right <= 0.0 || bottom <= 0.0;
    let is_beyond = left >= photo.width() as f32 || top >= photo.height() as f32;
    if is_flat || is_away || is_beyond { Err(SwapError::FaceUnusable) } else { Ok(()) }
}
