//! Five who face the camera in even light.

use super::{backdrop, even, smiling, turned};
use crate::parameters::{Garment, Hair, HairStyle, Identity, Neckline, Portrait, Skin};

pub(super) fn amber() -> Portrait {
    Portrait {
        identity: Identity {
            face_width: -0.5,
            jaw_width: -0.5,
            chin: 0.15,
            cheekbones: 0.6,
            cheek_fullness: 0.2,
            nose_length: 0.1,
            nose_width: -0.1,
            nose_bridge: 0.5,
            nose_tip: 0.1,
            eye_size: 0.7,
            eye_spacing: 0.1,
            eye_tilt: 0.7,
            lid_fold: 0.4,
            brow_height: 0.1,
            brow_arch: 0.4,
            brow_weight: 0.3,
            mouth_width: 0.0,
            upper_lip: 0.6,
            lower_lip: 0.6,
            neck_width: -0.8,
            age: 0.08,
            iris: [0.46, 0.29, 0.12],
        },
        skin: Skin {
            tone: 0.42,
            undertone: 0.3,
            blush: 0.5,
            shine: 0.45,
            lipstick: ([0.66, 0.26, 0.24], 0.45),
            eye_shadow: ([0.42, 0.25, 0.18], 0.4),
            liner: 0.7,
            ..Skin::default()
        },
        hair: Hair {
            style: HairStyle::Long,
            color: [0.22, 0.13, 0.09],
            curl: 0.45,
            volume: 0.7,
            parting: -0.35,
            seed: 11,
            ..Hair::default()
        },
        pose: turned(-3.0, 0.5, 1.5),
        expression: smiling(0.4),
        light: even(-30.0, 0.2),
        backdrop: backdrop([0.80, 0.62, 0.48], [0.27, 0.17, 0.14]),
        garment: Garment { color: [0.80, 0.74, 0.66], neckline: Neckline::V },
    }
}

pub(super) fn porcelain() -> Portrait {
    Portrait {
        identity: Identity {
            face_width: 0.05,
            jaw_width: -0.8,
            chin: -0.6,
            cheekbones: 0.2,
            cheek_fullness: 0.5,
            nose_length: -0.7,
            nose_width: -0.4,
            nose_bridge: -0.6,
            nose_tip: 0.2,
            eye_size: 0.5,
            eye_spacing: 0.2,
            eye_tilt: 0.8,
            lid_fold: -0.8,
            brow_height: 0.3,
            brow_arch: -0.5,
            brow_weight: 0.0,
            mouth_width: -0.6,
            upper_lip: 0.3,
            lower_lip: 0.3,
            neck_width: -0.9,
            age: 0.05,
            iris: [0.24, 0.14, 0.08],
        },
        skin: Skin {
            tone: 0.13,
            undertone: 0.3,
            blush: 0.55,
            shine: 0.4,
            lipstick: ([0.74, 0.26, 0.28], 0.55),
            liner: 0.6,
            ..Skin::default()
        },
        hair: Hair {
            style: HairStyle::Bob,
            color: [0.085, 0.065, 0.07],
            curl: 0.05,
            volume: 0.35,
            parting: 0.25,
            seed: 33,
            ..Hair::default()
        },
        pose: turned(3.0, 0.0, 1.5),
        expression: smiling(0.32),
        light: even(-30.0, 0.1),
        backdrop: backdrop([0.72, 0.74, 0.82], [0.26, 0.28, 0.40]),
        garment: Garment { color: [0.32, 0.25, 0.34], neckline: Neckline::High },
    }
}

