//! Both networks as the kernels run them: packed from the Burn modules, which own the weights.

use burn::nn::PRelu;
use burn::nn::conv::Conv2d;
use burn::tensor::Tensor;

use super::block::SeparableBlock;
use super::{BlazeFace, FaceMesh, blazeface, facemesh};
use crate::kernels::{Depthwise, InputShape, Kind, Layer, Network, Product, WIDTH, Weights};

/// Numbers of weights that a step should at least multiply for each number it reads of them: below that, several rows
/// are computed at once.
const PIXELS_AT_ONCE: usize = 24;

/// A network, and the maps that hold what it found.
#[derive(Debug)]
pub(super) struct Fused<const OUTPUTS: usize> {
    pub(super) network: Network<WIDTH>,
    pub(super) outputs: [usize; OUTPUTS],
}

/// The detector; its outputs are the fine and the coarse map, each pixel with the boxes of its anchors and then their
/// scores. None when the device does not give its weights away.
pub(super) fn blazeface(module: &BlazeFace) -> Option<Fused<2>> {
    let mut packer = Packer::new(blazeface::INPUT_PX, 5);
    let mut map = packer.stem(&module.stem, None)?;
    for (i, block) in module.blocks.iter().enumerate() {
        map = packer.block(map, block, i + 1 == blazeface::FINE_BLOCK || i + 1 == module.blocks.len())?;
    }
    let fine = packer.pointwise(blazeface::FINE_BLOCK, &[&module.box_fine, &module.score_fine], None)?;
    let coarse = packer.pointwise(map, &[&module.box_coarse, &module.score_coarse], None)?;
    Some(Fused { network: packer.network, outputs: [fine, coarse] })
}

/// The mesh; its outputs are one pixel of landmarks and one with the flag. None as for the detector.
pub(super) fn facemesh(module: &FaceMesh) -> Option<Fused<2>> {
    let mut packer = Packer::new(facemesh::INPUT_PX, 3);
    let mut map = packer.stem(&module.stem, Some(&module.stem_activation))?;
    for (i, block) in module.trunk.iter().enumerate() {
        map = packer.block(map, block, i + 1 == facemesh::FLAG_BLOCK || i + 1 == module.trunk.len())?;
    }
    let landmarks = packer.head(map, &module.mesh)?;
    let entry = packer.block(facemesh::FLAG_BLOCK, &module.flag_entry, true)?;
    let flag = packer.head(entry, &module.flag)?;
    Some(Fused { network: packer.network, outputs: [landmarks, flag] })
}

/// Builds a network layer by layer.
pub(super) struct Packer {
    pub(super) network: Network<WIDTH>,
}

impl Packer {
    fn new(side: usize, kernel: usize) -> Self {
        Self { network: Network::new(InputShape::of_stem(side, kernel)) }
    }

    /// A convolution of the input, then PReLU or ReLU.
    fn stem(&mut self, conv: &Conv2d, activation: Option<&PRelu>) -> Option<usize> {
        let [_, inputs, kernel, _] = conv.weight.val().dims();
        let layer = Dense::of(&[conv], slopes(activation, 0.0)?)?;
        let place = |k: usize| (k % inputs, k / inputs);
        let product = layer.pack(kernel * kernel * inputs, place, usize::MAX);
        Some(self.network.push(Layer { kind: Kind::Stem { kernel }, product, rows_at_once: 1 }, false))
    }

    /// A separable block.
    pub(super) fn block(&mut self, from: usize, block: &SeparableBlock, whole: bool) -> Option<usize> {
        let [channels, _, _, _] = block.depthwise.weight.val().dims();
        let (weights, biases) = (numbers(block.depthwise.weight.val())?, bias(&block.depthwise)?);
        let depthwise = Depthwise::pack(channels, |c, tap| weights[c * 9 + tap], |c| biases[c]);
        let layer = Dense::of(&[&block.pointwise], slopes(block.activation.as_ref(), 0.0)?)?;
        let product = layer.pack(depthwise.vectors() * WIDTH, |k| (k, 0), usize::MAX);
        let stride = block.depthwise.stride[0];
        let width = self.network.size(from)[0] / stride;
        let kind = Kind::Separable { from, stride, depthwise };
        Some(self.network.push(Layer { kind, product, rows_at_once: PIXELS_AT_ONCE.div_ceil(width) }, whole))
    }

