//! Landmark numbers with a meaning, as MediaPipe's mesh numbers its 468 points.
//!
//! "Left" and "right" are those of the picture.

/// Centre of the upper lip's inner edge, and of the lower lip's.
pub(crate) const INNER_LIP_TOP: usize = 13;
pub(crate) const INNER_LIP_BOTTOM: usize = 14;
/// Corners of the mouth's opening.
pub(crate) const INNER_LIP_CORNERS: [usize; 2] = [78, 308];
/// Outer corners of the mouth.
pub(crate) const MOUTH_CORNERS: [usize; 2] = [61, 291];
/// Outer corners of the eyes.
pub(crate) const EYE_CORNERS: [usize; 2] = [33, 263];
/// Corners of each eye, the outer first.
pub(crate) const EYES: [[usize; 2]; 2] = [[33, 133], [263, 362]];
/// Edges of the lids of each eye, round in order, in the order of [`EYES`].
pub(crate) const EYE_RINGS: [[usize; 16]; 2] = [
    [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7],
    [263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249],
];
/// Centres of the eyelids' edges, the upper first, in the order of [`EYES`].
pub(crate) const EYELIDS: [[usize; 2]; 2] = [[159, 145], [386, 374]];
/// Highest points of the brows.
pub(crate) const BROWS: [usize; 2] = [105, 334];
/// Between the eyes, and the tip of the nose.
pub(crate) const NOSE_ROOT: usize = 168;
pub(crate) const NOSE_TIP: usize = 4;
/// Between nose and upper lip.
pub(crate) const NOSE_BASE: usize = 0;
/// Sides of the face, at the ears.
pub(crate) const SIDES: [usize; 2] = [234, 454];
/// Middle of the hairline, and the chin.
pub(crate) const FOREHEAD: usize = 10;
pub(crate) const CHIN: usize = 152;

/// Rim of the mouth's opening.
pub(crate) const INNER_LIPS: [usize; 20] =
    [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95];

/// Outline of the face, clockwise in the picture from the forehead.
pub(crate) const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
