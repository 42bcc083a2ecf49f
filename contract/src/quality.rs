//! What became of a swap, measured beside the picture it was made in: `docs/QUALITY.md` has definitions and scales.

use serde::{Deserialize, Serialize};

use crate::names::named;

/// What is measured of a picture or a clip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// In degrees.
    PoseError,
    /// In per cent of the eye distance.
    ExpressionError,
    /// CIEDE2000 across the graft's rim.
    Seam,
    /// Sharpness of the face beside the target's; 1 is as sharp.
    Sharpness,
    /// Of all that is no face, in decibels; infinite if nothing changed.
    Background,
    /// Of a clip's frames with a face, in per cent.
    SwapRate,
    /// How a clip's face trembles beside the input's; 1 is as still.
    Jitter,
}

named! {
    /// What a value is worth; the worse, the greater.
    #[derive(PartialOrd, Ord)]
    Grade {
        /// Nobody will notice.
        Good = "good",
        /// Whoever looks for it will see it.
        Fair = "fair",
        /// Anybody will see it.
        Poor = "poor",
    }
}

/// A value with its grade.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What was measured.
    pub measure: Measure,
    /// In the measure's unit.
    pub value: f32,
    /// What it is worth.
    pub grade: Grade,
}

/// The certificate of a swapped clip: the measures that there are, none if it hardly showed a face.
pub type ClipView = Vec<Reading>;

/// The certificate of a swapped picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CertificateView {
    /// The worst grade of all.
    pub grade: Grade,
    /// For each swapped face its readings, each measure once.
    pub faces: Vec<Vec<Reading>>,
    /// All that is no face.
    pub background: Reading,
}