    /// Pointwise convolutions of the same map, one after the other in the output's channels.
    fn pointwise(&mut self, from: usize, convs: &[&Conv2d], activation: Option<&PRelu>) -> Option<usize> {
        let [_, inputs, _, _] = convs.first()?.weight.val().dims();
        let layer = Dense::of(convs, slopes(activation, 1.0)?)?;
        let product = layer.pack(inputs.div_ceil(WIDTH) * WIDTH, |k| (k, 0), usize::MAX);
        let [width, height] = self.network.size(from);
        let rows_at_once = PIXELS_AT_ONCE.div_ceil(width).min(height);
        Some(self.network.push(Layer { kind: Kind::Pointwise { from }, product, rows_at_once }, true))
    }

    fn head(&mut self, from: usize, head: &facemesh::Head) -> Option<usize> {
        let squeezed = self.pointwise(from, &[&head.squeeze], Some(&head.squeeze_activation))?;
        let features = self.block(squeezed, &head.block, true)?;
        let [_, inputs, kernel, _] = head.output.weight.val().dims();
        let padded = inputs.div_ceil(WIDTH) * WIDTH;
        let layer = Dense::of(&[&head.output], slopes(None, 1.0)?)?;
        let product = layer.pack(kernel * kernel * padded, |k| (k % padded, k / padded), 1);
        Some(
            self.network.push(Layer { kind: Kind::Whole { from: features }, product, rows_at_once: 1 }, true),
        )
    }
}

/// Dense convolutions with one kernel size, side by side.
struct Dense {
    /// By output, input and place in the kernel.
    weights: Vec<f32>,
    biases: Vec<f32>,
    slopes: Box<dyn Fn(usize) -> f32>,
    inputs: usize,
    places: usize,
}

impl Dense {
    fn of(convs: &[&Conv2d], slopes: Box<dyn Fn(usize) -> f32>) -> Option<Self> {
        let [_, inputs, height, width] = convs.first()?.weight.val().dims();
        let (mut weights, mut biases) = (Vec::new(), Vec::new());
        for conv in convs {
            weights.extend(numbers(conv.weight.val())?);
            biases.extend(bias(conv)?);
        }
        Some(Self { weights, biases, slopes, inputs, places: height * width })
    }

    /// Packs `runs` numbers per output, of which `place` says the input channel and the place in the kernel; channels that
    /// only pad count nothing.
    fn pack(self, runs: usize, place: impl Fn(usize) -> (usize, usize), pixels: usize) -> Product<WIDTH> {
        let weight = |k: usize, o: usize| {
            let (input, at) = place(k);
            if input < self.inputs { self.weights[(o * self.inputs + input) * self.places + at] } else { 0.0 }
        };
        let outputs = self.biases.len();
        let bias = |o: usize| self.biases[o];
        Product::pack(Weights { inputs: runs, outputs, weight, bias, slope: &self.slopes }, pixels)
    }
}

/// PReLU's slopes, or the same for every channel where there is none.
fn slopes(activation: Option<&PRelu>, otherwise: f32) -> Option<Box<dyn Fn(usize) -> f32>> {
    let Some(prelu) = activation else { return Some(Box::new(move |_| otherwise)) };
    let learnt = numbers(prelu.alpha.val())?;
    Some(Box::new(move |o| learnt[o]))
}

