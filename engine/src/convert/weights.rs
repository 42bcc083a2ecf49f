//! Which TFLite operator fills which layer, and the change of layout on the way.
//!
//! Operators are named by their output, as the files have it; `shared` structure is in `nets`. The hands' files have names
//! that say little: there operators are counted in the order in which they run.

use burn::module::Param;
use burn::nn::conv::Conv2d;
use burn::nn::{Linear, PRelu};
use burn::tensor::{Device, Tensor, TensorData};

use super::tflite::{Constant, Tflite};
use crate::nets::{
    BlazeFace, Branch, FaceMesh, HandNet, Head, InvertedResidual, Level, PalmDetector, RefinedMesh, Region,
    SeparableBlock,
};

/// Codes of TFLite's operators.
const CONV_2D: usize = 3;
const DEPTHWISE_CONV_2D: usize = 4;
const FULLY_CONNECTED: usize = 9;
const PRELU: usize = 54;

/// BlazeFace with the file's weights.
pub(super) fn blazeface(file: &Tflite, device: &Device) -> Result<BlazeFace, String> {
    let source = Source { file, device };
    let mut net = BlazeFace::zeros(device);
    source.conv(&mut net.stem, "conv2d")?;
    for (i, block) in net.blocks.iter_mut().enumerate() {
        source.block(block, [i, i + 1, i + 1])?;
    }
    source.conv(&mut net.score_fine, "classificator_8")?;
    source.conv(&mut net.score_coarse, "classificator_16")?;
    source.conv(&mut net.box_fine, "regressor_8")?;
    source.conv(&mut net.box_coarse, "regressor_16")?;
    Ok(net)
}

/// FaceMesh with the file's weights.
pub(super) fn facemesh(file: &Tflite, device: &Device) -> Result<FaceMesh, String> {
    let source = Source { file, device };
    let mut net = FaceMesh::zeros(device);
    source.conv(&mut net.stem, "conv2d_1")?;
    source.prelu(&mut net.stem_activation, "p_re_lu_1")?;
    for (i, block) in net.trunk.iter_mut().enumerate() {
        source.block(block, [i + 1, i + 2, i + 2])?;
    }
    source.head(&mut net.mesh, [19, 19], [18, 20, 20], "conv2d_21")?;
    source.block(&mut net.flag_entry, [23, 28, 26])?;
    source.head(&mut net.flag, [29, 27], [24, 30, 28], "conv2d_31")?;
    Ok(net)
}

/// The refined mesh with the file's weights.
pub(super) fn refined(file: &Tflite, device: &Device) -> Result<RefinedMesh, String> {
    let source = Source { file, device };
    let mut net = RefinedMesh::zeros(device);
    source.conv(&mut net.stem, "conv2d")?;
    source.prelu(&mut net.stem_activation, "p_re_lu")?;
    for (i, block) in net.trunk.iter_mut().enumerate() {
        source.block(block, [i, i + 1, i + 1])?;
    }
    source.head(&mut net.mesh, [18, 18], [17, 19, 19], "output_mesh")?;
    source.conv(&mut net.flag, "conv_faceflag")?;
    source.region(&mut net.lips, [18, 20], ["conv_lips", ""])?;
    source.region(&mut net.left_eye, [30, 33], ["conv_left_eye", "conv_left_iris"])?;
    source.region(&mut net.right_eye, [48, 53], ["conv_right_eye", "conv_right_iris"])?;
    Ok(net)
}

/// The palm detector with the file's weights.
pub(super) fn palms(file: &Tflite, device: &Device) -> Result<PalmDetector, String> {
    let mut next = InOrder::new(file, device);
    let mut net = PalmDetector::zeros(device);
    next.conv(&mut net.stem)?;
    next.prelu(&mut net.stem_activation)?;
    net.trunk.iter_mut().try_for_each(|block| next.block(block))?;
    next.level(&mut net.coarse)?;
    next.level(&mut net.fine)?;
    Ok(net)
}

/// The hand's landmarks with the file's weights.
pub(super) fn hand(file: &Tflite, device: &Device) -> Result<HandNet, String> {
    let mut next = InOrder::new(file, device);
    let mut net = HandNet::zeros(device);
    next.conv(&mut net.stem)?;
    next.depthwise(&mut net.stem_depthwise)?;
    next.conv(&mut net.stem_project)?;
    net.blocks.iter_mut().try_for_each(|block| next.inverted(block))?;
    next.conv(&mut net.expand)?;
    next.depthwise(&mut net.depthwise)?;
    // Which hand it is, and its points in metres, are not read.
    let [_, flag, points, _] = next.dense()?;
    next.source.linear(&mut net.flag, &flag)?;
    next.source.linear(&mut net.points, &points)?;
    Ok(net)
}

