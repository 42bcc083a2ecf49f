//! Five with a beard, a broad smile, age or a turned head.

use super::{backdrop, even, smiling, turned};
use crate::parameters::{Beard, Expression, Garment, Hair, HairStyle, Identity, Neckline, Portrait, Skin};

pub(super) fn cedar() -> Portrait {
    Portrait {
        identity: Identity {
            face_width: -0.3,
            jaw_width: 0.4,
            chin: 0.5,
            cheekbones: 0.3,
            cheek_fullness: -0.5,
            nose_length: 0.8,
            nose_width: 0.0,
            nose_bridge: 1.0,
            nose_tip: -0.3,
            eye_size: -0.1,
            eye_spacing: -0.2,
            eye_tilt: -0.1,
            lid_fold: 0.8,
            brow_height: -0.3,
            brow_arch: -0.2,
            brow_weight: 0.9,
            mouth_width: 0.2,
            upper_lip: -0.2,
            lower_lip: 0.1,
            neck_width: 0.5,
            age: 0.25,
            iris: [0.36, 0.40, 0.22],
        },
        skin: Skin { tone: 0.36, undertone: 0.4, blush: 0.3, shine: 0.35, ..Skin::default() },
        hair: Hair {
            style: HairStyle::Crop,
            color: [0.16, 0.105, 0.08],
            curl: 0.5,
            volume: 0.7,
            parting: -0.5,
            beard: Beard::Short,
            seed: 44,
            ..Hair::default()
        },
        pose: turned(-5.0, 0.0, -2.0),
        expression: smiling(0.35),
        light: even(-30.0, 0.3),
        backdrop: backdrop([0.62, 0.66, 0.52], [0.20, 0.24, 0.18]),
        garment: Garment { color: [0.20, 0.30, 0.32], neckline: Neckline::Crew },
    }
}

pub(super) fn laughter() -> Portrait {
    Portrait {
        identity: Identity {
            face_width: 0.3,
            jaw_width: 0.0,
            chin: -0.6,
            cheekbones: 0.4,
            cheek_fullness: 0.6,
            nose_length: -0.5,
            nose_width: 0.0,
            nose_bridge: 0.1,
            nose_tip: 0.8,
            eye_size: 0.5,
            eye_spacing: 0.0,
            eye_tilt: 0.0,
            lid_fold: 0.3,
            brow_height: 0.0,
            brow_arch: 0.5,
            brow_weight: 0.0,
            mouth_width: 0.4,
            upper_lip: 0.2,
            lower_lip: 0.3,
            neck_width: -0.4,
            age: 0.2,
            iris: [0.34, 0.46, 0.56],
        },
        skin: Skin {
            tone: 0.18,
            undertone: 0.0,
            blush: 0.7,
            freckles: 0.8,
            shine: 0.4,
            lipstick: ([0.72, 0.34, 0.32], 0.3),
            liner: 0.4,
            ..Skin::default()
        },
        hair: Hair {
            style: HairStyle::Bun,
            color: [0.42, 0.20, 0.11],
            volume: 0.6,
            curl: 0.3,
            seed: 77,
            ..Hair::default()
        },
        pose: turned(-2.0, 0.5, 2.0),
        expression: Expression { smile: 0.85, brow_raise: 0.05, ..Expression::default() },
        light: even(-28.0, 0.3),
        backdrop: backdrop([0.62, 0.73, 0.76], [0.22, 0.32, 0.37]),
        garment: Garment { color: [0.86, 0.78, 0.66], neckline: Neckline::Crew },
    }
}

