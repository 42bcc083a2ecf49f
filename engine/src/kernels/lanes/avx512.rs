//! Eight numbers in a register of x86-64 with AVX-512 (Ice Lake, Zen 4 and later): the operations are those of AVX2, but
//! there are twice as many registers for sums, and a pixel's value is read by the multiplication itself.

use super::{Avx2, Lanes, Program};

/// Proof that the processor has AVX-512F and AVX-512VL beside AVX2 and FMA: only [`Avx512::detect`] makes one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx512(Avx2);

impl Avx512 {
    /// Asks the processor.
    pub(crate) fn detect() -> Option<Self> {
        let is_there = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl");
        Avx2::detect().filter(|_| is_there).map(Self)
    }
}

#[target_feature(enable = "avx512f,avx512vl,avx2,fma")]
fn with_avx512<P: Program<8>>(token: Avx512, program: P) -> P::Output {
    program.run(token)
}

impl Lanes<8> for Avx512 {
    type Vector = <Avx2 as Lanes<8>>::Vector;
    // Of 32 registers at most 18 hold sums, and 3 weights.
    const TILE_PIXELS: [usize; 3] = [6, 6, 6];

    fn vectorise<P: Program<8>>(self, program: P) -> P::Output {
        // SAFETY: the token proves AVX-512F, AVX-512VL, AVX2 and FMA, all that the function asks for.
        unsafe { with_avx512(self, program) }
    }

    #[inline(always)]
    fn splat(self, value: f32) -> Self::Vector {
        self.0.splat(value)
    }

    #[inline(always)]
    fn load(self, from: &[f32; 8]) -> Self::Vector {
        self.0.load(from)
    }

    #[inline(always)]
    fn store(self, vector: Self::Vector, to: &mut [f32; 8]) {
        self.0.store(vector, to);
    }

    #[inline(always)]
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        self.0.add(a, b)
    }

    #[inline(always)]
    fn mul_add(self, a: Self::Vector, b: Self::Vector, c: Self::Vector) -> Self::Vector {
        self.0.mul_add(a, b, c)
    }

    #[inline(always)]
    fn max(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        self.0.max(a, b)
    }

    #[inline(always)]
    fn min(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        self.0.min(a, b)
    }
}
