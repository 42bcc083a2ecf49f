//! The light on a face: enough, too much, or from one side.

use super::view::FaceView;
use crate::numeric::{luma, quantile};

/// Parts that are bare on most faces, half of the canonical texture: least and greatest distance from the middle, and
/// least and greatest height. Forehead, cheek, cheekbone, jaw.
const BARE: [[f32; 4]; 4] =
    [[0.0, 0.15, 0.76, 0.84], [0.1, 0.22, 0.46, 0.54], [0.22, 0.32, 0.5, 0.58], [0.18, 0.3, 0.3, 0.42]];
/// The parts of each side whose light is compared.
const CHEEKS: [[f32; 4]; 2] = [BARE[1], BARE[3]];
/// A cheek of fewer pixels, beside the other's, tells nothing: the head is turned, or something lies over it.
const HARDLY_SEEN: f32 = 0.4;
/// Luma from which a pixel has lost its colour: 247 of 255.
const BURNT: f32 = 247.0 / 255.0;
/// Luminance that counts as none, so that a black side is no infinity: half a step of 8 bits, decoded.
const BLACK: f32 = 0.5 / 255.0 / 12.92;

/// See [`super::Measures`].
#[derive(Default)]
pub(super) struct Light {
    pub(super) lightness: f32,
    pub(super) burnt_percent: f32,
    pub(super) lighting_stops: f32,
}

pub(super) fn measure(view: &FaceView) -> Light {
    let sides = [-1.0, 1.0].map(|side| view.bare(on(&BARE, side)).collect::<Vec<usize>>());
    let lightness = sides.iter().filter_map(|side| {
        let values = side.iter().map(|&i| view.lab[i][0]).collect();
        quantile(values, 0.5)
    });
    let all = sides.iter().flatten();
    let burnt = all.clone().filter(|&&i| luma(view.pixels[i]) >= BURNT).count();
    Light {
        lightness: lightness.fold(0.0, f32::max),
        burnt_percent: 100.0 * burnt as f32 / all.count().max(1) as f32,
        lighting_stops: lighting_stops(view),
    }
}

/// Whether a place lies in one of the parts, on one side of the middle.
fn on(parts: &[[f32; 4]], side: f32) -> impl Fn([f32; 2]) -> bool {
    move |[u, v]| {
        let aside = (u - 0.5) * side;
        parts
            .iter()
            .any(|&[inner, outer, low, high]| (inner..=outer).contains(&aside) && (low..=high).contains(&v))
    }
}

/// 0 where one of the cheeks is hardly seen.
fn lighting_stops(view: &FaceView) -> f32 {
    let of = |side| view.bare(on(&CHEEKS, side)).map(|i| luminance(view.pixels[i])).collect::<Vec<f32>>();
    let sides = [of(-1.0), of(1.0)];
    let [few, many] = [usize::min, usize::max].map(|of| of(sides[0].len(), sides[1].len()) as f32);
    match sides.map(|side| quantile(side, 0.5)) {
        [Some(a), Some(b)] if few > HARDLY_SEEN * many => ((a + BLACK) / (b + BLACK)).log2().abs(),
        _ => 0.0,
    }
}

/// Relative luminance of an sRGB colour (IEC 61966-2-1), 0 to 1.
fn luminance(srgb: [f32; 3]) -> f32 {
    let decode = |v: f32| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
    luma(srgb.map(decode))
}
