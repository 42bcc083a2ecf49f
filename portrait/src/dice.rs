//! Seeded numbers and noise: a PCG stream for parameters, an integer hash for texture.

use crate::math::{V3, lerp};

/// PCG-XSH-RR 64/32 (O'Neill 2014): small, and the same on every platform.
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        let mut dice = Dice { state: seed.wrapping_add(0x9e37_79b9_7f4a_7c15) };
        dice.word();
        dice.word();
        dice
    }

    fn word(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let shifted = (((old >> 18) ^ old) >> 27) as u32;
        shifted.rotate_right((old >> 59) as u32)
    }

    /// Uniform in 0..1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.word() >> 8) as f32 / 16_777_216.0
    }

    /// Uniform in `low..high`.
    pub(crate) fn within(&mut self, low: f32, high: f32) -> f32 {
        lerp(low, high, self.unit())
    }

    /// Bell-shaped in -1..1 (mean of three uniforms), for traits that cluster around the average.
    pub(crate) fn trait_value(&mut self) -> f32 {
        (self.unit() + self.unit() + self.unit()) / 1.5 - 1.0
    }

    /// One of the choices.
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.word() as usize % choices.len()]
    }
}

/// Hash of an integer lattice point, uniform in 0..1.
pub(crate) fn lattice(x: i32, y: i32, z: i32) -> f32 {
    let mut h = (x as u32).wrapping_mul(0x8da6_b343)
        ^ (y as u32).wrapping_mul(0xd816_3841)
        ^ (z as u32).wrapping_mul(0xcb1a_b31f);
    h = (h ^ (h >> 16)).wrapping_mul(0x7feb_352d);
    h = (h ^ (h >> 15)).wrapping_mul(0x846c_a68b);
    ((h ^ (h >> 16)) >> 8) as f32 / 16_777_216.0
}

/// Smooth value noise in -1..1 with features about one unit wide.
pub(crate) fn noise(p: V3) -> f32 {
    let (fx, fy, fz) = (p.x.floor(), p.y.floor(), p.z.floor());
    let (x, y, z) = (fx as i32, fy as i32, fz as i32);
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (u, v, w) = (ease(p.x - fx), ease(p.y - fy), ease(p.z - fz));
    let edge = |j: i32, k: i32| lerp(lattice(x, y + j, z + k), lattice(x + 1, y + j, z + k), u);
    let face = |k: i32| lerp(edge(0, k), edge(1, k), v);
    lerp(face(0), face(1), w) * 2.0 - 1.0
}
