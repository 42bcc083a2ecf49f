//! FaceMesh: 468 landmarks of one face, and whether it is a face.
//!
//! Y. Kartynnik et al., "Real-time Facial Surface Geometry from Monocular Video on Mobile GPUs" (2019).

use burn::module::Module;
use burn::nn::PRelu;
use burn::nn::conv::Conv2d;
use burn::tensor::{Device, Tensor};

use super::block::{SeparableBlock, conv, conv_valid, prelu};
use crate::topology::VERTICES;

/// Side of the square input.
pub(crate) const INPUT_PX: usize = 192;

/// Channels before the first trunk block and after each.
pub(super) const CHANNELS: [usize; 18] =
    [16, 16, 16, 32, 32, 32, 64, 64, 64, 128, 128, 128, 128, 128, 128, 128, 128, 128];
/// Trunk blocks that halve the resolution.
pub(super) const HALVING: [usize; 5] = [2, 5, 8, 11, 14];
/// The trunk block after which the flag's branch starts.
pub(super) const FLAG_BLOCK: usize = 14;
/// Side of the map at the trunk's end.
pub(super) const MAP: usize = 3;
/// Channels of a head.
pub(super) const HEAD: usize = 32;

/// The mesh network's layers.
#[derive(Module, Debug)]
pub(crate) struct FaceMesh {
    pub(crate) stem: Conv2d,
    pub(crate) stem_activation: PRelu,
    pub(crate) trunk: Vec<SeparableBlock>,
    pub(crate) mesh: Head,
    pub(crate) flag_entry: SeparableBlock,
    pub(crate) flag: Head,
}

/// Squeeze, one block, and a last convolution over the whole map.
#[derive(Module, Debug)]
pub(crate) struct Head {
    pub(crate) squeeze: Conv2d,
    pub(crate) squeeze_activation: PRelu,
    pub(crate) block: SeparableBlock,
    pub(crate) output: Conv2d,
}

impl Head {
    /// A head over a map of `side` x `side`.
    pub(super) fn zeros(outputs: usize, side: usize, device: &Device) -> Self {
        Self {
            squeeze: conv([CHANNELS[17], HEAD], 1, 1, device),
            squeeze_activation: prelu(HEAD, device),
            block: SeparableBlock::new([HEAD, HEAD], 1, Some(prelu(HEAD, device)), device),
            output: conv_valid([HEAD, outputs], side, device),
        }
    }

    /// `[1, 128, side, side]` to `[1, 32, side, side]`.
    pub(super) fn features(&self, x: Tensor<4>) -> Tensor<4> {
        self.block.forward(self.squeeze_activation.forward(self.squeeze.forward(x)))
    }

    /// `[1, 128, side, side]` to `[1, outputs]`.
    pub(super) fn forward(&self, x: Tensor<4>) -> Tensor<2> {
        whole(&self.output, self.features(x))
    }
}

/// A convolution over the whole map: `[1, inputs, side, side]` to `[1, outputs]`.
pub(super) fn whole(output: &Conv2d, x: Tensor<4>) -> Tensor<2> {
    let outputs = output.forward(x);
    let [n, values, _, _] = outputs.dims();
    outputs.reshape([n, values])
}

impl FaceMesh {
    /// The architecture, without weights.
    pub(crate) fn zeros(device: &Device) -> Self {
        let block = |i: usize, stride: usize| {
            let channels = [CHANNELS[i], CHANNELS[i + 1]];
            SeparableBlock::new(channels, stride, Some(prelu(channels[1], device)), device)
        };
        Self {
            stem: conv([3, CHANNELS[0]], 3, 2, device),
            stem_activation: prelu(CHANNELS[0], device),
            trunk: (0..17).map(|i| block(i, if HALVING.contains(&i) { 2 } else { 1 })).collect(),
            mesh: Head::zeros(VERTICES * 3, MAP, device),
            flag_entry: block(FLAG_BLOCK, 2),
            flag: Head::zeros(1, MAP, device),
        }
    }

    /// Landmarks and the face flag.
    ///
    /// # Shapes
    ///
    /// `[1, 3, 192, 192]` in `0..=1` to landmarks `[1, 1404]` (x, y, z in input pixels) and the flag `[1, 1]`
    /// (logit).
    pub(crate) fn forward(&self, x: Tensor<4>) -> (Tensor<2>, Tensor<2>) {
        let stem = self.stem_activation.forward(self.stem.forward(x));
        let (upper, lower) = self.trunk.split_at(FLAG_BLOCK);
        let shared = upper.iter().fold(stem, |x, block| block.forward(x));
        let deep = lower.iter().fold(shared.clone(), |x, block| block.forward(x));
        (self.mesh.forward(deep), self.flag.forward(self.flag_entry.forward(shared)))
    }
}