/// Operators in the order in which they run, each kind by itself.
struct InOrder<'a> {
    source: Source<'a>,
    convs: Box<dyn Iterator<Item = &'a str> + 'a>,
    depthwise: Box<dyn Iterator<Item = &'a str> + 'a>,
    prelus: Box<dyn Iterator<Item = &'a str> + 'a>,
}

impl<'a> InOrder<'a> {
    fn new(file: &'a Tflite, device: &'a Device) -> Self {
        let of = |code| -> Box<dyn Iterator<Item = &'a str> + 'a> { Box::new(file.in_order(code)) };
        let (convs, depthwise, prelus) = (of(CONV_2D), of(DEPTHWISE_CONV_2D), of(PRELU));
        Self { source: Source { file, device }, convs, depthwise, prelus }
    }

    fn conv(&mut self, layer: &mut Conv2d) -> Result<(), String> {
        let name = self.convs.next().ok_or("the file has too few convolutions")?;
        self.source.conv(layer, name)
    }

    fn depthwise(&mut self, layer: &mut Conv2d) -> Result<(), String> {
        let name = self.depthwise.next().ok_or("the file has too few depthwise convolutions")?;
        self.source.conv(layer, name)
    }

    fn prelu(&mut self, layer: &mut PRelu) -> Result<(), String> {
        let name = self.prelus.next().ok_or("the file has too few activations")?;
        self.source.prelu(layer, name)
    }

    /// The names of the four layers that end the hand's landmarks.
    fn dense(&self) -> Result<[String; 4], String> {
        let names: Vec<String> = self.source.file.in_order(FULLY_CONNECTED).map(str::to_owned).collect();
        names.try_into().map_err(|_| "the file does not end in four dense layers".to_owned())
    }

    fn block(&mut self, block: &mut SeparableBlock) -> Result<(), String> {
        self.depthwise(&mut block.depthwise)?;
        self.conv(&mut block.pointwise)?;
        block.activation.as_mut().map_or(Ok(()), |prelu| self.prelu(prelu))
    }

    fn inverted(&mut self, block: &mut InvertedResidual) -> Result<(), String> {
        self.conv(&mut block.expand)?;
        self.depthwise(&mut block.depthwise)?;
        self.conv(&mut block.project)
    }

    fn level(&mut self, level: &mut Level) -> Result<(), String> {
        self.conv(&mut level.rise)?;
        self.prelu(&mut level.rise_activation)?;
        level.blocks.iter_mut().try_for_each(|block| self.block(block))?;
        self.conv(&mut level.score)?;
        self.conv(&mut level.place)
    }
}

struct Source<'a> {
    file: &'a Tflite,
    device: &'a Device,
}

