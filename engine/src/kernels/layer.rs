//! One layer of a fused network: a few rows of its input to a few rows of its output, in one go.

use super::depthwise::{Depthwise, pool};
use super::lanes::Lanes;
use super::network::Scratch;
use super::product::{Product, Skip, Walk};
use super::rows::Rows;

/// What a layer computes, and from which map.
#[derive(Debug)]
pub(crate) enum Kind<const W: usize> {
    /// A convolution over the network's input: kernel side and, always, stride 2.
    Stem { kernel: usize },
    /// Depthwise 3x3, pointwise 1x1, plus the input, then the activation.
    Separable { from: usize, stride: usize, depthwise: Depthwise<W> },
    /// Pointwise 1x1, then the activation.
    Pointwise { from: usize },
    /// A convolution over the whole of a map, to a single pixel.
    Whole { from: usize },
}

/// A layer and how much of it is computed at once.
#[derive(Debug)]
pub(crate) struct Layer<const W: usize> {
    pub(crate) kind: Kind<W>,
    pub(crate) product: Product<W>,
    /// Rows for which the weights are read once.
    pub(crate) rows_at_once: usize,
}

impl<const W: usize> Layer<W> {
    /// The map it reads, if it is not the network's input.
    pub(crate) fn from(&self) -> Option<usize> {
        match self.kind {
            Kind::Stem { .. } => None,
            Kind::Separable { from, .. } | Kind::Pointwise { from } | Kind::Whole { from } => Some(from),
        }
    }

    /// Rows of the input that must be there to compute `rows` rows of the output.
    pub(crate) fn needs(&self, rows: usize, input_height: usize) -> usize {
        match &self.kind {
            Kind::Stem { .. } => 0,
            Kind::Separable { stride, .. } => (rows * stride + 1).min(input_height),
            Kind::Pointwise { .. } => rows,
            Kind::Whole { .. } => input_height,
        }
    }

    /// Rows of the input that computing a step looks at.
    pub(crate) fn window(&self, input_height: usize) -> usize {
        match &self.kind {
            Kind::Stem { .. } => 0,
            Kind::Separable { stride, .. } => (self.rows_at_once - 1) * stride + 3,
            Kind::Pointwise { .. } => self.rows_at_once,
            Kind::Whole { .. } => input_height,
        }
    }

    /// Numbers of scratch memory that a step needs for the depthwise rows, and for the pooled ones.
    pub(crate) fn scratch(&self, output_width: usize) -> [usize; 2] {
        match &self.kind {
            Kind::Separable { stride, depthwise, .. } => {
                let rows = self.rows_at_once * output_width * depthwise.vectors() * W;
                [rows, if *stride == 2 { rows } else { 0 }]
            }
            _ => [0, 0],
        }
    }
}

/// The network's input: a square of RGB pixels, with room for the stem's padding around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InputShape {
    /// Side of the square.
    pub(crate) side: usize,
    /// Pixels of padding before and after: TFLite's SAME for stride 2 on even sides.
    pub(crate) padding: [usize; 2],
}

impl InputShape {
    /// The shape for a stem of this kernel.
    pub(crate) fn of_stem(side: usize, kernel: usize) -> Self {
        let total = kernel - 2;
        Self { side, padding: [total / 2, total - total / 2] }
    }

    /// Numbers of a row with its padding.
    pub(crate) fn row_len(&self) -> usize {
        (self.side + self.padding[0] + self.padding[1]) * 3
    }

    /// Numbers of the whole.
    pub(crate) fn len(&self) -> usize {
        self.row_len() * (self.side + self.padding[0] + self.padding[1])
    }
}

/// A layer's output rows from `y0` to below `y1`, from the network's input.
#[inline(always)]
pub(crate) fn stem<const W: usize, L: Lanes<W>>(
    lanes: L,
    layer: &Layer<W>,
    kernel: usize,
    (input, shape): (&[f32], InputShape),
    to: &mut Rows<W>,
    [y0, y1]: [usize; 2],
) {
    let walk = Walk { segments: kernel, run: 3 * kernel, segment_step: shape.row_len(), pixel_step: 6 };
    for panel in layer.product.panels() {
        for y in y0..y1 {
            let from = &input[2 * y * shape.row_len()..];
            let pixels = to.width;
            layer.product.row(lanes, panel, (from, walk), None, to.inner_mut(y), pixels);
        }
    }
}

/// The same for a separable block.
#[inline(always)]
pub(crate) fn separable<const W: usize, L: Lanes<W>>(
    lanes: L,
    layer: &Layer<W>,
    (depthwise, stride): (&Depthwise<W>, usize),
    from: &Rows<W>,
    (to, scratch): (&mut Rows<W>, &mut Scratch),
    [y0, y1]: [usize; 2],
) {
    let step = depthwise.vectors();
    let row_len = to.width * step;
    let filtered = scratch.filtered.vectors_mut::<W>();
    let pooled = scratch.pooled.vectors_mut::<W>();
    for (y, at) in (y0..y1).zip((0..).step_by(row_len)) {
        let centre = y * stride;
        let row = &mut filtered[at..at + row_len];
        if stride == 1 {
            let window =
                [from.row(centre.checked_sub(1)), from.row(Some(centre)), from.row(Some(centre + 1))];
            depthwise.row(lanes, window, row);
        } else {
            let window = [0, 1, 2].map(|below| from.row(Some(centre + below)));
            depthwise.row_halved(lanes, window, row);
            pool(lanes, [window[0], window[1]], &mut pooled[at..at + row_len], step);
        }
    }
    let (filtered, pooled) = (filtered.as_flattened(), &*pooled);
    let walk = Walk { segments: 1, run: step * W, segment_step: 0, pixel_step: step * W };
    for panel in layer.product.panels() {
        for (y, at) in (y0..y1).zip((0..).step_by(row_len)) {
            let vectors = if stride == 1 { from.inner(y) } else { &pooled[at..at + row_len] };
            let skip = Some(Skip { vectors, step });
            let pixels = to.width;
            let row = (&filtered[at * W..], walk);
            layer.product.row(lanes, panel, row, skip, to.inner_mut(y), pixels);
        }
    }
}

/// The same for a pointwise convolution.
#[inline(always)]
pub(crate) fn pointwise<const W: usize, L: Lanes<W>>(
    lanes: L,
    layer: &Layer<W>,
    from: &Rows<W>,
    to: &mut Rows<W>,
    [y0, y1]: [usize; 2],
) {
    let run = from.vectors * W;
    let walk = Walk { segments: 1, run, segment_step: 0, pixel_step: run };
    for panel in layer.product.panels() {
        for y in y0..y1 {
            let row = (from.inner(y).as_flattened(), walk);
            let pixels = to.width;
            layer.product.row(lanes, panel, row, None, to.inner_mut(y), pixels);
        }
    }
}

/// The one pixel of a convolution over a whole map.
#[inline(always)]
pub(crate) fn whole<const W: usize, L: Lanes<W>>(
    lanes: L,
    layer: &Layer<W>,
    from: &Rows<W>,
    to: &mut Rows<W>,
) {
    let run = from.width * from.vectors * W;
    let walk = Walk { segments: from.height, run, segment_step: from.row_step(), pixel_step: 0 };
    for panel in layer.product.panels() {
        layer.product.row(lanes, panel, (from.whole(), walk), None, to.inner_mut(0), 1);
    }
}
