//! What is added to a picture: a square of waves that repeats, with a pilot to find it by and the bits of a codeword.

use std::f32::consts::TAU;
use std::sync::LazyLock;

use super::code::CODE_BITS;
use super::fft::{Complex, Fft};

/// Side of the square that repeats, in canonical pixels.
pub(super) const TILE: usize = 128;
/// More than the distance of any wave from the centre of the spectrum.
pub(super) const RINGS: usize = SHORTEST as usize + 1;
/// Waves to a square, of the longest that carry the mark: below, pictures are strongest themselves.
const LONGEST: i32 = 6;
/// Waves to a square, of the shortest: above, half size and JPEG leave too little.
const SHORTEST: i32 = 18;
/// Nearer than this to an axis lie the edges of pictures and of JPEG's blocks.
const AXIS: i32 = 2;
/// Of this many waves, one belongs to the pilot.
const PILOT_ONE_OF: usize = 5;
/// Which of all possible patterns is ours. It is no secret: anybody may read the mark.
const SEED: u64 = 0x4D4F_4720_4149_0001;

/// One wave of the square.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wave {
    /// Waves to a square along x, of either sign.
    pub(super) kx: i32,
    /// Waves to a square along y, not negative.
    pub(super) ky: i32,
    /// The signs of its cosine and sine.
    pub(super) chips: Complex,
    /// Which bits of the codeword it carries with its cosine and with its sine; none for the pilot.
    pub(super) bits: Option<[usize; 2]>,
}

impl Wave {
    /// Where its coefficient stands in a transformed square of `side`.
    pub(super) fn index(&self, side: usize) -> usize {
        let wrap = |k: i32| if k < 0 { side - k.unsigned_abs() as usize } else { k as usize };
        wrap(self.ky) * side + wrap(self.kx)
    }

    /// What its coefficient turns by when the square moves by `at` pixels.
    pub(super) fn turn(&self, at: [f32; 2]) -> Complex {
        let (sin, cos) = (TAU / TILE as f32 * (self.kx as f32 * at[0] + self.ky as f32 * at[1])).sin_cos();
        [cos, sin]
    }

    /// The distance from the centre of the spectrum, in rings.
    pub(super) fn ring(&self) -> usize {
        f64::from(self.kx * self.kx + self.ky * self.ky).sqrt() as usize
    }
}

/// All waves, the same in every picture.
pub(super) static WAVES: LazyLock<Vec<Wave>> = LazyLock::new(waves);

/// The transform of the square that repeats.
pub(super) static TILE_FFT: LazyLock<Fft> = LazyLock::new(|| Fft::new(TILE));

fn waves() -> Vec<Wave> {
    let mut dice = Dice(SEED);
    let mut places: Vec<(i32, i32)> = (AXIS..=SHORTEST)
        .flat_map(|ky| (-SHORTEST..=SHORTEST).map(move |kx| (kx, ky)))
        .filter(|(kx, ky)| {
            kx.abs() >= AXIS && (LONGEST * LONGEST..=SHORTEST * SHORTEST).contains(&(kx * kx + ky * ky))
        })
        .collect();
    // Fisher and Yates: which wave carries what has nothing to do with where it stands.
    for i in (1..places.len()).rev() {
        places.swap(i, dice.below(i + 1));
    }
    let pilots = places.len() / PILOT_ONE_OF;
    let wave = |(i, (kx, ky)): (usize, (i32, i32))| {
        let chips = [dice.sign(), dice.sign()];
        let first = i.checked_sub(pilots).map(|data| 2 * data);
        Wave { kx, ky, chips, bits: first.map(|first| [first % CODE_BITS, (first + 1) % CODE_BITS]) }
    };
    places.into_iter().enumerate().map(wave).collect()
}

/// The square as pixels, `side` of them to a side; `amplitudes` are those of [`WAVES`], and their mean square is its own.
pub(super) fn square(side: usize, amplitudes: &[Complex]) -> Vec<f32> {
    let mut square = vec![[0.0; 2]; side * side];
    let unit = 0.5 / (WAVES.len() as f32).sqrt();
    for (wave, [re, im]) in WAVES.iter().zip(amplitudes) {
        square[wave.index(side)] = [re * unit, im * unit];
        let mirrored = Wave { kx: -wave.kx, ky: -wave.ky, ..*wave };
        square[mirrored.index(side)] = [re * unit, -im * unit];
    }
    Fft::new(side).inverse(&mut square);
    square.into_iter().map(|value| value[0]).collect()
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn sign(&mut self) -> f32 {
        if self.next() >> 63 == 0 { 1.0 } else { -1.0 }
    }
}
