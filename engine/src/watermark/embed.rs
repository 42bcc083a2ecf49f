//! Puts the mark in.

use super::code::{CODE_BITS, encode};
use super::detect::{hearing, spectrum};
use super::fft::{Complex, product};
use super::pattern::{RINGS, TILE, WAVES, square};
use super::plane::{Plane, mix, photo_px_per_canonical, tap};
use crate::photo::Photo;

/// How far a marked picture is from the unmarked one at most: the peak signal-to-noise ratio in decibels.
///
/// Rounding to whole grey levels takes a tenth of it away, which still leaves the promised 42.
pub const PSNR_DB: f32 = 42.4;

/// Samples of the square to a canonical pixel.
const FINER: usize = 2;
/// How strong the mark may be where the picture is flat, in grey levels: of 0.8 an eye sees a little.
const FLAT: f32 = 0.25;
/// How much stronger where it is not, as a part of how lively the picture is there.
const MASKING: f32 = 0.8;
/// What is not yet lively, in grey levels: the rounding of a gradient to whole ones.
const GRAIN: f32 = 0.2;
/// The largest of the multiples below that is used where the picture is flat.
const FLATTEST: f32 = 2.2;
/// What is tried, as multiples of the two: the first that outlives its way is taken, or else the last.
const TRIES: [f32; 3] = [1.0, 1.8, 3.2];
/// How much of the codeword must be heard right at the end of the way.
const AGREEMENT: f32 = 0.83;
/// And how far the pilot must stand out there, in standard deviations.
const PILOT_SIGMA: f32 = 6.0;
/// How much stronger than an even mark of the same power it is anywhere at most.
const STRONGEST: f32 = 1.4;
/// What counts as still, in grey levels.
const STILL: f32 = 2.0;
/// The least and the most that a wave is given, the mean being 1.
const SHARE: [f32; 2] = [0.3, 4.0];

/// Marks a picture with 64 bits, in place. Alpha stays as it is.
///
/// A mark that was there before, of a picture that was not cropped since, gives way to the new one.
pub fn embed(photo: &mut Photo, payload: u64) {
    let plane = Plane::of(photo);
    let code = encode(payload);
    let wish = wish(&code);
    let host = spectrum(&plane.whitened(), photo, 1.0);
    let masking = plane.masking();
    let mut mask = mask(&masking, TRIES[0]);
    let marked = plane.plus(&square(TILE * FINER, &wish), &mask);
    let mut measured = Measured::new(&wish, &host, &spectrum(&marked.whitened(), photo, 1.0));
    let mut fitted = measured.fitted(&wish);
    for times in &TRIES[1..] {
        let heard = hearing(&plane.plus(&fitted, &mask).worn(photo), photo, &code);
        if heard.agreement >= AGREEMENT && heard.pilot_sigma >= PILOT_SIGMA {
            break;
        }
        let stronger = self::mask(&masking, *times);
        measured.grow(stronger.sum() / mask.sum());
        (mask, fitted) = (stronger, measured.fitted(&wish));
    }
    add(photo, &fitted, &mask);
}

/// The sign of each wave's cosine and sine.
fn wish(code: &[f32; CODE_BITS]) -> Vec<Complex> {
    let sign = |bits: Option<[usize; 2]>, part: usize| bits.map_or(1.0, |bits| code[bits[part]]);
    WAVES.iter().map(|wave| [0, 1].map(|part| wave.chips[part] * sign(wave.bits, part))).collect()
}

