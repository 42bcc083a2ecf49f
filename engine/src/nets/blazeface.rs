//! BlazeFace, short range: where faces are.
//!
//! V. Bazarevsky et al., "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs" (2019).

use burn::module::Module;
use burn::nn::conv::Conv2d;
use burn::tensor::activation::relu;
use burn::tensor::{Device, Tensor};

use super::block::{SeparableBlock, conv};

/// Side of the square input.
pub(crate) const INPUT_PX: usize = 128;
/// Anchors: 16 x 16 cells with 2 each, then 8 x 8 cells with 6 each.
pub(crate) const ANCHORS: usize = 896;
/// Numbers per anchor: a box (4) and six key points (2 each).
pub(crate) const BOX_VALUES: usize = 16;

/// The block before which the 16 x 16 features are read.
pub(super) const FINE_BLOCK: usize = 11;
/// Channels before the first block and after each.
const CHANNELS: [usize; 17] = [24, 24, 28, 32, 36, 42, 48, 56, 64, 72, 80, 88, 96, 96, 96, 96, 96];
/// Blocks that halve the resolution.
const HALVING: [usize; 3] = [2, 5, 11];

/// The detector's layers.
#[derive(Module, Debug)]
pub(crate) struct BlazeFace {
    pub(crate) stem: Conv2d,
    pub(crate) blocks: Vec<SeparableBlock>,
    pub(crate) score_fine: Conv2d,
    pub(crate) score_coarse: Conv2d,
    pub(crate) box_fine: Conv2d,
    pub(crate) box_coarse: Conv2d,
}

impl BlazeFace {
    /// The architecture, without weights.
    pub(crate) fn zeros(device: &Device) -> Self {
        let block = |i: usize| {
            let stride = if HALVING.contains(&i) { 2 } else { 1 };
            SeparableBlock::new([CHANNELS[i], CHANNELS[i + 1]], stride, None, device)
        };
        let (fine, coarse) = (CHANNELS[FINE_BLOCK], CHANNELS[16]);
        Self {
            stem: conv([3, CHANNELS[0]], 5, 2, device),
            blocks: (0..16).map(block).collect(),
            score_fine: conv([fine, 2], 1, 1, device),
            score_coarse: conv([coarse, 6], 1, 1, device),
            box_fine: conv([fine, 2 * BOX_VALUES], 1, 1, device),
            box_coarse: conv([coarse, 6 * BOX_VALUES], 1, 1, device),
        }
    }

    /// Raw boxes and scores of every anchor.
    ///
    /// # Shapes
    ///
    /// `[1, 3, 128, 128]` in `-1..=1` to boxes `[1, 896, 16]` (input pixels relative to the anchor) and scores
    /// `[1, 896, 1]` (logits).
    pub(crate) fn forward(&self, x: Tensor<4>) -> (Tensor<3>, Tensor<3>) {
        let stem = relu(self.stem.forward(x));
        let (upper, lower) = self.blocks.split_at(FINE_BLOCK);
        let fine = upper.iter().fold(stem, |x, block| block.forward(x));
        let coarse = lower.iter().fold(fine.clone(), |x, block| block.forward(x));
        let boxes = [(&self.box_fine, fine.clone()), (&self.box_coarse, coarse.clone())];
        let scores = [(&self.score_fine, fine), (&self.score_coarse, coarse)];
        let join = |heads: [(&Conv2d, Tensor<4>); 2], values: usize| {
            Tensor::cat(heads.map(|(conv, x)| per_anchor(conv.forward(x), values)).to_vec(), 1)
        };
        (join(boxes, BOX_VALUES), join(scores, 1))
    }
}

/// `[1, anchors per cell * values, h, w]` to `[1, h * w * anchors per cell, values]`.
pub(super) fn per_anchor(x: Tensor<4>, values: usize) -> Tensor<3> {
    let x = x.permute([0, 2, 3, 1]);
    let [_, h, w, n] = x.dims();
    x.reshape([1, h * w * n / values, values])
}
