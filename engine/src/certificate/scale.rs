//! What a measure's value is worth: the scales of `docs/QUALITY.md`.

use serde::Serialize;

/// Something that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// In degrees.
    PoseError,
    /// In per cent of the eye distance.
    ExpressionError,
    /// CIEDE2000.
    Seam,
    /// A ratio; 1 is best.
    Sharpness,
    /// In decibels; infinite is best.
    Background,
    /// In per cent of frames.
    SwapRate,
    /// A ratio; up to 1 is best.
    Jitter,
}

/// What a value is worth; the worse, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Nobody will notice.
    Good,
    /// Whoever looks for it will see it.
    Fair,
    /// Anybody will see it.
    Poor,
}

/// A value with its grade.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// What was measured.
    pub measure: Measure,
    /// In the measure's unit.
    pub value: f32,
    /// What it is worth.
    pub grade: Grade,
}

impl Reading {
    pub(super) fn of(measure: Measure, value: f32) -> Self {
        Self { measure, value, grade: measure.grade(value) }
    }
}

impl Measure {
    /// The grade of a value in this measure's unit; what is no number is poor.
    pub fn grade(self, value: f32) -> Grade {
        let most = |good: f32, fair: f32, value: f32| match value {
            value if value <= good => Grade::Good,
            value if value <= fair => Grade::Fair,
            _ => Grade::Poor,
        };
        match self {
            Self::PoseError => most(2.0, 5.0, value),
            Self::ExpressionError => most(1.8, 4.0, value),
            Self::Seam => most(2.0, 5.0, value),
            // Half as sharp is as bad as twice as sharp.
            Self::Sharpness => most(1.25, 1.67, value.max(1.0 / value)),
            Self::Background => most(-50.0, -35.0, -value),
            Self::SwapRate => most(-99.0, -95.0, -value),
            Self::Jitter => most(1.2, 1.6, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scale_runs_its_own_way() {
        let grades = |measure: Measure, values: [f32; 3]| values.map(|value| measure.grade(value));
        let all = [Grade::Good, Grade::Fair, Grade::Poor];
        assert_eq!(grades(Measure::PoseError, [2.0, 4.9, 5.1]), all);
        assert_eq!(grades(Measure::Seam, [0.0, 2.1, 5.1]), all);
        assert_eq!(grades(Measure::Sharpness, [0.81, 0.79, 0.5]), all);
        assert_eq!(grades(Measure::Sharpness, [1.24, 1.3, 2.0]), all);
        assert_eq!(grades(Measure::Background, [f32::INFINITY, 40.0, 20.0]), all);
        assert_eq!(grades(Measure::SwapRate, [100.0, 98.0, 90.0]), all);
        assert_eq!(Measure::Jitter.grade(f32::NAN), Grade::Poor);
        assert!(Grade::Poor > Grade::Good);
    }
}
