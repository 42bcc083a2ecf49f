//! What a portrait is made of: every number a person may turn, with its range.
//!
//! Traits run from -1 to 1 with 0 the average adult; amounts run from 0 to 1. Values outside are clamped when the
//! portrait is rendered. Colours are sRGB, 0..1 per channel.

/// An sRGB colour, 0..1 per channel.
pub type Rgb = [f32; 3];

/// One portrait of nobody.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// The bones and features.
    pub identity: Identity,
    /// Complexion and make-up.
    pub skin: Skin,
    /// Hair, brows and beard.
    pub hair: Hair,
    /// Where the head points.
    pub pose: Pose,
    /// What the face does.
    pub expression: Expression,
    /// How it is lit.
    pub light: Light,
    /// What is behind it.
    pub backdrop: Backdrop,
    /// What is worn.
    pub garment: Garment,
}

/// The shape of a face; traits are -1..1 unless said otherwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identity {
    /// Width of the whole face: narrow to broad.
    pub face_width: f32,
    /// Width of the jaw at its corners: tapered to square.
    pub jaw_width: f32,
    /// Length and projection of the chin: short to long.
    pub chin: f32,
    /// Prominence of the cheekbones.
    pub cheekbones: f32,
    /// Flesh of the cheeks: hollow to full.
    pub cheek_fullness: f32,
    /// Length of the nose.
    pub nose_length: f32,
    /// Width at the nostrils.
    pub nose_width: f32,
    /// Height of the bridge: low to high.
    pub nose_bridge: f32,
    /// Tip: turned down to turned up.
    pub nose_tip: f32,
    /// Size of the eye opening.
    pub eye_size: f32,
    /// Distance between the eyes.
    pub eye_spacing: f32,
    /// Slant: outer corner lower to higher.
    pub eye_tilt: f32,
    /// Upper lid's fold: smooth (-1, no crease) to deep set (1).
    pub lid_fold: f32,
    /// Height of the brows over the eyes.
    pub brow_height: f32,
    /// Curve of the brows: straight to arched.
    pub brow_arch: f32,
    /// Thickness of the brows: fine to heavy.
    pub brow_weight: f32,
    /// Width of the mouth.
    pub mouth_width: f32,
    /// Fullness of the upper lip.
    pub upper_lip: f32,
    /// Fullness of the lower lip.
    pub lower_lip: f32,
    /// Width of the neck and shoulders.
    pub neck_width: f32,
    /// Lines and slackening, 0 (twenty) to 1 (seventy).
    pub age: f32,
    /// Colour of the iris.
    pub iris: Rgb,
}

/// Complexion and make-up; amounts are 0..1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Skin {
    /// Depth of tone: 0 the lightest, 1 the deepest of the human range.
    pub tone: f32,
    /// Undertone, -1 (cool, rosy) to 1 (warm, golden).
    pub undertone: f32,
    /// Redness of cheeks, nose and ears.
    pub blush: f32,
    /// Density of freckles.
    pub freckles: f32,
    /// Shine of the skin: powdered to dewy.
    pub shine: f32,
    /// Lipstick: colour and how much of it.
    pub lipstick: (Rgb, f32),
    /// Eye shadow: colour and how much of it.
    pub eye_shadow: (Rgb, f32),
    /// Eye liner and mascara.
    pub liner: f32,
}

/// How the hair is worn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HairStyle {
    /// None at all.
    Bald,
    /// Clipped to a few millimetres.
    Buzz,
    /// Short, swept up and to the side.
    #[default]
    Crop,
    /// A rounded crown of curls.
    Curls,
    /// To the jaw, parted.
    Bob,
    /// Past the shoulders, parted.
    Long,
    /// Drawn back into a bun.
    Bun,
    /// Covered by a scarf.
    Headscarf,
}

/// Beard, grown from stubble to full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beard {
    /// Clean.
    #[default]
    None,
    /// A shadow of a few days.
    Stubble,
    /// Trimmed short.
    Short,
    /// Full, a few centimetres.
    Full,
}

/// Hair, beard, and the cloth that may cover it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hair {
    /// How it is worn.
    pub style: HairStyle,
    /// Colour of hair and brows.
    pub color: Rgb,
    /// Wave: 0 straight to 1 tight.
    pub curl: f32,
    /// Body: 0 close to the head to 1 full.
    pub volume: f32,
    /// Side of the parting, -1 (image left) to 1 (image right), 0 the middle.
    pub parting: f32,
    /// Beard.
    pub beard: Beard,
    /// Share of grey strands, 0..1.
    pub grey: f32,
    /// Colour of the scarf, for [`HairStyle::Headscarf`].
    pub scarf: Rgb,
    /// Which strand goes where.
    pub seed: u64,
}

/// Where the head points, in degrees.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pose {
    /// Turn, -60..60; positive turns the face to the right of the image.
    pub yaw_deg: f32,
    /// Nod, -35..35; positive lifts the chin.
    pub pitch_deg: f32,
    /// Tilt, -45..45; positive moves the crown to the right of the image.
    pub roll_deg: f32,
}

/// What the face does.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Expression {
    /// 0 neutral to 1 a broad smile.
    pub smile: f32,
    /// 0 closed to 1 open about three centimetres.
    pub mouth_open: f32,
    /// -1 frowning to 1 surprised.
    pub brow_raise: f32,
    /// 0 open to 1 closed.
    pub blink: f32,
    /// Gaze relative to the camera: right and up in the image, -1..1 (about 30 degrees at 1).
    pub gaze: [f32; 2],
}

/// One key light, a fill from the other side, a rim from behind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Light {
    /// Side of the key, -90 (image left) to 90 degrees.
    pub azimuth_deg: f32,
    /// Height of the key, -20..80 degrees.
    pub elevation_deg: f32,
    /// Strength of the key, 0..2, 1 a well exposed portrait.
    pub key: f32,
    /// Strength of the fill, 0..1.
    pub fill: f32,
    /// Strength of the rim lights, 0..1.
    pub rim: f32,
    /// Colour of the key, -1 (cool daylight) to 1 (golden hour).
    pub warmth: f32,
}

impl Default for Light {
    fn default() -> Light {
        Light { azimuth_deg: -32.0, elevation_deg: 34.0, key: 1.0, fill: 0.5, rim: 0.5, warmth: 0.2 }
    }
}

/// A painted backdrop: a soft glow behind the head on a falling gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backdrop {
    /// Colour of the glow behind the head.
    pub glow: Rgb,
    /// Colour at the edges.
    pub edge: Rgb,
}

impl Default for Backdrop {
    fn default() -> Backdrop {
        Backdrop { glow: [0.55, 0.62, 0.63], edge: [0.16, 0.22, 0.25] }
    }
}

/// The cut of the garment's neck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Neckline {
    /// A round collar.
    #[default]
    Crew,
    /// Open to a V.
    V,
    /// A turtleneck.
    High,
}

/// What is worn on the shoulders.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Garment {
    /// Colour of the cloth.
    pub color: Rgb,
    /// Cut of the neck.
    pub neckline: Neckline,
}

impl Default for Garment {
    fn default() -> Garment {
        Garment { color: [0.22, 0.30, 0.33], neckline: Neckline::Crew }
    }
}
