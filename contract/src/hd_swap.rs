//! A swap that the server makes of kept photos, at their full size: several faces from several photos onto one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ErrorCode;
use crate::fields::{FieldError, Fields};
use crate::media::MediaId;
use crate::studio::MOST_MORE_SOURCES;
use crate::swaps::{LabelOptions, OutputFormat};

/// The most photos to take faces from.
pub const MAX_SOURCES: usize = 8;

/// The most faces to change.
pub const MAX_FACES: usize = 32;

/// Which face goes where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FaceMapping {
    /// The face to change: its number in the target, 0 being the largest.
    pub target_face: usize,
    /// The photo to take one from: its place in `sources`.
    pub source: usize,
    /// The face to take: its number there, 0 being the largest.
    #[serde(default)]
    pub source_face: usize,
}

/// What to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HdSwap {
    /// The photos with the faces to use, 1 to 8 of the account's own.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 8))]
    pub sources: Vec<MediaId>,
    /// The picture to put them into.
    pub target: MediaId,
    /// Which face goes where; the largest face of the first source onto all of them if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 32))]
    pub faces: Option<Vec<FaceMapping>>,
    /// Whether the sources, at most five then, show one person: the face that is taken of the first one is fused with the
    /// largest of each other one.
    #[serde(default)]
    pub fused: bool,
    /// How far the shape of the faces goes to the sources', 0 to 100; 60 if not given.
    #[serde(default = "likeness")]
    #[cfg_attr(feature = "openapi", schema(maximum = 100))]
    pub likeness: u8,
    /// How far the skin's colour goes to the target's, 0 to 100; 100 if not given.
    #[serde(default = "skin_tone")]
    #[cfg_attr(feature = "openapi", schema(maximum = 100))]
    pub skin_tone: u8,
    /// Where the label stands that says what the result is.
    #[serde(default)]
    pub label: LabelOptions,
    /// How to write the result.
    #[serde(default)]
    pub format: OutputFormat,
}

const fn likeness() -> u8 {
    60
}

const fn skin_tone() -> u8 {
    100
}

impl HdSwap {
    /// Checks every field.
    ///
    /// # Errors
    /// All the fields at fault.
    pub fn check(self) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let fits = |fits: bool, code| fits.then_some(()).ok_or(code);
        let most = if self.fused { 1 + MOST_MORE_SOURCES } else { MAX_SOURCES };
        let sources = (1..=most).contains(&self.sources.len());
        fields.take("sources", fits(sources, ErrorCode::FieldInvalid));
        fields.take("faces", fits(self.faces_fit(), ErrorCode::FieldInvalid));
        fields.take("likeness", fits(self.likeness <= 100, ErrorCode::OptionOutOfRange));
        fields.take("skin_tone", fits(self.skin_tone <= 100, ErrorCode::OptionOutOfRange));
        fields.finish(Some(self))
    }

    /// Every face that is taken, each once: its photo, and its number there.
    pub fn faces_used(&self) -> BTreeSet<(MediaId, usize)> {
        let face = |source, face| self.sources.get(source).map(|photo: &MediaId| (*photo, face));
        let mut used: BTreeSet<_> = match &self.faces {
            None => face(0, 0).into_iter().collect(),
            Some(faces) => {
                faces.iter().filter_map(|mapping| face(mapping.source, mapping.source_face)).collect()
            }
        };
        if self.fused {
            used.extend(self.sources.iter().skip(1).map(|photo| (*photo, 0)));
        }
        used
    }

    /// Each target face once, from a source that there is.
    fn faces_fit(&self) -> bool {
        let Some(faces) = &self.faces else { return true };
        let mut targets: Vec<usize> = faces.iter().map(|face| face.target_face).collect();
        targets.sort_unstable();
        targets.dedup();
        let once = targets.len() == faces.len();
        once && (1..=MAX_FACES).contains(&faces.len())
            && faces.iter().all(|face| face.source < if self.fused { 1 } else { self.sources.len() })
    }
}

/// What came of it: the job's `output`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HdSwapOutput {
    /// The result, among the account's media.
    pub media_id: MediaId,
    /// How many faces were changed.
    pub faces: usize,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> HdSwap {
        let json = format!(r#"{{"sources": ["{0}"], "target": "{0}"}}"#, MediaId::new(0, 0));
        serde_json::from_str(&json).unwrap()
    }

    fn mapping(target_face: usize, source: usize) -> FaceMapping {
        FaceMapping { target_face, source, source_face: 0 }
    }

    #[test]
    fn what_is_not_said_is_filled_in() {
        let order = order().check().unwrap();
        assert_eq!((order.likeness, order.skin_tone, order.format), (60, 100, OutputFormat::Jpeg));
    }

    #[test]
    fn the_faces_that_are_taken_are_known_before_any_photo_is_read() {
        let (first, second) = (MediaId::new(0, 0), MediaId::new(1, 0));
        let order = HdSwap { sources: vec![first, second], ..order() };
        assert_eq!(order.faces_used(), BTreeSet::from([(first, 0)]));
        let faces = vec![mapping(0, 1), mapping(1, 1), FaceMapping { source_face: 3, ..mapping(2, 0) }];
        let order = HdSwap { faces: Some(faces), ..order };
        assert_eq!(order.faces_used(), BTreeSet::from([(first, 3), (second, 0)]));
    }

    #[test]
    fn one_person_in_several_photos_is_taken_from_all_of_them() {
        let (first, second) = (MediaId::new(1, 1), MediaId::new(2, 2));
        let faces = Some(vec![FaceMapping { source_face: 3, ..mapping(0, 0) }]);
        let order = HdSwap { sources: vec![first, second], faces, fused: true, ..order() };
        assert_eq!(order.faces_used(), BTreeSet::from([(first, 3), (second, 0)]));
        assert!(order.clone().check().is_ok());
        let apart = HdSwap { faces: Some(vec![mapping(0, 1)]), ..order.clone() };
        assert!(apart.check().is_err(), "who is one person is taken from once");
        assert!(HdSwap { sources: vec![first; 6], ..order }.check().is_err(), "six are too many");
    }

    #[test]
    fn every_field_at_fault_is_named() {
        let bad = HdSwap { sources: vec![], likeness: 101, skin_tone: 101, faces: Some(vec![]), ..order() };
        let faults = bad.check().unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["sources", "faces", "likeness", "skin_tone"]);
    }

    #[test]
    fn a_face_is_changed_once_and_from_a_source_that_there_is() {
        let with = |faces: Vec<FaceMapping>| HdSwap { faces: Some(faces), ..order() }.check().is_ok();
        assert!(with(vec![mapping(0, 0), mapping(1, 0)]));
        assert!(!with(vec![mapping(0, 0), mapping(0, 0)]));
        assert!(!with(vec![mapping(0, 1)]));
        assert!(!with((0..=MAX_FACES).map(|face| mapping(face, 0)).collect()));
    }
}
