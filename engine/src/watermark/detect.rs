//! Reads the mark.

use super::code::{CODE_BITS, decode, encode};
use super::fft::{Complex, product};
use super::pattern::{RINGS, TILE, TILE_FFT, WAVES};
use super::plane::{Plane, mix, photo_px_per_canonical, tap};
use crate::photo::Photo;

/// How many places and sizes are decoded at most: with a 32-bit check, a picture without a mark is taken for a marked
/// one in fewer than `MAX_TRIES / 2^32` cases, which is 1.4 in a billion.
pub const MAX_TRIES: usize = 6;

/// How much smaller than it was marked a picture is looked for: 0.98 (a border was added) to 1.36 (a quarter of each
/// side was cropped), each `STEP` times the one before.
const SIZES: [f32; 2] = [0.984, 1.36];
const STEP: f32 = 1.004;
/// Then the best are looked at more closely.
const CLOSER: [f32; 3] = [0.002, 0.001, 0.0005];
/// A wave that is louder than this, compared with others of its length, is part of the picture and not of the mark.
const LOUDEST: f32 = 2.0;

/// A mark that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// The 64 bits.
    pub payload: u64,
    /// Which part of the codeword's bits were heard right, 0 to 1: 1 in an untouched file, around 0.75 where a little
    /// more harm would have made the mark unreadable.
    pub agreement: f32,
    /// How far the pilot stands out of its surroundings, in standard deviations.
    pub pilot_sigma: f32,
    /// The picture's size before it was cropped, compared with now, as the root of its area.
    pub crop: f32,
}

/// Reads the mark of a picture; none if there is none, or too little is left of it.
pub fn detect(photo: &Photo) -> Option<Detection> {
    let white = Plane::of(photo).whitened();
    let sizes = std::iter::successors(Some(SIZES[0]), |size| Some(size * STEP));
    let mut looks: Vec<Look> =
        sizes.take_while(|size| *size < SIZES[1]).map(|size| Look::at(&white, photo, size)).collect();
    looks.sort_by(|a, b| b.pilot_sigma.total_cmp(&a.pilot_sigma));
    looks.into_iter().take(MAX_TRIES).find_map(|look| look.closer(&white, photo).read())
}

/// How a reader hears a mark whose place and size are known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hearing {
    pub(super) agreement: f32,
    pub(super) pilot_sigma: f32,
}

/// Hears a codeword in a plane that may have been through something.
pub(super) fn hearing(worn: &Plane, photo: &Photo, code: &[f32; CODE_BITS]) -> Hearing {
    let look = Look::at(&worn.whitened().cropped(), photo, 1.0);
    Hearing { agreement: agreement(code, &look.soft_bits()), pilot_sigma: look.pilot_sigma }
}

/// Which part of the codeword's bits is right.
fn agreement(code: &[f32; CODE_BITS], soft: &[f32; CODE_BITS]) -> f32 {
    let right = code.iter().zip(soft).filter(|(code, soft)| **code * **soft > 0.0).count();
    right as f32 / CODE_BITS as f32
}

/// The waves of the square, as the whole picture together has them, if it was `crop` times as large when marked.
pub(super) fn spectrum(white: &Plane, photo: &Photo, crop: f32) -> Vec<Complex> {
    let folded = fold(white, photo, crop);
    WAVES.iter().map(|wave| folded[wave.index(TILE)]).collect()
}

/// How far waves of this mean power are trusted: loud ones are loud with the picture.
pub(super) fn trust(power: f32) -> f32 {
    const EXPONENT: f32 = 0.75;
    (power + 1e-9).powf(-EXPONENT)
}

/// All squares of the picture, one over the other, transformed.
fn fold(white: &Plane, photo: &Photo, crop: f32) -> Vec<Complex> {
    let canonical = photo_px_per_canonical(photo) * crop;
    let side = |pixels: u32| ((pixels as f32 / canonical) as usize).max(1);
    let (width, height) = (side(photo.width()), side(photo.height()));
    let step = |plane: usize, pixels: u32| plane as f32 * canonical / pixels as f32;
    let (step_x, step_y) = (step(white.width, photo.width()), step(white.height, photo.height()));
    let columns: Vec<_> = (0..width).map(|x| tap((x as f32 + 0.5) * step_x, white.width)).collect();
    let mut folded = vec![[0.0; 2]; TILE * TILE];
    for y in 0..height {
        let (j, f) = tap((y as f32 + 0.5) * step_y, white.height);
        let (above, below) = (white.row(j), white.row((j + 1).min(white.height - 1)));
        let out = &mut folded[y % TILE * TILE..][..TILE];
        for part in columns.chunks(TILE) {
            for (out, &(x, fx)) in out.iter_mut().zip(part) {
                let next = (x + 1).min(white.width - 1);
                out[0] += mix(mix(above[x], above[next], fx), mix(below[x], below[next], fx), f);
            }
        }
    }
    TILE_FFT.forward(&mut folded);
    folded
}

