//! The hand's landmarks: 21 points of one hand, and whether it is one.
//!
//! F. Zhang et al., "MediaPipe Hands: On-device Real-time Hand Tracking" (2020), the light model. Its blocks are inverted
//! residuals: M. Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks" (2018).

use burn::module::Module;
use burn::nn::conv::Conv2d;
use burn::nn::{Initializer, Linear, LinearConfig};
use burn::tensor::module::max_pool2d;
use burn::tensor::ops::MaxPoolOptions;
use burn::tensor::{Device, Tensor};

use super::block::{conv, depthwise};

/// Side of the square input.
pub(crate) const INPUT_PX: usize = 224;
/// Points of a hand: the wrist, then four of each finger from its root to its tip, the thumb first.
pub(crate) const POINTS: usize = 21;

const STEM: usize = 24;
/// Channels of the stem's end, which is the first block's input.
const ENTRY: usize = 16;
/// Each block's inner channels, kernel, stride and output.
const BLOCKS: [[usize; 4]; 14] = [
    [64, 3, 2, 16],
    [96, 3, 1, 16],
    [96, 5, 2, 24],
    [144, 5, 1, 24],
    [144, 3, 2, 48],
    [288, 3, 1, 48],
    [288, 3, 1, 48],
    [288, 5, 1, 64],
    [384, 5, 1, 64],
    [384, 5, 1, 64],
    [384, 5, 2, 112],
    [672, 5, 1, 112],
    [672, 5, 1, 112],
    [672, 5, 1, 112],
];
/// Channels of the mean that everything is read from.
const FEATURES: usize = 672;

/// The network's layers.
#[derive(Module, Debug)]
pub(crate) struct HandNet {
    pub(crate) stem: Conv2d,
    pub(crate) stem_depthwise: Conv2d,
    pub(crate) stem_project: Conv2d,
    pub(crate) blocks: Vec<InvertedResidual>,
    pub(crate) expand: Conv2d,
    pub(crate) depthwise: Conv2d,
    pub(crate) flag: Linear,
    pub(crate) points: Linear,
}

/// Pointwise to more channels, depthwise, pointwise back; plus the input where it has the output's shape.
#[derive(Module, Debug)]
pub(crate) struct InvertedResidual {
    pub(crate) expand: Conv2d,
    pub(crate) depthwise: Conv2d,
    pub(crate) project: Conv2d,
    stride: usize,
    has_skip: bool,
}

impl InvertedResidual {
    fn zeros(input: usize, [inner, kernel, stride, output]: [usize; 4], device: &Device) -> Self {
        Self {
            expand: conv([input, inner], 1, 1, device),
            depthwise: depthwise(inner, kernel, stride, device),
            project: conv([inner, output], 1, 1, device),
            stride,
            has_skip: input == output,
        }
    }

    fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let inner = relu6(self.depthwise.forward(relu6(self.expand.forward(x.clone()))));
        let y = self.project.forward(inner);
        match (self.has_skip, self.stride) {
            (false, _) => y,
            (true, 1) => y + x,
            (true, _) => y + max_pool2d(x, MaxPoolOptions::new([2, 2])),
        }
    }
}

impl HandNet {
    /// The architecture, without weights.
    pub(crate) fn zeros(device: &Device) -> Self {
        let input = |i: usize| if i == 0 { ENTRY } else { BLOCKS[i - 1][3] };
        let linear =
            |outputs| LinearConfig::new(FEATURES, outputs).with_initializer(Initializer::Zeros).init(device);
        Self {
            stem: conv([3, STEM], 3, 2, device),
            stem_depthwise: depthwise(STEM, 3, 1, device),
            stem_project: conv([STEM, ENTRY], 1, 1, device),
            blocks: (0..BLOCKS.len()).map(|i| InvertedResidual::zeros(input(i), BLOCKS[i], device)).collect(),
            expand: conv([input(BLOCKS.len()), FEATURES], 1, 1, device),
            depthwise: depthwise(FEATURES, 3, 1, device),
            flag: linear(1),
            points: linear(POINTS * 3),
        }
    }

    /// # Shapes
    ///
    /// `[1, 3, 224, 224]` in `0..=1` to 21 points `[1, 63]` (x, y, z in input pixels) and the flag `[1, 1]` (a logit).
    pub(crate) fn forward(&self, x: Tensor<4>) -> (Tensor<2>, Tensor<2>) {
        let stem = relu6(self.stem_depthwise.forward(relu6(self.stem.forward(x))));
        let x = self.stem_project.forward(stem);
        let x = self.blocks.iter().fold(x, |x, block| block.forward(x));
        let x = relu6(self.depthwise.forward(relu6(self.expand.forward(x))));
        let mean = x.mean_dim(3).mean_dim(2).reshape([1, FEATURES]);
        (self.points.forward(mean.clone()), self.flag.forward(mean))
    }
}

fn relu6(x: Tensor<4>) -> Tensor<4> {
    x.clamp(0.0, 6.0)
}
