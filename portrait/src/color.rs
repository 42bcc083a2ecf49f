//! Colour: sRGB in and out, linear light between.

use crate::math::{V3, exp, pow, v3};
use crate::parameters::Rgb;

/// sRGB to linear light.
pub(crate) fn linear(c: Rgb) -> V3 {
    v3(c[0], c[1], c[2]).map(|v| {
        let v = v.clamp(0.0, 1.0);
        if v <= 0.04045 { v / 12.92 } else { pow((v + 0.055) / 1.055, 2.4) }
    })
}

/// Linear light to eight-bit sRGB.
pub(crate) fn encode(c: V3) -> [u8; 3] {
    let channel = |v: f32| {
        let v = v.clamp(0.0, 1.0);
        let s = if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * pow(v, 1.0 / 2.4) - 0.055 };
        (s * 255.0 + 0.5) as u8
    };
    [channel(c.x), channel(c.y), channel(c.z)]
}

/// Eight-bit sRGB to linear light.
pub(crate) fn decode(c: &[u8]) -> V3 {
    linear([0, 1, 2].map(|k| f32::from(c[k]) / 255.0))
}

/// A film's soft shoulder and a faint toe, eased back towards the original hue so that skin keeps its colour.
pub(crate) fn film(c: V3) -> V3 {
    let curve = |x: f32| {
        let y = 1.0 - exp(-1.36 * x.max(0.0));
        y * (1.0 - 0.35 * (1.0 - y) * (1.0 - y))
    };
    let each = c.map(curve);
    let l = c.luma().max(1e-4);
    let kept = c * (curve(l) / l);
    each.mix(kept, 0.25).map(|v| v.clamp(0.0, 1.0))
}

/// The range of human skin, lightest to deepest, as photographed in soft light.
const TONES: [Rgb; 7] = [
    [0.900, 0.775, 0.720],
    [0.880, 0.725, 0.650],
    [0.840, 0.665, 0.570],
    [0.755, 0.565, 0.460],
    [0.635, 0.450, 0.345],
    [0.480, 0.325, 0.245],
    [0.345, 0.230, 0.180],
];

/// Skin albedo for a depth of tone (0..1) and an undertone (-1..1).
pub(crate) fn skin_tone(tone: f32, undertone: f32) -> V3 {
    let at = tone * (TONES.len() - 1) as f32;
    let i = (at as usize).min(TONES.len() - 2);
    let base = linear(TONES[i]).mix(linear(TONES[i + 1]), at - i as f32);
    base.times(v3(1.0 - 0.01 * undertone, 1.0 + 0.03 * undertone, 1.0 - 0.08 * undertone))
}