/// The picture, supposed to be of one size before.
struct Look {
    crop: f32,
    /// Where the square begins.
    at: [f32; 2],
    pilot_sigma: f32,
    waves: Vec<Complex>,
}

impl Look {
    fn at(white: &Plane, photo: &Photo, crop: f32) -> Self {
        let mut waves = spectrum(white, photo, crop);
        level(&mut waves);
        let correlation = correlation(&waves);
        let mean_square = correlation.iter().map(|v| v[0] * v[0]).sum::<f32>() / correlation.len() as f32;
        let top = correlation.iter().enumerate().max_by(|a, b| a.1[0].total_cmp(&b.1[0]));
        let top = top.map_or(0, |(i, _)| i);
        let (at, pilot) = between_pixels(&waves, [(top % TILE) as f32, (top / TILE) as f32]);
        Self { crop, at, pilot_sigma: pilot / (mean_square.sqrt() + 1e-12), waves }
    }

    fn closer(mut self, white: &Plane, photo: &Photo) -> Self {
        for step in CLOSER {
            for crop in [self.crop * (1.0 - step), self.crop * (1.0 + step)] {
                let other = Self::at(white, photo, crop);
                if other.pilot_sigma > self.pilot_sigma {
                    self = other;
                }
            }
        }
        self
    }

    fn read(&self) -> Option<Detection> {
        let soft = self.soft_bits();
        let payload = decode(&soft)?;
        let agreement = agreement(&encode(payload), &soft);
        Some(Detection { payload, agreement, pilot_sigma: self.pilot_sigma, crop: self.crop })
    }

    /// How much each bit of the codeword looks like a one.
    fn soft_bits(&self) -> [f32; CODE_BITS] {
        let mut soft = [0.0; CODE_BITS];
        for (wave, value) in WAVES.iter().zip(&self.waves) {
            let Some(bits) = wave.bits else { continue };
            let turned = product(*value, wave.turn(self.at));
            for (part, bit) in bits.into_iter().enumerate() {
                soft[bit] += turned[part] * wave.chips[part];
            }
        }
        soft
    }
}

/// Weighs waves by their length, and holds down single ones that are far too loud.
fn level(waves: &mut [Complex]) {
    let power = |value: &Complex| value[0] * value[0] + value[1] * value[1];
    let mut rings = [(0.0f32, 0.0f32); RINGS];
    for (wave, value) in WAVES.iter().zip(waves.iter()) {
        let (sum, count) = &mut rings[wave.ring()];
        *sum += power(value);
        *count += 1.0;
    }
    for (wave, value) in WAVES.iter().zip(waves.iter_mut()) {
        let (sum, count) = rings[wave.ring()];
        let mean = sum / count;
        let louder = (power(value) / (mean + 1e-9)).sqrt();
        let factor = trust(mean) * if louder > LOUDEST { LOUDEST / louder } else { 1.0 };
        *value = value.map(|part| part * factor);
    }
}

/// How well the pilot fits at each place.
fn correlation(waves: &[Complex]) -> Vec<Complex> {
    let mut correlation = vec![[0.0; 2]; TILE * TILE];
    for (wave, value) in WAVES.iter().zip(waves).filter(|(wave, _)| wave.bits.is_none()) {
        correlation[wave.index(TILE)] = product(*value, [wave.chips[0], -wave.chips[1]]);
    }
    TILE_FFT.inverse(&mut correlation);
    correlation
}

/// The best place around a whole pixel, to an eighth of one, and how well the pilot fits there.
fn between_pixels(waves: &[Complex], pixel: [f32; 2]) -> ([f32; 2], f32) {
    let mut best = (pixel, pilot(waves, pixel));
    for step in [0.5, 0.25, 0.125] {
        let [x, y] = best.0;
        for at in [[x - step, y], [x + step, y], [x, y - step], [x, y + step]] {
            let fit = pilot(waves, at);
            if fit > best.1 {
                best = (at, fit);
            }
        }
    }
    best
}

/// How well the pilot fits at one place, on the scale of [`correlation`].
fn pilot(waves: &[Complex], at: [f32; 2]) -> f32 {
    let pilots = WAVES.iter().zip(waves).filter(|(wave, _)| wave.bits.is_none());
    let fit = pilots.map(|(wave, value)| {
        let turned = product(*value, wave.turn(at));
        turned[0] * wave.chips[0] + turned[1] * wave.chips[1]
    });
    fit.sum()
}
