//! Oklab, and the graft's overall tone.
//!
//! Oklab: B. Ottosson, "A perceptual color space for image processing" (2020). Tone: E. Reinhard et al., "Color
//! Transfer between Images" (2001).

use std::sync::LazyLock;

use super::canvas::Canvas;

/// Mask from which a pixel counts as skin whose tone is compared.
const SURE: f32 = 0.9;
/// Likelihood of skin from which it counts.
const SURE_SKIN: f32 = 0.5;
/// Every third pixel is enough for a mean and a spread.
const STRIDE: usize = 3;
/// Contrast of lightness and of both opponent colours is changed at most by these factors, down and up: eyes must not
/// fade, and lips must not glow.
const CONTRAST: [[f32; 2]; 3] = [[0.75, 1.35], [0.65, 1.2], [0.65, 1.2]];

/// Steps of the transfer function's tables; between them it is linear to about 1e-6.
const STEPS: usize = 4096;

static DECODE: LazyLock<Vec<f32>> = LazyLock::new(|| table(srgb_decode));
/// Indexed by the square root of linear light, along which the function is almost straight.
static ENCODE: LazyLock<Vec<f32>> = LazyLock::new(|| table(|root| srgb_encode(root * root)));

fn table(f: impl Fn(f64) -> f64) -> Vec<f32> {
    (0..=STEPS).map(|i| f(i as f64 / STEPS as f64) as f32).collect()
}

/// IEC 61966-2-1.
fn srgb_decode(x: f64) -> f64 {
    if x <= 0.04045 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) }
}

fn srgb_encode(x: f64) -> f64 {
    if x <= 0.003_130_8 { x * 12.92 } else { 1.055 * x.powf(1.0 / 2.4) - 0.055 }
}

#[inline]
fn look_up(table: &[f32], x: f32) -> f32 {
    let at = x.clamp(0.0, 1.0) * STEPS as f32;
    let low = (at as usize).min(STEPS - 1);
    table[low] + (table[low + 1] - table[low]) * (at - low as f32)
}

/// Cube root by an estimate from the exponent and three Newton steps, the same on every platform.
#[inline]
fn cube_root(x: f32) -> f32 {
    if x <= 1e-12 {
        return 0.0;
    }
    let mut y = f32::from_bits(x.to_bits() / 3 + 0x2A51_19F2);
    for _ in 0..3 {
        y = (2.0 * y + x / (y * y)) * (1.0 / 3.0);
    }
    y
}

/// sRGB in `0..=1` to lightness and two opponent colours.
pub(crate) fn oklab_from_srgb(srgb: [f32; 3]) -> [f32; 3] {
    let [r, g, b] = srgb.map(|v| look_up(&DECODE, v));
    let l = cube_root(0.412_221_47 * r + 0.536_332_54 * g + 0.051_445_993 * b);
    let m = cube_root(0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b);
    let s = cube_root(0.088_302_46 * r + 0.281_718_84 * g + 0.629_978_7 * b);
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

/// The way back; colours outside sRGB are clamped.
pub(crate) fn srgb_from_oklab([lightness, a, b]: [f32; 3]) -> [f32; 3] {
    let cube = |x: f32| x * x * x;
    let l = cube(lightness + 0.396_337_78 * a + 0.215_803_76 * b);
    let m = cube(lightness - 0.105_561_346 * a - 0.063_854_17 * b);
    let s = cube(lightness - 0.089_484_18 * a - 1.291_485_5 * b);
    let linear = [
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s,
        -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    ];
    linear.map(|v| look_up(&ENCODE, v.max(0.0).sqrt()))
}

/// Mean and spread of each channel.
#[derive(Clone, Copy, Default)]
struct Tone {
    count: f64,
    sum: [f64; 3],
    squares: [f64; 3],
}

impl Tone {
    fn of(colours: impl Iterator<Item = [f32; 3]>) -> Self {
        let mut tone = Self::default();
        for lab in colours {
            tone.count += 1.0;
            for (k, value) in lab.into_iter().map(f64::from).enumerate() {
                tone.sum[k] += value;
                tone.squares[k] += value * value;
            }
        }
        tone
    }

    fn mean(&self, k: usize) -> f32 {
        (self.sum[k] / self.count.max(1.0)) as f32
    }

    fn spread(&self, k: usize) -> f32 {
        let mean = self.sum[k] / self.count.max(1.0);
        (self.squares[k] / self.count.max(1.0) - mean * mean).max(1e-8).sqrt() as f32
    }
}

/// A change of tone: contrast about one colour, then a shift to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToneMatch {
    from: [f32; 3],
    contrast: [f32; 3],
    to: [f32; 3],
}

