//! Eight numbers in a register of x86-64 with AVX2 and FMA (Haswell, Zen and later).

use core::arch::x86_64::{
    __m256, _mm256_add_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_max_ps, _mm256_min_ps, _mm256_set1_ps,
    _mm256_storeu_ps,
};

use super::{Lanes, Program};

/// Proof that the processor has AVX2 and FMA: only [`Avx2::detect`] makes one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2(());

impl Avx2 {
    /// Asks the processor.
    pub(crate) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")).then_some(Self(()))
    }
}

#[target_feature(enable = "avx2,fma")]
fn with_avx2<P: Program<8>>(token: Avx2, program: P) -> P::Output {
    program.run(token)
}

impl Lanes<8> for Avx2 {
    type Vector = __m256;
    // Of 16 registers 12 hold sums, up to 3 weights and 1 a pixel's value.
    const TILE_PIXELS: [usize; 3] = [6, 6, 4];

    fn vectorise<P: Program<8>>(self, program: P) -> P::Output {
        // SAFETY: the token proves AVX2 and FMA, all that the function asks for.
        unsafe { with_avx2(self, program) }
    }

    #[inline(always)]
    fn splat(self, value: f32) -> __m256 {
        // SAFETY: the token proves AVX2.
        unsafe { _mm256_set1_ps(value) }
    }

    #[inline(always)]
    fn load(self, from: &[f32; 8]) -> __m256 {
        // SAFETY: the token proves AVX2; the reference proves 8 readable numbers, and no alignment is asked for.
        unsafe { _mm256_loadu_ps(from.as_ptr()) }
    }

    #[inline(always)]
    fn store(self, vector: __m256, to: &mut [f32; 8]) {
        // SAFETY: the token proves AVX2; the reference proves 8 writable numbers, and no alignment is asked for.
        unsafe { _mm256_storeu_ps(to.as_mut_ptr(), vector) }
    }

    #[inline(always)]
    fn add(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: the token proves AVX2.
        unsafe { _mm256_add_ps(a, b) }
    }

    #[inline(always)]
    fn mul_add(self, a: __m256, b: __m256, c: __m256) -> __m256 {
        // SAFETY: the token proves FMA.
        unsafe { _mm256_fmadd_ps(a, b, c) }
    }

    #[inline(always)]
    fn max(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: the token proves AVX2.
        unsafe { _mm256_max_ps(a, b) }
    }

    #[inline(always)]
    fn min(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: the token proves AVX2.
        unsafe { _mm256_min_ps(a, b) }
    }
}