pub(super) fn silver() -> Portrait {
    Portrait {
        identity: Identity {
            face_width: -0.2,
            jaw_width: 0.2,
            chin: 0.4,
            cheekbones: 0.3,
            cheek_fullness: -0.3,
            nose_length: 0.8,
            nose_width: 0.2,
            nose_bridge: 0.5,
            nose_tip: -0.4,
            eye_size: -0.2,
            eye_spacing: 0.0,
            eye_tilt: -0.3,
            lid_fold: 0.7,
            brow_height: -0.1,
            brow_arch: 0.0,
            brow_weight: 0.4,
            mouth_width: 0.2,
            upper_lip: -0.5,
            lower_lip: -0.2,
            neck_width: 0.3,
            age: 0.9,
            iris: [0.40, 0.47, 0.50],
        },
        skin: Skin { tone: 0.24, undertone: -0.2, blush: 0.5, shine: 0.25, ..Skin::default() },
        hair: Hair {
            style: HairStyle::Crop,
            color: [0.52, 0.51, 0.50],
            curl: 0.2,
            volume: 0.5,
            parting: 0.5,
            beard: Beard::Full,
            grey: 0.6,
            seed: 88,
            ..Hair::default()
        },
        pose: turned(4.0, 0.0, 0.0),
        expression: smiling(0.4),
        light: even(-30.0, 0.1),
        backdrop: backdrop([0.50, 0.56, 0.62], [0.15, 0.18, 0.22]),
        garment: Garment { color: [0.17, 0.20, 0.26], neckline: Neckline::High },
    }
}

pub(super) fn copper() -> Portrait {
    Portrait {
        identity: Identity {
            face_width: -0.8,
            jaw_width: -0.3,
            chin: 0.4,
            cheekbones: 0.5,
            cheek_fullness: -0.2,
            nose_length: 0.3,
            nose_width: -0.7,
            nose_bridge: 0.5,
            nose_tip: 0.3,
            eye_size: 0.4,
            eye_spacing: 0.0,
            eye_tilt: -0.2,
            lid_fold: 0.5,
            brow_height: 0.0,
            brow_arch: 0.4,
            brow_weight: -0.1,
            mouth_width: 0.0,
            upper_lip: 0.2,
            lower_lip: 0.3,
            neck_width: -0.7,
            age: 0.15,
            iris: [0.34, 0.46, 0.34],
        },
        skin: Skin {
            tone: 0.08,
            undertone: -0.1,
            blush: 0.5,
            freckles: 1.0,
            shine: 0.35,
            lipstick: ([0.70, 0.32, 0.28], 0.35),
            liner: 0.5,
            ..Skin::default()
        },
        hair: Hair {
            style: HairStyle::Long,
            color: [0.44, 0.20, 0.10],
            curl: 1.0,
            volume: 0.9,
            parting: -0.3,
            seed: 99,
            ..Hair::default()
        },
        pose: turned(15.0, 1.0, -2.0),
        expression: smiling(0.35),
        light: even(-30.0, 0.4),
        backdrop: backdrop([0.42, 0.56, 0.50], [0.12, 0.20, 0.18]),
        garment: Garment { color: [0.20, 0.28, 0.24], neckline: Neckline::V },
    }
}

pub(super) fn jade() -> Portrait {
    Portrait {
        identity: Identity {
            face_width: 0.9,
            jaw_width: 0.8,
            chin: 0.0,
            cheekbones: 0.2,
            cheek_fullness: 0.4,
            nose_length: 0.0,
            nose_width: 0.6,
            nose_bridge: -0.4,
            nose_tip: 0.0,
            eye_size: -0.4,
            eye_spacing: 0.3,
            eye_tilt: 0.4,
            lid_fold: -0.9,
            brow_height: 0.0,
            brow_arch: -0.4,
            brow_weight: 0.6,
            mouth_width: 0.3,
            upper_lip: 0.1,
            lower_lip: 0.3,
            neck_width: 0.9,
            age: 0.3,
            iris: [0.22, 0.13, 0.08],
        },
        skin: Skin { tone: 0.32, undertone: 0.7, blush: 0.25, shine: 0.5, ..Skin::default() },
        hair: Hair {
            style: HairStyle::Bald,
            color: [0.08, 0.07, 0.07],
            beard: Beard::Stubble,
            seed: 110,
            ..Hair::default()
        },
        pose: turned(8.0, 1.0, -3.0),
        expression: smiling(0.42),
        light: even(-30.0, 0.2),
        backdrop: backdrop([0.50, 0.66, 0.60], [0.11, 0.22, 0.21]),
        garment: Garment { color: [0.12, 0.14, 0.15], neckline: Neckline::Crew },
    }
}