/// How strong the mark is in each place, in grey levels: no stronger than the picture hides it, `times` over, and than
/// all places together may be; within that, stronger where the picture itself says less.
fn mask(masking: &Plane, times: f32) -> Plane {
    let rms = 255.0 / 10f32.powf(PSNR_DB / 20.0);
    let limit = |lively: &f32| {
        (times.min(FLATTEST) * FLAT + times * MASKING * (lively - GRAIN).max(0.0)).min(STRONGEST * rms)
    };
    let limits: Vec<[f32; 2]> =
        masking.values.iter().map(|lively| [limit(lively), (lively + STILL).powf(-0.5)]).collect();
    let mut strength = rms;
    // What flat places leave is for the others.
    for _ in 0..4 {
        let square = |[most, wish]: &[f32; 2]| f64::from(most.min(strength * wish)).powi(2);
        let mean_square = limits.iter().map(square).sum::<f64>() / limits.len() as f64;
        strength *= rms / mean_square.sqrt() as f32;
    }
    let values = limits.into_iter().map(|[most, wish]| most.min(strength * wish)).collect();
    Plane { values, ..*masking }
}

/// What a reader would hear of each bit, in the picture itself and in an evenly strong mark.
struct Measured {
    /// How much the picture itself speaks for each bit of the codeword.
    host: [f32; CODE_BITS],
    /// How much an evenly strong mark adds to it.
    mark: [f32; CODE_BITS],
}

impl Measured {
    fn new(wish: &[Complex], host: &[Complex], marked: &[Complex]) -> Self {
        // A canonical pixel's centre lies half a pixel from where the square begins.
        let speaks = |heard: &[Complex]| -> Vec<Complex> {
            let turned = WAVES.iter().zip(heard).map(|(wave, value)| product(*value, wave.turn([-0.5; 2])));
            turned.zip(wish).map(|(value, wish)| [value[0] * wish[0], value[1] * wish[1]]).collect()
        };
        let (host, marked) = (speaks(host), speaks(marked));
        let rings = Ring::all(&host, &marked);
        let mut measured = Self { host: [0.0; CODE_BITS], mark: [0.0; CODE_BITS] };
        for (wave, host) in WAVES.iter().zip(&host) {
            let Some(bits) = wave.bits else { continue };
            let ring = &rings[wave.ring()];
            for (bit, host) in bits.into_iter().zip(host) {
                measured.host[bit] += host * ring.weight();
                measured.mark[bit] += ring.gain() * ring.weight();
            }
        }
        measured
    }

    /// For a mark that is `times` as strong; how much that changes the whitening is left out.
    fn grow(&mut self, times: f32) {
        self.mark.iter_mut().for_each(|mark| *mark *= times);
    }

    /// The square that says what the picture does not.
    fn fitted(&self, wish: &[Complex]) -> Vec<f32> {
        let parts = wish.iter().zip(self.shares());
        let amplitudes: Vec<Complex> =
            parts.map(|(wish, share)| [wish[0] * share[0], wish[1] * share[1]]).collect();
        square(TILE * FINER, &amplitudes)
    }

    /// How strong each wave should be: bits that the picture speaks against get more than those it speaks for.
    ///
    /// The level that all bits can reach is found by halving: the shares' mean square is 1.
    fn shares(&self) -> Vec<Complex> {
        let bits = || self.host.iter().zip(&self.mark);
        let mut low = bits().fold(f32::MAX, |low, (host, mark)| low.min(host + SHARE[0] * mark));
        let mut high = bits().fold(f32::MIN, |high, (host, mark)| high.max(host + SHARE[1] * mark));
        for _ in 0..30 {
            let level = 0.5 * (low + high);
            let shares = self.shares_at(level);
            let power: f32 = shares.iter().flatten().map(|share| share * share).sum();
            if power < 2.0 * shares.len() as f32 { low = level } else { high = level }
        }
        self.shares_at(low)
    }

    fn shares_at(&self, level: f32) -> Vec<Complex> {
        let share =
            |bit: usize| ((level - self.host[bit]) / self.mark[bit].max(1e-6)).clamp(SHARE[0], SHARE[1]);
        WAVES.iter().map(|wave| wave.bits.map_or([1.0; 2], |bits| bits.map(share))).collect()
    }
}