pub(super) fn saffron() -> Portrait {
    Portrait {
        identity: Identity {
            face_width: -0.2,
            jaw_width: -0.4,
            chin: 0.0,
            cheekbones: 0.5,
            cheek_fullness: 0.3,
            nose_length: 0.5,
            nose_width: 0.2,
            nose_bridge: 0.6,
            nose_tip: 0.0,
            eye_size: 0.6,
            eye_spacing: 0.0,
            eye_tilt: 0.3,
            lid_fold: 0.5,
            brow_height: -0.1,
            brow_arch: 0.6,
            brow_weight: 0.9,
            mouth_width: 0.3,
            upper_lip: 0.3,
            lower_lip: 0.5,
            neck_width: -0.5,
            age: 0.15,
            iris: [0.30, 0.17, 0.08],
        },
        skin: Skin {
            tone: 0.58,
            undertone: 0.5,
            blush: 0.4,
            shine: 0.45,
            lipstick: ([0.58, 0.18, 0.20], 0.5),
            eye_shadow: ([0.30, 0.16, 0.10], 0.45),
            liner: 0.9,
            ..Skin::default()
        },
        hair: Hair {
            style: HairStyle::Headscarf,
            color: [0.07, 0.055, 0.05],
            scarf: [0.74, 0.50, 0.24],
            seed: 55,
            ..Hair::default()
        },
        pose: turned(3.0, 0.0, -1.0),
        expression: smiling(0.42),
        light: even(-30.0, 0.25),
        backdrop: backdrop([0.36, 0.58, 0.62], [0.08, 0.18, 0.24]),
        garment: Garment { color: [0.16, 0.32, 0.36], neckline: Neckline::High },
    }
}

pub(super) fn indigo() -> Portrait {
    Portrait {
        identity: Identity {
            face_width: 0.15,
            jaw_width: -0.6,
            chin: -0.2,
            cheekbones: 1.0,
            cheek_fullness: 0.3,
            nose_length: -0.4,
            nose_width: 0.7,
            nose_bridge: -0.3,
            nose_tip: 0.2,
            eye_size: 0.6,
            eye_spacing: 0.5,
            eye_tilt: 0.4,
            lid_fold: 0.3,
            brow_height: 0.2,
            brow_arch: 0.3,
            brow_weight: 0.1,
            mouth_width: 0.3,
            upper_lip: 0.8,
            lower_lip: 0.9,
            neck_width: -0.6,
            age: 0.1,
            iris: [0.26, 0.15, 0.09],
        },
        skin: Skin {
            tone: 0.95,
            undertone: 0.1,
            blush: 0.2,
            shine: 0.65,
            lipstick: ([0.42, 0.10, 0.16], 0.5),
            eye_shadow: ([0.20, 0.16, 0.36], 0.5),
            liner: 0.8,
            ..Skin::default()
        },
        hair: Hair {
            style: HairStyle::Curls,
            color: [0.07, 0.055, 0.055],
            curl: 0.9,
            volume: 0.75,
            seed: 66,
            ..Hair::default()
        },
        pose: turned(-3.0, 0.0, 2.0),
        expression: smiling(0.4),
        light: even(-30.0, 0.2),
        backdrop: backdrop([0.52, 0.53, 0.74], [0.14, 0.14, 0.28]),
        garment: Garment { color: [0.88, 0.80, 0.66], neckline: Neckline::Crew },
    }
}

pub(super) fn umber() -> Portrait {
    Portrait {
        identity: Identity {
            face_width: 0.5,
            jaw_width: 0.45,
            chin: 0.1,
            cheekbones: 0.4,
            cheek_fullness: -0.3,
            nose_length: 0.1,
            nose_width: 0.8,
            nose_bridge: 0.0,
            nose_tip: 0.0,
            eye_size: -0.2,
            eye_spacing: 0.2,
            eye_tilt: 0.2,
            lid_fold: 0.2,
            brow_height: -0.2,
            brow_arch: -0.3,
            brow_weight: 0.6,
            mouth_width: 0.4,
            upper_lip: 0.6,
            lower_lip: 0.7,
            neck_width: 0.6,
            age: 0.22,
            iris: [0.28, 0.16, 0.09],
        },
        skin: Skin { tone: 0.82, undertone: 0.3, blush: 0.2, shine: 0.55, ..Skin::default() },
        hair: Hair { style: HairStyle::Buzz, color: [0.07, 0.055, 0.05], seed: 22, ..Hair::default() },
        pose: turned(5.0, 0.0, -2.0),
        expression: smiling(0.35),
        light: even(-30.0, 0.15),
        backdrop: backdrop([0.45, 0.66, 0.66], [0.10, 0.20, 0.23]),
        garment: Garment { color: [0.62, 0.36, 0.25], neckline: Neckline::Crew },
    }
}
