//! Eight numbers one after the other: the twin of the vectors, and the way on processors that have none.
use super::{Lanes, Program};

/// No special instructions, so no proof is needed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scalar;

#[inline(always)]
fn each<const W: usize>(a: [f32; W], b: [f32; W], f: impl Fn(f32, f32) -> f32) -> [f32; W] {
    core::array::from_fn(|i| f(a[i], b[i]))
}

impl<const W: usize> Lanes<W> for Scalar {
    type Vector = [f32; W];
    const TILE_PIXELS: [usize; 3] = [4, 4, 3];

    fn vectorise<P: Program<W>>(self, program: P) -> P::Output {
        program.run(self)
    }

    #[inline(always)]
    fn splat(self, value: f32) -> [f32; W] {
        [value; W]
    }

    #[inline(always)]
    fn load(self, from: &[f32; W]) -> [f32; W] {
        *from
    }

    #[inline(always)]
    fn store(self, vector: [f32; W], to: &mut [f32; W]) {
        *to = vector;
    }

    #[inline(always)]
    fn add(self, a: [f32; W], b: [f32; W]) -> [f32; W] {
        each(a, b, |a, b| a + b)
    }

    #[inline(always)]
    fn mul_add(self, a: [f32; W], b: [f32; W], c: [f32; W]) -> [f32; W] {
        each(each(a, b, |a, b| a * b), c, |product, c| product + c)
    }

    #[inline(always)]
    fn max(self, a: [f32; W], b: [f32; W]) -> [f32; W] {
        each(a, b, f32::max)
    }

    #[inline(always)]
    fn min(self, a: [f32; W], b: [f32; W]) -> [f32; W] {
        each(a, b, f32::min)
    }
}