fn bias(conv: &Conv2d) -> Option<Vec<f32>> {
    numbers(conv.bias.as_ref()?.val())
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Option<Vec<f32>> {
    tensor.try_into_data().ok()?.try_to_vec::<f32>().ok()
}

#[cfg(test)]
mod tests {
    use burn::module::Param;
    use burn::tensor::activation::relu;
    use burn::tensor::{Device, TensorData};

    use super::super::block::{conv, prelu};
    use super::*;
    use crate::kernels::{Arena, infer, infer_otherwise};

    /// Marsaglia's xorshift: repeatable disorder.
    struct Xorshift(u64);

    impl Xorshift {
        fn next(&mut self) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0
        }

        fn between(&mut self, low: usize, high: usize) -> usize {
            low + (self.next() % (high - low + 1) as u64) as usize
        }

        /// From -0.5 to 0.5.
        fn number(&mut self) -> f32 {
            (self.next() >> 40) as f32 / (1u64 << 24) as f32 - 0.5
        }

        fn tensor<const D: usize>(&mut self, shape: [usize; D]) -> Tensor<D> {
            let values: Vec<f32> = (0..shape.iter().product()).map(|_| self.number()).collect();
            Tensor::from_data(TensorData::new(values, shape), &Device::flex())
        }

        fn fill_conv(&mut self, layer: &mut Conv2d) {
            let shape = layer.weight.val().dims();
            layer.weight = Param::from_tensor(self.tensor(shape));
            layer.bias = Some(Param::from_tensor(self.tensor([shape[0]])));
        }
    }

    /// A stem and two blocks of a random shape, with random weights.
    struct Shape {
        side: usize,
        kernel: usize,
        stem: Conv2d,
        blocks: [SeparableBlock; 2],
    }

    fn random_shape(random: &mut Xorshift) -> Shape {
        let device = Device::flex();
        let kernel = [3, 5][random.between(0, 1)];
        let strides = [random.between(1, 2), random.between(1, 2)];
        // Odd sizes where no block halves them; a halving block is only ever given even ones.
        let side = 2 * strides[0] * strides[1] * random.between(1, 9);
        let mut channels = [random.between(1, 40), 0, 0];
        channels[1] = channels[0] + random.between(0, 20);
        channels[2] = channels[1] + random.between(0, 50);
        let mut stem = conv([3, channels[0]], kernel, 2, &device);
        random.fill_conv(&mut stem);
        let blocks = [0, 1].map(|i| {
            let activation = (random.between(0, 1) == 1).then(|| {
                let mut layer = prelu(channels[i + 1], &device);
                layer.alpha = Param::from_tensor(random.tensor([channels[i + 1]]));
                layer
            });
            let pair = [channels[i], channels[i + 1]];
            let mut block = SeparableBlock::new(pair, strides[i], activation, &device);
            random.fill_conv(&mut block.depthwise);
            random.fill_conv(&mut block.pointwise);
            block
        });
        Shape { side, kernel, stem, blocks }
    }

    /// The last map's numbers, channel by channel.
    fn read(network: &Network<WIDTH>, arena: &Arena<WIDTH>, map: usize, channels: usize) -> Vec<f32> {
        let [width, height] = network.size(map);
        let pixels = || (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        (0..channels).flat_map(|c| pixels().map(move |(x, y)| arena.pixel(map, x, y)[c])).collect()
    }

    fn largest_gap(a: &[f32], b: &[f32]) -> f32 {
        assert_eq!(a.len(), b.len());
        a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    }

    #[test]
    fn kernels_agree_with_the_modules_and_with_their_scalar_twin() {
        let mut random = Xorshift(0x2545_F491_4F6C_DD1D);
        for round in 0..60 {
            let Shape { side, kernel, stem, blocks } = random_shape(&mut random);
            let mut packer = Packer::new(side, kernel);
            let mut map = packer.stem(&stem, None).expect("flex gives its weights away");
            for (i, block) in blocks.iter().enumerate() {
                map = packer.block(map, block, i == 1).expect("flex gives its weights away");
            }
            let network = packer.network;
            let input: Vec<f32> = (0..3 * side * side).map(|_| random.number()).collect();
            let planes =
                Tensor::from_data(TensorData::new(input.clone(), [1, 3, side, side]), &Device::flex());
            let oracle = blocks.iter().fold(relu(stem.forward(planes)), |x, block| block.forward(x));
            let [_, channels, _, _] = oracle.dims();
            let oracle = numbers(oracle).expect("flex gives its numbers away");
            let scale = oracle.iter().fold(1.0f32, |most, v| most.max(v.abs()));

            let mut arena = network.arena();
            for i in 0..side * side {
                arena.set_input(i % side, i / side, [0, 1, 2].map(|k| input[k * side * side + i]));
            }
            infer(&network, &mut arena);
            let fast = read(&network, &arena, map, channels);
            let gap = largest_gap(&fast, &oracle);
            assert!(gap <= 2e-5 * scale, "round {round}: {gap} of {scale}, side {side}, channels {channels}");
            infer_otherwise(&network, &mut arena, |with, arena| {
                let gap = largest_gap(&read(&network, arena, map, channels), &fast);
                assert!(gap <= 2e-5 * scale, "round {round}: {with} differs by {gap}");
            });
        }
    }
}