/// What is heard of the waves of about one length.
#[derive(Clone, Copy, Debug, Default)]
struct Ring {
    host_power: f32,
    heard: f32,
    parts: f32,
}

impl Ring {
    fn all(host: &[Complex], marked: &[Complex]) -> [Self; RINGS] {
        let mut rings = [Self::default(); RINGS];
        for ((wave, host), marked) in WAVES.iter().zip(host).zip(marked) {
            let ring = &mut rings[wave.ring()];
            ring.host_power += host[0] * host[0] + host[1] * host[1];
            ring.heard += marked[0] - host[0] + marked[1] - host[1];
            ring.parts += 2.0;
        }
        rings
    }

    /// What a wave of share 1 adds.
    fn gain(&self) -> f32 {
        (self.heard / self.parts.max(1.0)).max(0.0)
    }

    /// How far a reader trusts these waves.
    fn weight(&self) -> f32 {
        super::detect::trust(self.host_power / self.parts.max(1.0))
    }
}

impl Plane {
    fn sum(&self) -> f32 {
        self.values.iter().sum()
    }

    /// With the square added at canonical size.
    fn plus(&self, square: &[f32], mask: &Self) -> Self {
        let side = TILE * FINER;
        let mut plane = self.clone();
        for (y, (row, mask)) in
            plane.values.chunks_exact_mut(self.width).zip(mask.values.chunks_exact(self.width)).enumerate()
        {
            let line = &square[(FINER * y + FINER / 2) % side * side..][..side];
            for (x, (value, mask)) in row.iter_mut().zip(mask).enumerate() {
                *value += mask * line[(FINER * x + FINER / 2) % side];
            }
        }
        plane
    }
}

/// Adds the square to the picture itself, all three colours alike, so that only its brightness changes.
fn add(photo: &mut Photo, square: &[f32], mask: &Plane) {
    let side = TILE * FINER;
    let (width, height) = (photo.width() as usize, photo.height() as usize);
    let samples = FINER as f32 / photo_px_per_canonical(photo);
    let in_mask = |at: usize, from: usize, to: usize| tap((at as f32 + 0.5) * to as f32 / from as f32, to);
    let in_square = |at: usize| {
        let at = (at as f32 + 0.5) * samples;
        (at as usize % side, at.fract())
    };
    let columns: Vec<_> = (0..width).map(|x| (in_square(x), in_mask(x, width, mask.width))).collect();
    let (mut line, mut strength) = (vec![0.0; side + 1], vec![0.0; mask.width + 1]);
    for y in 0..height {
        let (j, f) = in_square(y);
        between(&square[j * side..][..side], &square[(j + 1) % side * side..][..side], f, &mut line);
        line[side] = line[0];
        let (j, f) = in_mask(y, height, mask.height);
        between(mask.row(j), mask.row((j + 1).min(mask.height - 1)), f, &mut strength);
        strength[mask.width] = strength[mask.width - 1];
        for (x, (pixel, &((i, f), (m, g)))) in photo.row_mut(y).chunks_exact_mut(4).zip(&columns).enumerate()
        {
            let change = mix(line[i], line[i + 1], f) * mix(strength[m], strength[m + 1], g);
            let round = threshold(x, y);
            for value in &mut pixel[..3] {
                // The cast stops at 0 and 255.
                *value = (f32::from(*value) + change + round) as u8;
            }
        }
    }
}

/// What is rounded up, 0 to 1, as fine a grain as there is (Jimenez 2014, interleaved gradient noise): a mark of less
/// than half a grey level would else be nothing, and a little more of it an island with a border.
fn threshold(x: usize, y: usize) -> f32 {
    (52.982_918 * (0.067_110_56 * x as f32 + 0.005_837_15 * y as f32).fract()).fract()
}

fn between(a: &[f32], b: &[f32], t: f32, out: &mut [f32]) {
    out.iter_mut().zip(a.iter().zip(b)).for_each(|(out, (a, b))| *out = mix(*a, *b, t));
}
