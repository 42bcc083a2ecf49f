//! A plausible adult nobody for any seed.

use crate::dice::Dice;
use crate::parameters::{
    Backdrop, Beard, Expression, Garment, Hair, HairStyle, Identity, Light, Neckline, Portrait, Pose, Rgb,
    Skin,
};

const IRISES: [Rgb; 6] = [
    [0.36, 0.20, 0.10],
    [0.26, 0.14, 0.07],
    [0.44, 0.30, 0.14],
    [0.36, 0.42, 0.24],
    [0.34, 0.48, 0.60],
    [0.42, 0.48, 0.50],
];
const HAIRS: [Rgb; 6] = [
    [0.09, 0.07, 0.07],
    [0.17, 0.11, 0.08],
    [0.30, 0.19, 0.12],
    [0.48, 0.25, 0.13],
    [0.66, 0.48, 0.28],
    [0.56, 0.54, 0.53],
];
const CLOTHS: [Rgb; 6] = [
    [0.18, 0.30, 0.33],
    [0.56, 0.30, 0.22],
    [0.86, 0.82, 0.76],
    [0.20, 0.22, 0.34],
    [0.42, 0.46, 0.36],
    [0.14, 0.14, 0.16],
];
const BACKDROPS: [(Rgb, Rgb); 5] = [
    ([0.52, 0.66, 0.66], [0.13, 0.22, 0.25]),
    ([0.86, 0.66, 0.54], [0.36, 0.22, 0.22]),
    ([0.62, 0.66, 0.80], [0.18, 0.20, 0.34]),
    ([0.74, 0.72, 0.60], [0.30, 0.32, 0.26]),
    ([0.80, 0.68, 0.72], [0.34, 0.24, 0.32]),
];

impl Portrait {
    /// A plausible random adult nobody, the same for the same seed.
    #[must_use]
    pub fn nobody(seed: u64) -> Portrait {
        let mut dice = Dice::new(seed);
        let bearded = dice.unit() < 0.5;
        let tone = dice.unit();
        let identity = identity(&mut dice, tone, bearded);
        let skin = skin(&mut dice, tone, bearded);
        let hair = hair(&mut dice, tone, bearded, identity.age, seed);
        let (glow, edge) = dice.pick(&BACKDROPS);
        Portrait {
            identity,
            skin,
            hair,
            pose: Pose {
                yaw_deg: dice.trait_value() * 14.0,
                pitch_deg: dice.trait_value() * 6.0,
                roll_deg: dice.trait_value() * 5.0,
            },
            expression: Expression {
                smile: dice.unit() * 0.6,
                brow_raise: dice.trait_value() * 0.3,
                ..Expression::default()
            },
            light: Light {
                azimuth_deg: dice.pick(&[-1.0, 1.0]) * dice.within(22.0, 48.0),
                elevation_deg: dice.within(24.0, 42.0),
                warmth: dice.trait_value() * 0.6,
                ..Light::default()
            },
            backdrop: Backdrop { glow, edge },
            garment: Garment {
                color: dice.pick(&CLOTHS),
                neckline: dice.pick(&[Neckline::Crew, Neckline::V, Neckline::High]),
            },
        }
    }
}

fn identity(dice: &mut Dice, tone: f32, bearded: bool) -> Identity {
    let heavy = if bearded { 0.35 } else { -0.25 };
    let mut trait_ = |lean: f32| (dice.trait_value() * 1.1 + lean).clamp(-1.0, 1.0);
    let shape = Identity {
        face_width: trait_(0.0),
        jaw_width: trait_(heavy),
        chin: trait_(heavy * 0.5),
        cheekbones: trait_(0.0),
        cheek_fullness: trait_(0.0),
        nose_length: trait_(0.0),
        nose_width: trait_(tone * 0.7 - 0.3),
        nose_bridge: trait_(0.0),
        nose_tip: trait_(-heavy * 0.5),
        eye_size: trait_(-heavy * 0.4),
        eye_spacing: trait_(0.0),
        eye_tilt: trait_(0.0),
        lid_fold: trait_(0.2),
        brow_height: trait_(-heavy * 0.6),
        brow_arch: trait_(-heavy),
        brow_weight: trait_(heavy),
        mouth_width: trait_(0.0),
        upper_lip: trait_(tone * 0.6 - 0.2 - heavy * 0.3),
        lower_lip: trait_(tone * 0.5 - 0.1 - heavy * 0.3),
        neck_width: trait_(heavy * 1.5),
        ..Identity::default()
    };
    let age = dice.unit() * dice.unit();
    let eyes = if tone > 0.55 { &IRISES[..3] } else { &IRISES[..] };
    Identity { age, iris: dice.pick(eyes), ..shape }
}

fn skin(dice: &mut Dice, tone: f32, bearded: bool) -> Skin {
    let made_up = !bearded && dice.unit() < 0.6;
    let freckled = tone < 0.5 && dice.unit() < 0.35;
    Skin {
        tone,
        undertone: dice.trait_value(),
        blush: dice.within(0.1, 0.6),
        freckles: if freckled { dice.within(0.3, 0.9) } else { 0.0 },
        shine: dice.within(0.2, 0.6),
        lipstick: ([0.62, 0.20, 0.22], if made_up { dice.within(0.2, 0.7) } else { 0.0 }),
        eye_shadow: ([0.36, 0.24, 0.22], if made_up { dice.within(0.0, 0.5) } else { 0.0 }),
        liner: if made_up { dice.within(0.3, 0.9) } else { 0.1 },
    }
}

fn hair(dice: &mut Dice, tone: f32, bearded: bool, age: f32, seed: u64) -> Hair {
    use HairStyle::{Bald, Bob, Bun, Buzz, Crop, Curls, Headscarf, Long};
    let style = if bearded {
        dice.pick(&[Bald, Buzz, Crop, Crop, Crop, Curls])
    } else {
        dice.pick(&[Bob, Bob, Bun, Curls, Crop, Headscarf, Long, Long])
    };
    let colors = if tone > 0.5 { &HAIRS[..2] } else { &HAIRS[..5] };
    let beard = if bearded {
        dice.pick(&[Beard::None, Beard::Stubble, Beard::Short, Beard::Full])
    } else {
        Beard::None
    };
    Hair {
        style,
        color: dice.pick(colors),
        curl: dice.unit(),
        volume: dice.unit(),
        parting: dice.trait_value(),
        beard,
        grey: ((age - 0.3) * 1.3).clamp(0.0, 0.9),
        scarf: dice.pick(&CLOTHS),
        seed,
    }
}
