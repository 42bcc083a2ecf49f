//! The pointwise convolution as a matrix product: a few pixels times a few vectors of channels at a time, their sums in
//! registers from the first input to the activation.
//!
//! The weights lie in the order in which they are read (panels of up to three vectors of output channels), as in K. Goto
//! and R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008).

use super::buffer::Buffer;
use super::lanes::Lanes;

/// Vectors of channels per panel when there is but one pixel: enough sums to keep the multipliers busy.
const LONG_PANEL: usize = 8;

/// Weights, biases and slopes of a layer whose every output channel sees every input.
#[derive(Debug)]
pub(crate) struct Product<const W: usize> {
    inputs: usize,
    /// Vectors of output channels, padded with channels that are always 0.
    vectors: usize,
    /// Vectors of each panel; their weights follow each other.
    panels: Vec<usize>,
    weights: Buffer,
    biases: Buffer,
    /// PReLU's slopes: 0 is ReLU, 1 leaves a number as it is.
    slopes: Buffer,
}

/// Where a pixel's inputs lie: `segments` runs of `run` numbers, `segment_step` apart; the next pixel's begin
/// `pixel_step` later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk {
    pub(crate) segments: usize,
    pub(crate) run: usize,
    pub(crate) segment_step: usize,
    pub(crate) pixel_step: usize,
}

/// What is added to a row before the activation: some vectors of channels, `step` from pixel to pixel.
#[derive(Clone, Copy)]
pub(crate) struct Skip<'a, const W: usize> {
    pub(crate) vectors: &'a [[f32; W]],
    pub(crate) step: usize,
}

/// How a layer's numbers are told: by function, so that any order of storage can be read.
pub(crate) struct Weights<F, B, S> {
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    /// By input and output.
    pub(crate) weight: F,
    pub(crate) bias: B,
    pub(crate) slope: S,
}

impl<const W: usize> Product<W> {
    /// Packs a layer; `pixels` is how many it is usually computed for at once.
    pub(crate) fn pack<F, B, S>(layer: Weights<F, B, S>, pixels: usize) -> Self
    where
        F: Fn(usize, usize) -> f32,
        B: Fn(usize) -> f32,
        S: Fn(usize) -> f32,
    {
        let Weights { inputs, outputs, weight, bias, slope } = layer;
        let vectors = outputs.div_ceil(W);
        let panels = if pixels == 1 { long_panels(vectors) } else { panels(vectors) };
        let mut product = Self {
            inputs,
            vectors,
            weights: Buffer::zeros(inputs * vectors * W),
            biases: Buffer::zeros(vectors * W),
            slopes: Buffer::zeros(vectors * W),
            panels,
        };
        for o in 0..outputs {
            product.biases.numbers_mut()[o] = bias(o);
            product.slopes.numbers_mut()[o] = slope(o);
        }
        let (mut first, mut at) = (0, 0);
        let numbers = product.weights.numbers_mut();
        for &width in &product.panels {
            for k in 0..inputs {
                for o in first * W..(first + width) * W {
                    numbers[at] = if o < outputs { weight(k, o) } else { 0.0 };
                    at += 1;
                }
            }
            first += width;
        }
        product
    }

    /// Vectors of output channels.
    pub(crate) fn vectors(&self) -> usize {
        self.vectors
    }

    /// Computes `pixels` pixels of one row.
    ///
    /// `from` begins at the first pixel's first input; `to` at the first pixel's first channel, its pixels one after
    /// the other.
    #[inline(always)]
    pub(crate) fn row<L: Lanes<W>>(
        &self,
        lanes: L,
        panel: Panel<'_, W>,
        (from, walk): (&[f32], Walk),
        skip: Option<Skip<'_, W>>,
        to: &mut [[f32; W]],
        pixels: usize,
    ) {
        let task = Task { panel, from, walk, skip, step: self.vectors };
        match panel.width {
            1 => tiles::<W, 1, L>(lanes, task, to, pixels, L::TILE_PIXELS[0]),
            2 => tiles::<W, 2, L>(lanes, task, to, pixels, L::TILE_PIXELS[1]),
            3 => tiles::<W, 3, L>(lanes, task, to, pixels, L::TILE_PIXELS[2]),
            _ => tiles::<W, LONG_PANEL, L>(lanes, task, to, pixels, 1),
        }
    }

    /// The panels in order.
    #[inline(always)]
    pub(crate) fn panels(&self) -> impl Iterator<Item = Panel<'_, W>> {
        let (mut weights, mut biases) = (self.weights.vectors::<W>(), self.biases.vectors::<W>());
        let (mut slopes, mut first) = (self.slopes.vectors::<W>(), 0);
        self.panels.iter().map(move |&width| {
            let panel = Panel { width, first, weights, biases, slopes };
            weights = &weights[width * self.inputs..];
            (biases, slopes) = (&biases[width..], &slopes[width..]);
            first += width;
            panel
        })
    }
}

/// Some vectors of output channels and what they are computed from; each slice begins at the panel's own.
#[derive(Clone, Copy)]
pub(crate) struct Panel<'a, const W: usize> {
    width: usize,
    first: usize,
    weights: &'a [[f32; W]],
    biases: &'a [[f32; W]],
    slopes: &'a [[f32; W]],
}

