//! Vectors of the processor, and the only `unsafe` code of the house.
//!
//! A value of a type that implements [`Lanes`] is a token: it exists only where the processor has its instructions,
//! because its constructor asked (x86) or because the target has them all (aarch64, wasm). That is the whole reason why
//! the calls in this folder are sound; loads and stores take references to arrays of the right size, so that no pointer
//! leaves these files. The kernels above are safe code, generic over the token, and [`Scalar`] is their twin without any
//! vector instructions, which tests compare the others with.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(any(test, not(any(target_arch = "aarch64", all(target_arch = "wasm32", target_feature = "simd128")))))]
mod scalar;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;

#[cfg(target_arch = "x86_64")]
pub(crate) use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) use avx512::Avx512;
#[cfg(target_arch = "aarch64")]
pub(crate) use neon::Neon;
#[cfg(any(
    test,
    not(any(target_arch = "aarch64", all(target_arch = "wasm32", target_feature = "simd128")))
))]
pub(crate) use scalar::Scalar;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use wasm::Wasm;

/// `W` single-precision numbers at once, and what can be done with them.
pub(crate) trait Lanes<const W: usize>: Copy {
    /// The processor's register.
    type Vector: Copy;
    /// Pixels that the product computes at once for 1, 2 and 3 vectors of channels: as many as leave room in the
    /// registers for the weights and one pixel's value.
    const TILE_PIXELS: [usize; 3];

    /// Runs a program compiled for these instructions.
    fn vectorise<P: Program<W>>(self, program: P) -> P::Output;
    /// The same number in each lane.
    fn splat(self, value: f32) -> Self::Vector;
    /// Reads `W` numbers.
    fn load(self, from: &[f32; W]) -> Self::Vector;
    /// Writes `W` numbers.
    fn store(self, vector: Self::Vector, to: &mut [f32; W]);
    /// `a + b`.
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// `a * b + c`, rounded once or twice, as is fastest.
    fn mul_add(self, a: Self::Vector, b: Self::Vector, c: Self::Vector) -> Self::Vector;
    /// The larger of two numbers.
    fn max(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// The smaller of two numbers.
    fn min(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
}

/// Something to compute with whatever vectors there are.
///
/// `run` and all it calls must be `#[inline(always)]`: only what ends up inside [`Lanes::vectorise`] is compiled for the
/// processor's instructions.
pub(crate) trait Program<const W: usize> {
    /// What comes out.
    type Output;
    /// Computes it.
    fn run<L: Lanes<W>>(self, lanes: L) -> Self::Output;
}
