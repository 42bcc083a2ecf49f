//! A whole network in one call: each layer is asked for rows, and asks the layer before it for those it needs.
//!
//! So a map is never written out and read back: of the large ones only the rows exist that the next layer looks at, and
//! what one layer wrote is still in the processor's nearest memory when the next reads it.

use super::buffer::Buffer;
use super::lanes::{Lanes, Program};
use super::layer::{InputShape, Kind, Layer, pointwise, separable, stem, whole};
use super::rows::Rows;

/// Layers in order: layer `i` writes map `i` and reads an earlier one.
#[derive(Debug)]
pub(crate) struct Network<const W: usize> {
    input: InputShape,
    layers: Vec<Layer<W>>,
    /// Maps that stay whole: the outputs, and those that more than one layer reads.
    whole: Vec<usize>,
    /// Width and height of each map.
    sizes: Vec<[usize; 2]>,
}

/// The memory of one inference: made once, used again and again.
#[derive(Debug)]
pub(crate) struct Arena<const W: usize> {
    input: Buffer,
    shape: InputShape,
    maps: Vec<Rows<W>>,
    scratch: Scratch,
}

/// Rows between the two halves of a block.
#[derive(Debug)]
pub(crate) struct Scratch {
    /// After the depthwise convolution.
    pub(crate) filtered: Buffer,
    /// The skip connection of a halving block.
    pub(crate) pooled: Buffer,
}

impl<const W: usize> Network<W> {
    /// A network that reads `input`, without layers.
    pub(crate) fn new(input: InputShape) -> Self {
        Self { input, layers: Vec::new(), whole: Vec::new(), sizes: Vec::new() }
    }

    /// Adds a layer and says which map it writes; a map that stays `whole` can be read after the run.
    pub(crate) fn push(&mut self, layer: Layer<W>, whole: bool) -> usize {
        let size = match (&layer.kind, layer.from().map(|from| self.sizes[from])) {
            (Kind::Stem { .. }, _) | (_, None) => [self.input.side / 2; 2],
            (Kind::Separable { stride, .. }, Some(size)) => size.map(|side| side / stride),
            (Kind::Pointwise { .. }, Some(size)) => size,
            (Kind::Whole { .. }, Some(_)) => [1; 2],
        };
        let map = self.layers.len();
        self.layers.push(layer);
        self.sizes.push(size);
        if whole {
            self.whole.push(map);
        }
        map
    }

    /// Width and height of a map.
    pub(crate) fn size(&self, map: usize) -> [usize; 2] {
        self.sizes[map]
    }

    /// Memory for one inference at a time.
    pub(crate) fn arena(&self) -> Arena<W> {
        let maps = self.layers.iter().zip(&self.sizes).enumerate().map(|(i, (layer, &[width, height]))| {
            Rows::new(width, height, layer.product.vectors(), self.kept(i))
        });
        let needs = self.layers.iter().zip(&self.sizes).map(|(layer, &[width, _])| layer.scratch(width));
        let [filtered, pooled] =
            needs.fold([0, 0], |most, need| core::array::from_fn(|i| most[i].max(need[i])));
        Arena {
            input: Buffer::zeros(self.input.len()),
            shape: self.input,
            maps: maps.collect(),
            scratch: Scratch { filtered: Buffer::zeros(filtered), pooled: Buffer::zeros(pooled) },
        }
    }

    /// How many rows of a map are kept: what its reader looks at, and as many more as its writer may be ahead.
    fn kept(&self, map: usize) -> usize {
        let height = self.sizes[map][1];
        if self.whole.contains(&map) {
            return height;
        }
        let readers = self.layers.iter().filter(|layer| layer.from() == Some(map));
        let window = readers.map(|layer| layer.window(height)).max().unwrap_or(height);
        (window + self.layers[map].rows_at_once - 1).min(height)
    }
}

impl<const W: usize> Arena<W> {
    /// Sets a pixel of the input.
    #[inline]
    pub(crate) fn set_input(&mut self, x: usize, y: usize, rgb: [f32; 3]) {
        let before = self.shape.padding[0];
        let at = (y + before) * self.shape.row_len() + (x + before) * 3;
        self.input.numbers_mut()[at..at + 3].copy_from_slice(&rgb);
    }

    /// A pixel of a map that stays whole, with the channels that pad it.
    pub(crate) fn pixel(&self, map: usize, x: usize, y: usize) -> &[f32] {
        let rows = &self.maps[map];
        rows.inner(y)[x * rows.vectors..][..rows.vectors].as_flattened()
    }
}

/// One inference.
pub(crate) struct Inference<'a, const W: usize> {
    pub(crate) network: &'a Network<W>,
    pub(crate) arena: &'a mut Arena<W>,
}

impl<const W: usize> Program<W> for Inference<'_, W> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes<W>>(self, lanes: L) {
        let Self { network, arena } = self;
        arena.maps.iter_mut().for_each(|map| map.filled = 0);
        for &map in &network.whole {
            let height = network.sizes[map][1];
            // Deepest first: the layer that lacks the least is asked again once it has its rows.
            while arena.maps[map].filled < height {
                let next = network.ready(&arena.maps, map);
                step(lanes, network, arena, next);
            }
        }
    }
}

impl<const W: usize> Network<W> {
    /// The layer to compute next so that `map` gets its next rows: itself, or the nearest one before it that it waits for.
    fn ready(&self, maps: &[Rows<W>], map: usize) -> usize {
        let mut layer = map;
        while let Some(from) = self.layers[layer].from() {
            let input = &maps[from];
            if input.filled >= self.layers[layer].needs(self.until(maps, layer), input.height) {
                break;
            }
            layer = from;
        }
        layer
    }

    /// The row below which a layer's next step ends.
    fn until(&self, maps: &[Rows<W>], layer: usize) -> usize {
        (maps[layer].filled + self.layers[layer].rows_at_once).min(maps[layer].height)
    }
}

/// Computes the next rows of a layer whose input is there.
#[inline(always)]
fn step<const W: usize, L: Lanes<W>>(lanes: L, network: &Network<W>, arena: &mut Arena<W>, index: usize) {
    let layer = &network.layers[index];
    let rows = [arena.maps[index].filled, network.until(&arena.maps, index)];
    let (before, rest) = arena.maps.split_at_mut(index);
    let Some(to) = rest.first_mut() else { return };
    match &layer.kind {
        Kind::Stem { kernel } => {
            stem(lanes, layer, *kernel, (arena.input.numbers(), arena.shape), to, rows);
        }
        Kind::Separable { from, stride, depthwise } => {
            let block = (depthwise, *stride);
            separable(lanes, layer, block, &before[*from], (to, &mut arena.scratch), rows);
        }
        Kind::Pointwise { from } => pointwise(lanes, layer, &before[*from], to, rows),
        Kind::Whole { from } => whole(lanes, layer, &before[*from], to),
    }
    to.filled = rows[1];
}
