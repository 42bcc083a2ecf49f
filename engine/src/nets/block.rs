//! The block all networks are made of, and the layers around it.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{Initializer, PRelu, PReluConfig, PaddingConfig2d};
use burn::tensor::activation::relu;
use burn::tensor::module::max_pool2d;
use burn::tensor::ops::{MaxPoolOptions, PadMode};
use burn::tensor::{Device, Tensor};

/// Depthwise 3x3 or 5x5, pointwise 1x1, plus the input (pooled and zero-padded to fit), then ReLU or PReLU.
#[derive(Module, Debug)]
pub(crate) struct SeparableBlock {
    pub(crate) depthwise: Conv2d,
    pub(crate) pointwise: Conv2d,
    pub(crate) activation: Option<PRelu>,
    stride: usize,
    extra_channels: usize,
}

impl SeparableBlock {
    /// A block of zeros with a kernel of 3x3, to be filled from a record.
    pub(crate) fn new(
        channels: [usize; 2],
        stride: usize,
        activation: Option<PRelu>,
        device: &Device,
    ) -> Self {
        Self::of_kernel(3, channels, stride, activation, device)
    }

    /// The same with a kernel of another size.
    pub(super) fn of_kernel(
        kernel: usize,
        channels: [usize; 2],
        stride: usize,
        activation: Option<PRelu>,
        device: &Device,
    ) -> Self {
        let [input, output] = channels;
        Self {
            depthwise: depthwise(input, kernel, stride, device),
            pointwise: conv([input, output], 1, 1, device),
            activation,
            stride,
            extra_channels: output - input,
        }
    }

    /// # Shapes
    ///
    /// `[n, input, h, w]` to `[n, output, h / stride, w / stride]`.
    pub(crate) fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let y = self.pointwise.forward(self.depthwise.forward(x.clone()));
        let mut skip = if self.stride == 2 { max_pool2d(x, MaxPoolOptions::new([2, 2])) } else { x };
        if self.extra_channels > 0 {
            let pads = [(0, 0), (0, self.extra_channels), (0, 0), (0, 0)];
            skip = skip.pad(pads, PadMode::Constant(0.0));
        }
        match &self.activation {
            Some(prelu) => prelu.forward(y + skip),
            None => relu(y + skip),
        }
    }
}

/// A convolution of zeros padded like TFLite's SAME: for stride 2 on even sides one pixel more after than before.
pub(super) fn conv(channels: [usize; 2], kernel: usize, stride: usize, device: &Device) -> Conv2d {
    let padding = same_padding(kernel, stride);
    config(channels, kernel).with_stride([stride, stride]).with_padding(padding).init(device)
}

/// A convolution of zeros without padding.
pub(super) fn conv_valid(channels: [usize; 2], kernel: usize, device: &Device) -> Conv2d {
    config(channels, kernel).init(device)
}

/// The same with one kernel per channel.
pub(super) fn depthwise(channels: usize, kernel: usize, stride: usize, device: &Device) -> Conv2d {
    let padding = same_padding(kernel, stride);
    config([channels, channels], kernel)
        .with_groups(channels)
        .with_stride([stride, stride])
        .with_padding(padding)
        .init(device)
}

fn same_padding(kernel: usize, stride: usize) -> PaddingConfig2d {
    let half = kernel / 2;
    match (kernel, stride) {
        (1, _) => PaddingConfig2d::Valid,
        (_, 1) => PaddingConfig2d::Explicit(half, half, half, half),
        _ => PaddingConfig2d::Same,
    }
}

/// Zeros, since Burn's own initial values are random, and a record replaces them anyway.
fn config(channels: [usize; 2], kernel: usize) -> Conv2dConfig {
    Conv2dConfig::new(channels, [kernel, kernel]).with_initializer(Initializer::Zeros)
}

/// One learnt slope per channel.
pub(super) fn prelu(channels: usize, device: &Device) -> PRelu {
    PReluConfig::new().with_num_parameters(channels).init(device)
}
