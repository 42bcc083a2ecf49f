//! Four numbers in a register of WebAssembly: `simd128`, and with `relaxed-simd` a fused multiply-add.
//!
//! A module is validated as a whole before it runs, so nothing can be asked at run time: the browser's half is built
//! twice, and `public/engine-worker.js` chooses.

#[cfg(not(target_feature = "relaxed-simd"))]
use core::arch::wasm32::f32x4_mul;
#[cfg(target_feature = "relaxed-simd")]
use core::arch::wasm32::f32x4_relaxed_madd;
use core::arch::wasm32::{f32x4_add, f32x4_pmax, f32x4_pmin, f32x4_splat, v128, v128_load, v128_store};

use super::{Lanes, Program};

/// A module with these instructions runs only where there are such, so no proof is needed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wasm;

impl Lanes<4> for Wasm {
    type Vector = v128;
    // V8 keeps 8 sums, their weights and a pixel's value in registers; with 12 sums it runs out and is a third slower.
    const TILE_PIXELS: [usize; 3] = [4, 4, 3];

    fn vectorise<P: Program<4>>(self, program: P) -> P::Output {
        program.run(self)
    }

    #[inline(always)]
    fn splat(self, value: f32) -> v128 {
        f32x4_splat(value)
    }

    #[inline(always)]
    fn load(self, from: &[f32; 4]) -> v128 {
        // SAFETY: the reference proves 16 readable bytes, and wasm's loads need no alignment.
        unsafe { v128_load(from.as_ptr().cast()) }
    }

    #[inline(always)]
    fn store(self, vector: v128, to: &mut [f32; 4]) {
        // SAFETY: the reference proves 16 writable bytes, and wasm's stores need no alignment.
        unsafe { v128_store(to.as_mut_ptr().cast(), vector) }
    }

    #[inline(always)]
    fn add(self, a: v128, b: v128) -> v128 {
        f32x4_add(a, b)
    }

    #[cfg(target_feature = "relaxed-simd")]
    #[inline(always)]
    fn mul_add(self, a: v128, b: v128, c: v128) -> v128 {
        f32x4_relaxed_madd(a, b, c)
    }

    #[cfg(not(target_feature = "relaxed-simd"))]
    #[inline(always)]
    fn mul_add(self, a: v128, b: v128, c: v128) -> v128 {
        f32x4_add(f32x4_mul(a, b), c)
    }

    #[inline(always)]
    fn max(self, a: v128, b: v128) -> v128 {
        f32x4_pmax(b, a)
    }

    #[inline(always)]
    fn min(self, a: v128, b: v128) -> v128 {
        f32x4_pmin(b, a)
    }
}
