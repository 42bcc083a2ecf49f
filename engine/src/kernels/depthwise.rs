//! The depthwise 3x3 convolution of one row, and the pooled row beside it that the skip connection of a halving block
//! takes.

use super::buffer::Buffer;
use super::lanes::Lanes;

/// Nine weights and a bias per channel.
#[derive(Debug)]
pub(crate) struct Depthwise<const W: usize> {
    /// Nine weights, row by row, and the bias of each vector of channels.
    taps: Buffer,
    vectors: usize,
}

/// Three rows of the input, each with a pixel of zeros to the left and to the right.
pub(crate) type Window<'a, const W: usize> = [&'a [[f32; W]]; 3];

impl<const W: usize> Depthwise<W> {
    /// Packs a layer whose weights are told by channel and tap.
    pub(crate) fn pack(
        channels: usize,
        weight: impl Fn(usize, usize) -> f32,
        bias: impl Fn(usize) -> f32,
    ) -> Self {
        let vectors = channels.div_ceil(W);
        let mut taps = Buffer::zeros(vectors * 10 * W);
        for (c, vector) in (0..channels).map(|c| (c, c / W)) {
            let place = |tap: usize| (vector * 10 + tap) * W + c % W;
            for tap in 0..9 {
                taps.numbers_mut()[place(tap)] = weight(c, tap);
            }
            taps.numbers_mut()[place(9)] = bias(c);
        }
        Self { taps, vectors }
    }

    /// Vectors of channels.
    pub(crate) fn vectors(&self) -> usize {
        self.vectors
    }

    /// One output row at stride 1: as many pixels as `to` has room for.
    ///
    /// Each input is loaded once and goes into the three pixels that see it; the nine weights stay in registers.
    #[inline(always)]
    pub(crate) fn row<L: Lanes<W>>(&self, lanes: L, window: Window<'_, W>, to: &mut [[f32; W]]) {
        let step = self.vectors;
        let columns = to.len() / step + 2;
        let window = window.map(|row| &row[..columns * step]);
        for (c, taps) in self.taps.vectors::<W>().as_chunks::<10>().0.iter().enumerate() {
            let w = load_taps(lanes, taps);
            let mut inputs = window.map(|row| row.chunks_exact(step));
            let [mut left, mut middle] = [w[9]; 2];
            // The first two columns only begin pixels.
            for column in 0..2 {
                for (row, pixels) in inputs.iter_mut().enumerate() {
                    let Some(pixel) = pixels.next() else { continue };
                    let x = lanes.load(&pixel[c]);
                    if column == 0 {
                        left = lanes.mul_add(x, w[3 * row], left);
                    } else {
                        left = lanes.mul_add(x, w[3 * row + 1], left);
                        middle = lanes.mul_add(x, w[3 * row], middle);
                    }
                }
            }
            let [upper, centre, lower] = inputs;
            for (((a, b), d), out) in upper.zip(centre).zip(lower).zip(to.chunks_exact_mut(step)) {
                let mut right = w[9];
                for (row, pixel) in [a, b, d].into_iter().enumerate() {
                    let x = lanes.load(&pixel[c]);
                    left = lanes.mul_add(x, w[3 * row + 2], left);
                    middle = lanes.mul_add(x, w[3 * row + 1], middle);
                    right = lanes.mul_add(x, w[3 * row], right);
                }
                lanes.store(left, &mut out[c]);
                (left, middle) = (middle, right);
            }
        }
    }

    /// One output row at stride 2, padded as TFLite's SAME: nothing before and one pixel after.
    #[inline(always)]
    pub(crate) fn row_halved<L: Lanes<W>>(&self, lanes: L, window: Window<'_, W>, to: &mut [[f32; W]]) {
        let step = self.vectors;
        let pixels = to.len() / step;
        // The border's left pixel is not seen.
        let window = window.map(|row| &row[step..][..(2 * pixels + 1) * step]);
        for (c, taps) in self.taps.vectors::<W>().as_chunks::<10>().0.iter().enumerate() {
            let w = load_taps(lanes, taps);
            for (x, out) in to.chunks_exact_mut(step).enumerate() {
                let mut sum = w[9];
                for (row, inputs) in window.iter().enumerate() {
                    let inputs = &inputs[2 * x * step..][..3 * step];
                    sum = lanes.mul_add(lanes.load(&inputs[c]), w[3 * row], sum);
                    sum = lanes.mul_add(lanes.load(&inputs[step + c]), w[3 * row + 1], sum);
                    sum = lanes.mul_add(lanes.load(&inputs[2 * step + c]), w[3 * row + 2], sum);
                }
                lanes.store(sum, &mut out[c]);
            }
        }
    }
}

#[inline(always)]
fn load_taps<const W: usize, L: Lanes<W>>(lanes: L, taps: &[[f32; W]; 10]) -> [L::Vector; 10] {
    let mut loaded = [lanes.splat(0.0); 10];
    for (vector, tap) in loaded.iter_mut().zip(taps) {
        *vector = lanes.load(tap);
    }
    loaded
}

/// The largest of each 2 x 2 pixels of two rows (each bordered), `step` vectors a pixel.
#[inline(always)]
pub(crate) fn pool<const W: usize, L: Lanes<W>>(
    lanes: L,
    rows: [&[[f32; W]]; 2],
    to: &mut [[f32; W]],
    step: usize,
) {
    let pixels = to.len() / step;
    let [upper, lower] = rows.map(|row| row[step..][..2 * pixels * step].chunks_exact(2 * step));
    for ((a, b), out) in upper.zip(lower).zip(to.chunks_exact_mut(step)) {
        let ((a0, a1), (b0, b1)) = (a.split_at(step), b.split_at(step));
        for c in 0..step {
            let top = lanes.max(lanes.load(&a0[c]), lanes.load(&a1[c]));
            let bottom = lanes.max(lanes.load(&b0[c]), lanes.load(&b1[c]));
            lanes.store(lanes.max(top, bottom), &mut out[c]);
        }
    }
}
