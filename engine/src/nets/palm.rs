//! The palm detector: where hands are.
//!
//! F. Zhang et al., "MediaPipe Hands: On-device Real-time Hand Tracking" (2020). Blocks as BlazeFace's, but of 5x5; two
//! maps, the finer of them joined with what the coarser one knows of the whole.

use burn::module::Module;
use burn::nn::PRelu;
use burn::nn::conv::Conv2d;
use burn::tensor::module::interpolate;
use burn::tensor::ops::{InterpolateMode, InterpolateOptions};
use burn::tensor::{Device, Tensor};

use super::blazeface::per_anchor;
use super::block::{SeparableBlock, conv, prelu};

/// Side of the square input.
pub(crate) const INPUT_PX: usize = 192;
/// Sides of the two maps, and anchors in each cell of them.
pub(crate) const MAPS: [(usize, usize); 2] = [(24, 2), (12, 6)];
/// Numbers per anchor: a box (4) and seven key points (2 each).
pub(crate) const PALM_VALUES: usize = 18;

const KERNEL: usize = 5;
/// Channels before the first block and after each.
const CHANNELS: [usize; 20] =
    [32, 32, 32, 32, 64, 64, 64, 64, 128, 128, 128, 128, 256, 256, 256, 256, 256, 256, 256, 256];
/// Blocks that halve the resolution.
const HALVING: [usize; 4] = [3, 7, 11, 15];
/// The blocks before which the fine and the coarse map are read.
const FINE_BLOCK: usize = 11;
const COARSE_BLOCK: usize = 15;

/// The detector's layers.
#[derive(Module, Debug)]
pub(crate) struct PalmDetector {
    pub(crate) stem: Conv2d,
    pub(crate) stem_activation: PRelu,
    pub(crate) trunk: Vec<SeparableBlock>,
    pub(crate) coarse: Level,
    pub(crate) fine: Level,
}

/// One map: what comes from the coarser one below, two blocks, and what is said of each anchor.
#[derive(Module, Debug)]
pub(crate) struct Level {
    pub(crate) rise: Conv2d,
    pub(crate) rise_activation: PRelu,
    pub(crate) blocks: Vec<SeparableBlock>,
    pub(crate) score: Conv2d,
    pub(crate) place: Conv2d,
}

impl PalmDetector {
    /// The architecture, without weights.
    pub(crate) fn zeros(device: &Device) -> Self {
        let block = |i: usize| {
            let stride = if HALVING.contains(&i) { 2 } else { 1 };
            let [input, output] = [CHANNELS[i], CHANNELS[i + 1]];
            SeparableBlock::of_kernel(KERNEL, [input, output], stride, Some(prelu(output, device)), device)
        };
        let [(_, per_fine), (_, per_coarse)] = MAPS;
        let deepest = CHANNELS[CHANNELS.len() - 1];
        Self {
            stem: conv([3, CHANNELS[0]], KERNEL, 2, device),
            stem_activation: prelu(CHANNELS[0], device),
            trunk: (0..CHANNELS.len() - 1).map(block).collect(),
            coarse: Level::zeros([deepest, CHANNELS[COARSE_BLOCK]], per_coarse, device),
            fine: Level::zeros([CHANNELS[COARSE_BLOCK], CHANNELS[FINE_BLOCK]], per_fine, device),
        }
    }

    /// Raw boxes and scores of every anchor.
    ///
    /// # Shapes
    ///
    /// `[1, 3, 192, 192]` in `0..=1` to boxes `[1, 2016, 18]` (input pixels relative to the anchor) and scores
    /// `[1, 2016, 1]` (logits).
    pub(crate) fn forward(&self, x: Tensor<4>) -> (Tensor<3>, Tensor<3>) {
        let run = |x, blocks: &[SeparableBlock]| blocks.iter().fold(x, |x, block| block.forward(x));
        let stem = self.stem_activation.forward(self.stem.forward(x));
        let fine = run(stem, &self.trunk[..FINE_BLOCK]);
        let coarse = run(fine.clone(), &self.trunk[FINE_BLOCK..COARSE_BLOCK]);
        let deepest = run(coarse.clone(), &self.trunk[COARSE_BLOCK..]);
        let coarse = self.coarse.join(deepest, coarse);
        let fine = self.fine.join(coarse.clone(), fine);
        let levels = [(&self.fine, fine), (&self.coarse, coarse)];
        let boxes = levels.clone().map(|(level, x)| per_anchor(level.place.forward(x), PALM_VALUES));
        let scores = levels.map(|(level, x)| per_anchor(level.score.forward(x), 1));
        (Tensor::cat(boxes.to_vec(), 1), Tensor::cat(scores.to_vec(), 1))
    }
}

impl Level {
    fn zeros(channels: [usize; 2], anchors: usize, device: &Device) -> Self {
        let own = channels[1];
        let block = |_| SeparableBlock::of_kernel(KERNEL, [own, own], 1, Some(prelu(own, device)), device);
        Self {
            rise: conv(channels, 1, 1, device),
            rise_activation: prelu(own, device),
            blocks: (0..2).map(block).collect(),
            score: conv([own, anchors], 1, 1, device),
            place: conv([own, anchors * PALM_VALUES], 1, 1, device),
        }
    }

    /// The map `below`, twice as large, and the trunk's own map of that size.
    fn join(&self, below: Tensor<4>, own: Tensor<4>) -> Tensor<4> {
        let twice = InterpolateOptions::new(InterpolateMode::Bilinear)
            .with_align_corners(false)
            .with_scale_factor([2.0, 2.0]);
        let risen = self.rise_activation.forward(self.rise.forward(interpolate(below, twice)));
        self.blocks.iter().fold(own + risen, |x, block| block.forward(x))
    }
}
