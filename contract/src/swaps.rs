//! What a swap is asked for.

use serde::{Deserialize, Serialize};

use crate::ErrorCode;
use crate::gate::Finding;
use crate::names::named;

/// The largest photo, in bytes.
pub const MAX_PHOTO_BYTES: usize = 10 * 1024 * 1024;

/// How a swap should be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SwapOptions {
    /// How far the shape of the face goes to the source's, 0 to 100.
    #[cfg_attr(feature = "openapi", schema(maximum = 100))]
    pub likeness: u8,
    /// How far the skin's colour goes to the target's, 0 to 100.
    #[cfg_attr(feature = "openapi", schema(maximum = 100))]
    pub skin_tone: u8,
    /// Which of the source's faces to use; 0 is the largest.
    pub source_face: usize,
    /// Which of the target's faces to change, 0 being the largest; none given means all of them.
    pub target_faces: Option<Vec<usize>>,
    /// The label that says how the picture was made. It can be moved and resized, not left out.
    pub label: LabelOptions,
}

/// Where the visible label stands, and how large it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LabelOptions {
    /// Its corner.
    pub corner: LabelCorner,
    /// Its size.
    pub size: LabelSize,
}

named! {
    /// A corner of a picture.
    #[derive(Default)]
    LabelCorner {
        /// Top left.
        TopLeft = "top_left",
        /// Top right.
        TopRight = "top_right",
        /// Bottom left.
        BottomLeft = "bottom_left",
        /// Bottom right.
        #[default]
        BottomRight = "bottom_right",
    }
}

named! {
    /// How large the label is, relative to the picture.
    #[derive(Default)]
    LabelSize {
        /// Just readable.
        Small = "small",
        /// The usual.
        #[default]
        Medium = "medium",
        /// For a picture that will be shown small.
        Large = "large",
    }
}

impl Default for SwapOptions {
    fn default() -> Self {
        Self {
            likeness: 60,
            skin_tone: 100,
            source_face: 0,
            target_faces: None,
            label: LabelOptions::default(),
        }
    }
}

impl SwapOptions {
    /// Checks every range.
    ///
    /// # Errors
    /// [`ErrorCode::OptionOutOfRange`] for a strength over 100, [`ErrorCode::FaceNotFound`] for an empty choice of faces.
    pub fn validate(&self) -> Result<(), ErrorCode> {
        if self.likeness > 100 || self.skin_tone > 100 {
            return Err(ErrorCode::OptionOutOfRange);
        }
        if self.target_faces.as_ref().is_some_and(Vec::is_empty) {
            return Err(ErrorCode::FaceNotFound);
        }
        Ok(())
    }

    /// The faces to change among `found`, each once and in order.
    ///
    /// # Errors
    /// [`ErrorCode::FaceNotFound`] for a number beyond those found.
    pub fn chosen_targets(&self, found: usize) -> Result<Vec<usize>, ErrorCode> {
        let mut chosen = self.target_faces.clone().unwrap_or_else(|| (0..found).collect());
        chosen.sort_unstable();
        chosen.dedup();
        if chosen.last().is_some_and(|&last| last >= found) {
            return Err(ErrorCode::FaceNotFound);
        }
        Ok(chosen)
    }
}

/// How a result is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum OutputFormat {
    /// Small; the usual choice.
    #[default]
    Jpeg,
    /// Exact, larger.
    Png,
}

impl OutputFormat {
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    /// The ending of a file's name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// A face that was found, in the photo's own pixels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaceView {
    /// Left, top, right, bottom.
    pub bounds: [f32; 4],
    /// The oval of the face, a closed line.
    pub outline: Vec<[f32; 2]>,
    /// What a swap will suffer from if this is its source, the worst first; of a target nothing is asked.
    pub findings: Vec<Finding>,
}

/// A photo that was read, and whom it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhotoView {
    /// Width in pixels, after its orientation was applied.
    pub width: u32,
    /// Height in pixels, after its orientation was applied.
    pub height: u32,
    /// The faces, largest first.
    pub faces: Vec<FaceView>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_valid_and_fill_in_what_is_not_said() {
        let options: SwapOptions = serde_json::from_str(r#"{"likeness": 10}"#).unwrap_or_default();
        assert_eq!(options, SwapOptions { likeness: 10, ..SwapOptions::default() });
        assert_eq!(options.validate(), Ok(()));
    }

    #[test]
    fn the_label_can_be_moved_and_not_left_out() {
        let options: SwapOptions =
            serde_json::from_str(r#"{"label": {"corner": "top_left", "size": "small"}}"#).unwrap_or_default();
        assert_eq!(options.label, LabelOptions { corner: LabelCorner::TopLeft, size: LabelSize::Small });
        assert!(serde_json::from_str::<SwapOptions>(r#"{"label": null}"#).is_err());
        assert!(serde_json::from_str::<SwapOptions>(r#"{"label": {"size": "none"}}"#).is_err());
    }

    #[test]
    fn unknown_and_out_of_range_options_are_refused() {
        assert!(serde_json::from_str::<SwapOptions>(r#"{"likenes": 10}"#).is_err());
        let options = SwapOptions { skin_tone: 101, ..SwapOptions::default() };
        assert_eq!(options.validate(), Err(ErrorCode::OptionOutOfRange));
        let none = SwapOptions { target_faces: Some(vec![]), ..SwapOptions::default() };
        assert_eq!(none.validate(), Err(ErrorCode::FaceNotFound));
    }

    #[test]
    fn chosen_faces_are_each_named_once_and_must_exist() {
        let chosen =
            |faces: &[usize]| SwapOptions { target_faces: Some(faces.into()), ..SwapOptions::default() };
        assert_eq!(chosen(&[2, 0, 2]).chosen_targets(3), Ok(vec![0, 2]));
        assert_eq!(chosen(&[3]).chosen_targets(3), Err(ErrorCode::FaceNotFound));
        assert_eq!(SwapOptions::default().chosen_targets(2), Ok(vec![0, 1]));
    }
}
