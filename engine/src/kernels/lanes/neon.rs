//! Four numbers in a register of aarch64, where NEON is part of the target.

use core::arch::aarch64::{
    float32x4_t, vaddq_f32, vdupq_n_f32, vfmaq_f32, vld1q_f32, vmaxq_f32, vminq_f32, vst1q_f32,
};

use super::{Lanes, Program};

/// Every aarch64 processor that Rust compiles for has NEON, so no proof is needed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Neon;

impl Lanes<4> for Neon {
    type Vector = float32x4_t;
    // Of 32 registers 18 hold sums, up to 3 weights and the pixels' values.
    const TILE_PIXELS: [usize; 3] = [6, 6, 6];

    fn vectorise<P: Program<4>>(self, program: P) -> P::Output {
        program.run(self)
    }

    #[inline(always)]
    fn splat(self, value: f32) -> float32x4_t {
        vdupq_n_f32(value)
    }

    #[inline(always)]
    fn load(self, from: &[f32; 4]) -> float32x4_t {
        // SAFETY: the reference proves 4 readable numbers.
        unsafe { vld1q_f32(from.as_ptr()) }
    }

    #[inline(always)]
    fn store(self, vector: float32x4_t, to: &mut [f32; 4]) {
        // SAFETY: the reference proves 4 writable numbers.
        unsafe { vst1q_f32(to.as_mut_ptr(), vector) }
    }

    #[inline(always)]
    fn add(self, a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vaddq_f32(a, b)
    }

    #[inline(always)]
    fn mul_add(self, a: float32x4_t, b: float32x4_t, c: float32x4_t) -> float32x4_t {
        vfmaq_f32(c, a, b)
    }

    #[inline(always)]
    fn max(self, a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vmaxq_f32(a, b)
    }

    #[inline(always)]
    fn min(self, a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vminq_f32(a, b)
    }
}