impl ToneMatch {
    /// A colour in Oklab with the other picture's tone, as far as `amount` (0 to 1) says.
    #[inline]
    pub(crate) fn apply(&self, lab: [f32; 3], amount: f32) -> [f32; 3] {
        let toned = core::array::from_fn(|k| (lab[k] - self.from[k]) * self.contrast[k] + self.to[k]);
        crate::image_f32::lerp3(lab, toned, amount)
    }

    /// By how much differences in lightness grow.
    pub(crate) fn lightness_contrast(&self) -> f32 {
        self.contrast[0]
    }

    /// Between this one and another: 0 stays, 1 is the other.
    pub(crate) fn towards(self, other: Self, share: f32) -> Self {
        let mix = |a: [f32; 3], b: [f32; 3]| crate::image_f32::lerp3(a, b, share);
        Self {
            from: mix(self.from, other.from),
            contrast: mix(self.contrast, other.contrast),
            to: mix(self.to, other.to),
        }
    }
}

/// What gives the drawn face the mean and contrast of the target's; none where no skin can be compared.
pub(crate) fn measure_tone(canvas: &Canvas<'_>) -> Option<ToneMatch> {
    let sure = || (0..canvas.mask.len()).step_by(STRIDE).filter(|&i| canvas.mask[i] > SURE);
    let is_skin = |i: &usize| canvas.skin[*i] > SURE_SKIN;
    // Tone is the skin's, but contrast is the whole face's: the skin's own says nothing about eyes and lips.
    let drawn = Tone::of(sure().filter(is_skin).map(|i| canvas.drawn_lab[i]));
    let under = Tone::of(sure().filter(is_skin).map(|i| canvas.under_lab[i]));
    let (drawn_face, under_face) =
        (Tone::of(sure().map(|i| canvas.drawn_lab[i])), Tone::of(sure().map(|i| canvas.under_lab[i])));
    (drawn.count > 0.0).then(|| ToneMatch {
        from: [0, 1, 2].map(|k| drawn.mean(k)),
        contrast: [0, 1, 2]
            .map(|k| (under_face.spread(k) / drawn_face.spread(k)).clamp(CONTRAST[k][0], CONTRAST[k][1])),
        to: [0, 1, 2].map(|k| under.mean(k)),
    })
}

/// Gives the drawn face another tone, as far as `amount` (0 to 1) says.
pub(super) fn match_tone(canvas: &mut Canvas<'_>, tone: &ToneMatch, amount: f32) {
    for (lab, &covered) in canvas.drawn_lab.iter_mut().zip(&canvas.coverage) {
        if covered > 0.0 {
            *lab = tone.apply(*lab, amount);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oklab_and_back_is_the_same_colour() {
        for step in 0..1000u16 {
            let srgb = [step % 10, step / 10 % 10, step / 100].map(|v| f32::from(v) / 9.0);
            let back = srgb_from_oklab(oklab_from_srgb(srgb));
            let gap = (0..3).map(|k| (back[k] - srgb[k]).abs()).fold(0.0, f32::max);
            assert!(gap < 1e-3, "{srgb:?} became {back:?}");
        }
    }

    #[test]
    fn white_and_grey_have_no_colour() {
        let [lightness, a, b] = oklab_from_srgb([1.0; 3]);
        assert!((lightness - 1.0).abs() < 1e-4 && a.abs() < 1e-4 && b.abs() < 1e-4);
        let [_, a, b] = oklab_from_srgb([0.4; 3]);
        assert!(a.abs() < 1e-4 && b.abs() < 1e-4);
    }

    #[test]
    fn the_cube_root_is_one() {
        for x in [1e-6f32, 0.001, 0.2, 0.5, 1.0] {
            let root = cube_root(x);
            assert!((root * root * root - x).abs() < 1e-6 * x.max(1e-3), "{x}");
        }
    }
}