/// Threes and twos: widths that fill the registers.
fn panels(vectors: usize) -> Vec<usize> {
    match (vectors, vectors % 3) {
        (1, _) => vec![1],
        // 2 and 2 keep more pixels in flight than 3 and 1.
        (_, 1) => [vec![3; vectors / 3 - 1], vec![2, 2]].concat(),
        (_, 0) if !vectors.is_multiple_of(2) => vec![3; vectors / 3],
        (_, _) if vectors.is_multiple_of(2) => vec![2; vectors / 2],
        (_, rest) => [vec![3; vectors / 3], vec![rest]].concat(),
    }
}

fn long_panels(vectors: usize) -> Vec<usize> {
    [vec![LONG_PANEL; vectors / LONG_PANEL], vec![1; vectors % LONG_PANEL]].concat()
}

#[derive(Clone, Copy)]
struct Task<'a, const W: usize> {
    panel: Panel<'a, W>,
    from: &'a [f32],
    walk: Walk,
    skip: Option<Skip<'a, W>>,
    /// Vectors from one pixel of the output to the next.
    step: usize,
}

/// A row in tiles of at most `most` pixels, as even as they can be: a tile of one pixel would wait for its own sums.
#[inline(always)]
fn tiles<const W: usize, const V: usize, L: Lanes<W>>(
    lanes: L,
    task: Task<'_, W>,
    to: &mut [[f32; W]],
    pixels: usize,
    most: usize,
) {
    let mut x = 0;
    while x < pixels {
        let rest = pixels - x;
        let count = rest.div_ceil(rest.div_ceil(most));
        match count {
            1 => tile::<W, V, 1, L>(lanes, task, to, x),
            2 => tile::<W, V, 2, L>(lanes, task, to, x),
            3 => tile::<W, V, 3, L>(lanes, task, to, x),
            4 => tile::<W, V, 4, L>(lanes, task, to, x),
            5 => tile::<W, V, 5, L>(lanes, task, to, x),
            _ => tile::<W, V, 6, L>(lanes, task, to, x),
        }
        x += count;
    }
}

/// `P` pixels from `x` on, `V` vectors of channels.
#[inline(always)]
fn tile<const W: usize, const V: usize, const P: usize, L: Lanes<W>>(
    lanes: L,
    task: Task<'_, W>,
    to: &mut [[f32; W]],
    x: usize,
) {
    let Task { panel, from, walk, skip, step } = task;
    let mut sums = [[lanes.splat(0.0); V]; P];
    for v in 0..V {
        let bias = lanes.load(&panel.biases[v]);
        for pixel in &mut sums {
            pixel[v] = bias;
        }
    }
    let weights = panel.weights.as_chunks::<V>().0;
    for segment in 0..walk.segments {
        let weights = &weights[segment * walk.run..][..walk.run];
        let mut inputs: [&[f32]; P] = [&[]; P];
        for (p, input) in inputs.iter_mut().enumerate() {
            *input = &from[segment * walk.segment_step + (x + p) * walk.pixel_step..][..walk.run];
        }
        accumulate(lanes, &inputs, weights, &mut sums);
    }
    for (p, pixel) in sums.iter_mut().enumerate() {
        if let Some(skip) = skip {
            let row = &skip.vectors[(x + p) * skip.step..][..skip.step];
            for v in 0..V {
                // The input has fewer channels than the output: the others have nothing added.
                if let Some(add) = row.get(panel.first + v) {
                    pixel[v] = lanes.add(pixel[v], lanes.load(add));
                }
            }
        }
        let out = &mut to[(x + p) * step + panel.first..][..V];
        for v in 0..V {
            lanes.store(activate(lanes, pixel[v], lanes.load(&panel.slopes[v])), &mut out[v]);
        }
    }
}

/// Adds each input times its weights to the sums.
#[inline(always)]
fn accumulate<const W: usize, const V: usize, const P: usize, L: Lanes<W>>(
    lanes: L,
    inputs: &[&[f32]; P],
    weights: &[[[f32; W]; V]],
    sums: &mut [[L::Vector; V]; P],
) {
    let run = weights.len();
    let mut totals = *sums;
    for k in 0..run {
        let mut weight = [lanes.splat(0.0); V];
        for v in 0..V {
            weight[v] = lanes.load(&weights[k][v]);
        }
        for p in 0..P {
            let value = lanes.splat(inputs[p][..run][k]);
            for v in 0..V {
                totals[p][v] = lanes.mul_add(value, weight[v], totals[p][v]);
            }
        }
    }
    *sums = totals;
}

/// PReLU (K. He et al., 2015): `max(x, 0) + slope * min(x, 0)`.
#[inline(always)]
fn activate<const W: usize, L: Lanes<W>>(lanes: L, x: L::Vector, slope: L::Vector) -> L::Vector {
    let zero = lanes.splat(0.0);
    lanes.mul_add(slope, lanes.min(x, zero), lanes.max(x, zero))
}
