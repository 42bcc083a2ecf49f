//! What a swap will suffer from, found in the source's photo before the swap is made: never a refusal.

use serde::{Deserialize, Serialize};

/// What is the matter with a source's face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FindingKind {
    /// Few pixels: those between the eyes.
    Small,
    /// Blurred: the blur's radius in per cent of the eye distance.
    Blurred,
    /// Looks aside: degrees, positive to the picture's right.
    Turned,
    /// Looks up or down: degrees, positive up.
    Nodding,
    /// Tilted: degrees, positive clockwise in the picture.
    Tilted,
    /// Too little light: the skin's lightness, 0 to 1.
    Dark,
    /// Too much light: per cent of the skin that is white.
    Bright,
    /// Light from one side: the sides' difference in stops.
    OneSided,
    /// Glasses or the like: per cent of the eyes' region.
    EyesCovered,
    /// A mask or the like: per cent of nose and mouth.
    MouthCovered,
    /// Cut by the picture's border: per cent of the face.
    Cut,
}

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The result will show it to whoever looks for it.
    Mild,
    /// The result will show it to anybody.
    Severe,
}

/// Something that the result will suffer from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// How much.
    pub severity: Severity,
    /// What was measured, in the kind's unit.
    pub value: f32,
}
