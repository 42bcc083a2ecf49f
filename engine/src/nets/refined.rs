//! The refined mesh: 468 landmarks whose eyes and lips are looked at twice, and both irises.
//!
//! I. Grishchenko et al., "Attention Mesh: High-fidelity Face Mesh Prediction in Real-time" (2020). The trunk is
//! FaceMesh's; then each region cuts its part out of the fine map of features and measures that.

use burn::module::Module;
use burn::nn::PRelu;
use burn::nn::conv::Conv2d;
use burn::tensor::{Device, Tensor};

use super::block::{SeparableBlock, conv, conv_valid, prelu};
use super::facemesh::{CHANNELS, HALVING, HEAD, Head, MAP, whole};
use super::region;
use crate::topology::VERTICES;

/// The trunk block after which the regions are cut out.
const FINE_BLOCK: usize = 3;
/// Channels before the first of a region's blocks and after each; the first of those that halve the resolution.
const REGION_CHANNELS: [usize; 7] = [32, 32, 32, 64, 64, 64, 128];
const REGION_HALVING: [usize; 2] = [2, 5];
/// Blocks of a branch, and which of them halves the resolution.
const BRANCH_BLOCKS: usize = 5;
const BRANCH_HALVING: usize = 2;
/// Side of the map at a branch's end.
const BRANCH_MAP: usize = 2;
/// Points of an iris: its centre, and four on its rim.
pub(crate) const IRIS: usize = 5;

/// The refined network's layers.
#[derive(Module, Debug)]
pub(crate) struct RefinedMesh {
    pub(crate) stem: Conv2d,
    pub(crate) stem_activation: PRelu,
    pub(crate) trunk: Vec<SeparableBlock>,
    pub(crate) mesh: Head,
    pub(crate) flag: Conv2d,
    pub(crate) lips: Region,
    pub(crate) left_eye: Region,
    pub(crate) right_eye: Region,
}

/// The part of the face that is looked at again.
#[derive(Module, Debug)]
pub(crate) struct Region {
    pub(crate) blocks: Vec<SeparableBlock>,
    pub(crate) contour: Branch,
    pub(crate) iris: Option<Branch>,
}

/// What measures one thing in a region.
#[derive(Module, Debug)]
pub(crate) struct Branch {
    pub(crate) blocks: Vec<SeparableBlock>,
    pub(crate) head: Head,
}

/// What the trunk says.
pub(super) struct Overview {
    /// `[1, 32, 48, 48]`: what the regions are cut out of.
    pub(super) features: Tensor<4>,
    /// `[1, 1404]`: x, y, z in input pixels.
    pub(super) landmarks: Tensor<2>,
    /// `[1, 1]`, a logit.
    pub(super) flag: Tensor<2>,
}

fn block(channels: [usize; 2], is_halving: bool, device: &Device) -> SeparableBlock {
    SeparableBlock::new(channels, if is_halving { 2 } else { 1 }, Some(prelu(channels[1], device)), device)
}

impl RefinedMesh {
    /// The architecture, without weights.
    pub(crate) fn zeros(device: &Device) -> Self {
        let trunk = |i: usize| block([CHANNELS[i], CHANNELS[i + 1]], HALVING.contains(&i), device);
        Self {
            stem: conv([3, CHANNELS[0]], 3, 2, device),
            stem_activation: prelu(CHANNELS[0], device),
            trunk: (0..17).map(trunk).collect(),
            mesh: Head::zeros(VERTICES * 3, MAP, device),
            flag: conv_valid([HEAD, 1], MAP, device),
            lips: Region::zeros(region::LIPS.len(), false, device),
            left_eye: Region::zeros(region::LEFT_EYE.len(), true, device),
            right_eye: Region::zeros(region::RIGHT_EYE.len(), true, device),
        }
    }

    /// The first look, at the whole face: `[1, 3, 192, 192]` in `0..=1`.
    pub(super) fn overview(&self, x: Tensor<4>) -> Overview {
        let stem = self.stem_activation.forward(self.stem.forward(x));
        let (fine, coarse) = self.trunk.split_at(FINE_BLOCK);
        let features = fine.iter().fold(stem, |x, block| block.forward(x));
        let deep = coarse.iter().fold(features.clone(), |x, block| block.forward(x));
        let face = self.mesh.features(deep);
        Overview {
            features,
            landmarks: whole(&self.mesh.output, face.clone()),
            flag: whole(&self.flag, face),
        }
    }
}

impl Region {
    fn zeros(points: usize, has_iris: bool, device: &Device) -> Self {
        let layer = |i: usize| {
            let channels = [REGION_CHANNELS[i], REGION_CHANNELS[i + 1]];
            block(channels, REGION_HALVING.contains(&i), device)
        };
        Self {
            blocks: (0..6).map(layer).collect(),
            contour: Branch::zeros(points, device),
            iris: has_iris.then(|| Branch::zeros(IRIS, device)),
        }
    }

    /// The second look, at the region: `[1, 32, 16, 16]` to the contour's `[1, 2 * points]` and the iris's `[1, 10]`,
    /// x and y in quarter cells of the region's grid.
    pub(super) fn forward(&self, x: Tensor<4>) -> (Tensor<2>, Option<Tensor<2>>) {
        let x = self.blocks.iter().fold(x, |x, block| block.forward(x));
        (self.contour.forward(x.clone()), self.iris.as_ref().map(|iris| iris.forward(x)))
    }
}

impl Branch {
    fn zeros(points: usize, device: &Device) -> Self {
        let channels = REGION_CHANNELS[6];
        Self {
            blocks: (0..BRANCH_BLOCKS).map(|i| block([channels; 2], i == BRANCH_HALVING, device)).collect(),
            head: Head::zeros(2 * points, BRANCH_MAP, device),
        }
    }

    fn forward(&self, x: Tensor<4>) -> Tensor<2> {
        self.head.forward(self.blocks.iter().fold(x, |x, block| block.forward(x)))
    }
}
