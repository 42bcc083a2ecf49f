//! The engine's kernels in the shape of both networks, for measurements.
//!
//! It is the engine's own source, compiled without Burn. The weights are made by a formula: they change what comes out, and
//! nothing about how long it takes. That the kernels compute the right thing is for the engine's tests to say.

#[path = "../../../../engine/src/kernels/mod.rs"]
#[allow(dead_code, reason = "what only the engine uses")]
mod kernels;

use std::cell::RefCell;

use kernels::{Arena, Depthwise, InputShape, Kind, Layer, Network, Product, WIDTH, Weights};

/// As in `engine/src/nets/fused.rs`.
const PIXELS_AT_ONCE: usize = 24;

/// A network, its memory and its input.
struct Net {
    network: Network<WIDTH>,
    arena: Arena<WIDTH>,
}

/// A number from -0.15 to 0.15, the same each time.
fn number(a: usize, b: usize) -> f32 {
    let mut x = (a as u64 * 7919 + b as u64 * 104_729 + 12_345) | 1;
    for _ in 0..2 {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    ((x >> 40) as f32 / (1u64 << 24) as f32 - 0.5) * 0.3
}

fn product(inputs: usize, outputs: usize, pixels: usize) -> Product<WIDTH> {
    let weights = Weights { inputs, outputs, weight: number, bias: |o| number(o, 3), slope: |_| 0.1 };
    Product::pack(weights, pixels)
}

fn padded(channels: usize) -> usize {
    channels.div_ceil(WIDTH) * WIDTH
}

fn stem(side: usize, kernel: usize, outputs: usize) -> Network<WIDTH> {
    let mut network = Network::new(InputShape::of_stem(side, kernel));
    let product = product(3 * kernel * kernel, outputs, usize::MAX);
    network.push(Layer { kind: Kind::Stem { kernel }, product, rows_at_once: 1 }, false);
    network
}

fn block(network: &mut Network<WIDTH>, from: usize, channels: [usize; 2], stride: usize, whole: bool) -> usize {
    let rows_at_once = PIXELS_AT_ONCE.div_ceil(network.size(from)[0] / stride);
    let depthwise = Depthwise::pack(channels[0], number, |c| number(c, 11));
    let product = product(padded(channels[0]), channels[1], usize::MAX);
    network.push(Layer { kind: Kind::Separable { from, stride, depthwise }, product, rows_at_once }, whole)
}

fn pointwise(network: &mut Network<WIDTH>, from: usize, channels: [usize; 2]) -> usize {
    let [width, height] = network.size(from);
    let rows_at_once = PIXELS_AT_ONCE.div_ceil(width).min(height);
    let product = product(padded(channels[0]), channels[1], usize::MAX);
    network.push(Layer { kind: Kind::Pointwise { from }, product, rows_at_once }, true)
}

fn detector() -> Network<WIDTH> {
    const CHANNELS: [usize; 17] = [24, 24, 28, 32, 36, 42, 48, 56, 64, 72, 80, 88, 96, 96, 96, 96, 96];
    let mut network = stem(128, 5, CHANNELS[0]);
    for i in 0..16 {
        let stride = if [2, 5, 11].contains(&i) { 2 } else { 1 };
        block(&mut network, i, [CHANNELS[i], CHANNELS[i + 1]], stride, i == 10 || i == 15);
    }
    pointwise(&mut network, 11, [88, 34]);
    pointwise(&mut network, 16, [96, 102]);
    network
}

fn mesh() -> Network<WIDTH> {
    const CHANNELS: [usize; 18] =
        [16, 16, 16, 32, 32, 32, 64, 64, 64, 128, 128, 128, 128, 128, 128, 128, 128, 128];
    let mut network = stem(192, 3, CHANNELS[0]);
    for i in 0..17 {
        let stride = if [2, 5, 8, 11, 14].contains(&i) { 2 } else { 1 };
        block(&mut network, i, [CHANNELS[i], CHANNELS[i + 1]], stride, i == 13 || i == 16);
    }
    head(&mut network, 17, 1404);
    let entry = block(&mut network, 14, [128, 128], 2, true);
    head(&mut network, entry, 1);
    network
}

fn head(network: &mut Network<WIDTH>, from: usize, outputs: usize) {
    let squeezed = pointwise(network, from, [128, 32]);
    let features = block(network, squeezed, [32, 32], 1, true);
    let product = product(9 * 32, outputs, 1);
    network.push(Layer { kind: Kind::Whole { from: features }, product, rows_at_once: 1 }, true);
}

fn net(network: Network<WIDTH>, side: usize) -> Net {
    let mut arena = network.arena();
    for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
        arena.set_input(x, y, [0, 1, 2].map(|k| number(x * 3 + k, y)));
    }
    Net { network, arena }
}

thread_local! {
    static NETS: RefCell<[Net; 2]> = RefCell::new([net(detector(), 128), net(mesh(), 192)]);
}

/// Runs the detector (0) or the mesh (1) `times` times.
#[unsafe(no_mangle)]
pub extern "C" fn run(which: usize, times: usize) {
    NETS.with_borrow_mut(|nets| {
        let Net { network, arena } = &mut nets[which.min(1)];
        (0..times).for_each(|_| kernels::infer(network, arena));
    });
}

/// What they compute with.
pub fn instructions() -> &'static str {
    kernels::instructions()
}