impl Source<'_> {
    /// The numbers behind `depthwise_conv2d_`, `conv2d_` and `p_re_lu_`.
    fn block(&self, block: &mut SeparableBlock, numbers: [usize; 3]) -> Result<(), String> {
        let [depthwise, pointwise, activation] = numbers;
        // The first one bears no number.
        let depthwise = if depthwise == 0 { String::new() } else { format!("_{depthwise}") };
        self.conv(&mut block.depthwise, &format!("depthwise_conv2d{depthwise}"))?;
        self.conv(&mut block.pointwise, &format!("conv2d_{pointwise}"))?;
        match &mut block.activation {
            Some(prelu) => self.prelu(prelu, &format!("p_re_lu_{activation}")),
            None => Ok(()),
        }
    }

    /// The numbers of `conv2d_` and `p_re_lu_` of the squeeze, those of the block, and the output's name.
    fn head(
        &self,
        head: &mut Head,
        [squeeze, activation]: [usize; 2],
        block: [usize; 3],
        output: &str,
    ) -> Result<(), String> {
        self.conv(&mut head.squeeze, &format!("conv2d_{squeeze}"))?;
        self.prelu(&mut head.squeeze_activation, &format!("p_re_lu_{activation}"))?;
        self.block(&mut head.block, block)?;
        self.conv(&mut head.output, output)
    }

    /// The numbers of the region's first layers; from there on they are counted through.
    fn region(&self, region: &mut Region, first: [usize; 2], outputs: [&str; 2]) -> Result<(), String> {
        let [depthwise, pointwise] = first;
        for (i, block) in region.blocks.iter_mut().enumerate() {
            self.block(block, [depthwise + i, pointwise + i, pointwise + i])?;
        }
        self.branch(&mut region.contour, [depthwise + 6, pointwise + 6], outputs[0])?;
        match &mut region.iris {
            Some(iris) => self.branch(iris, [depthwise + 12, pointwise + 13], outputs[1]),
            None => Ok(()),
        }
    }

    fn branch(&self, branch: &mut Branch, first: [usize; 2], output: &str) -> Result<(), String> {
        let [depthwise, pointwise] = first;
        for (i, block) in branch.blocks.iter_mut().enumerate() {
            self.block(block, [depthwise + i, pointwise + i, pointwise + i])?;
        }
        let squeeze = pointwise + 5;
        let block = [depthwise + 5, squeeze + 1, squeeze + 1];
        self.head(&mut branch.head, [squeeze; 2], block, output)
    }

    fn conv(&self, layer: &mut Conv2d, name: &str) -> Result<(), String> {
        let weight = self.file.constant(name, 1)?;
        let bias = self.file.constant(name, 2)?;
        let shape = layer.weight.val().dims();
        let values = if layer.groups > 1 {
            from_hwc(weight, [1, shape[2], shape[3], shape[0]])
        } else {
            from_ohwi(weight, [shape[0], shape[2], shape[3], shape[1]])
        };
        let values = values.ok_or_else(|| format!("{name}: unexpected shape {:?}", weight.shape))?;
        if bias.values.len() != shape[0] {
            return Err(format!("{name}: {} biases for {} channels", bias.values.len(), shape[0]));
        }
        layer.weight = Param::from_tensor(self.tensor(values, shape));
        layer.bias = Some(Param::from_tensor(self.tensor(bias.values.clone(), [shape[0]])));
        Ok(())
    }

    fn prelu(&self, layer: &mut PRelu, name: &str) -> Result<(), String> {
        let slopes = &self.file.constant(name, 1)?.values;
        let [channels] = layer.alpha.val().dims();
        if slopes.len() != channels {
            return Err(format!("{name}: {} slopes for {channels} channels", slopes.len()));
        }
        layer.alpha = Param::from_tensor(self.tensor(slopes.clone(), [channels]));
        Ok(())
    }

    fn linear(&self, layer: &mut Linear, name: &str) -> Result<(), String> {
        let (weight, bias) = (self.file.constant(name, 1)?, self.file.constant(name, 2)?);
        let [inputs, outputs] = layer.weight.val().dims();
        if weight.shape != [outputs, inputs] || bias.values.len() != outputs {
            return Err(format!("{name}: unexpected shape {:?}", weight.shape));
        }
        let column = |i: usize| weight.values.iter().skip(i).step_by(inputs).copied();
        let values = (0..inputs).flat_map(column).collect();
        layer.weight = Param::from_tensor(self.tensor(values, [inputs, outputs]));
        layer.bias = Some(Param::from_tensor(self.tensor(bias.values.clone(), [outputs])));
        Ok(())
    }

    fn tensor<const D: usize>(&self, values: Vec<f32>, shape: [usize; D]) -> Tensor<D> {
        Tensor::from_data(TensorData::new(values, shape), self.device)
    }
}

/// TFLite's output, height, width, input to Burn's output, input, height, width.
fn from_ohwi(weight: &Constant, shape: [usize; 4]) -> Option<Vec<f32>> {
    if weight.shape != shape {
        return None;
    }
    let [outputs, height, width, inputs] = shape;
    let mut values = Vec::with_capacity(weight.values.len());
    for o in 0..outputs {
        for i in 0..inputs {
            for yx in 0..height * width {
                values.push(weight.values[(o * height * width + yx) * inputs + i]);
            }
        }
    }
    Some(values)
}

/// A depthwise kernel's 1, height, width, channel to Burn's channel, 1, height, width.
fn from_hwc(weight: &Constant, shape: [usize; 4]) -> Option<Vec<f32>> {
    if weight.shape != shape {
        return None;
    }
    let channels = shape[3];
    let place = |c: usize| weight.values.iter().skip(c).step_by(channels).copied();
    Some((0..channels).flat_map(place).collect())
}
