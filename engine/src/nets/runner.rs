//! A network ready to run: by the kernels on this machine's processor, by its Burn module on any other device.

use std::sync::{Mutex, PoisonError};

use burn::tensor::{Device, Tensor, TensorData};

use super::fused::{self, Fused};
use super::refined::{IRIS, RefinedMesh, Region};
use super::region::{self, Cut};
use super::{ANCHORS, BlazeFace, FaceMesh, HandNet, PalmDetector, blazeface, facemesh, hand, palm};
use crate::kernels::{self, Arena, WIDTH};
use crate::topology::VERTICES;

/// Anchors of a pixel of the fine and of the coarse map.
const PER_CELL: [usize; 2] = [2, 6];

/// What a network looks at, to be filled pixel by pixel.
pub(crate) enum Input<'a> {
    /// The kernels' own layout.
    Fused(&'a mut Arena<WIDTH>),
    /// Channel by channel, as tensors have it.
    Planar {
        /// Side of the square.
        side: usize,
        /// 3 x side x side.
        planes: &'a mut [f32],
    },
}

impl Input<'_> {
    /// Sets a pixel.
    #[inline]
    pub(crate) fn set(&mut self, x: usize, y: usize, rgb: [f32; 3]) {
        match self {
            Self::Fused(arena) => arena.set_input(x, y, rgb),
            Self::Planar { side, planes } => {
                for (k, value) in rgb.into_iter().enumerate() {
                    planes[(k * *side + y) * *side + x] = value;
                }
            }
        }
    }
}

/// Memory of inferences: as many as ever ran at once, each used again.
#[derive(Debug)]
struct Arenas(Mutex<Vec<Arena<WIDTH>>>);

impl Arenas {
    fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Lends memory for one inference.
    fn lend<T, const N: usize>(&self, fused: &Fused<N>, work: impl FnOnce(&mut Arena<WIDTH>) -> T) -> T {
        // A panic elsewhere leaves the list whole: arenas are only pushed and popped.
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut arena = lock().pop().unwrap_or_else(|| fused.network.arena());
        let result = work(&mut arena);
        lock().push(arena);
        result
    }
}

/// A network's module, and its fast path if the device is the processor.
#[derive(Debug)]
struct Runner<M> {
    module: M,
    fused: Option<Fused<2>>,
    arenas: Arenas,
    device: Device,
}

impl<M> Runner<M> {
    fn new(module: M, device: Device, pack: impl FnOnce(&M) -> Option<Fused<2>>) -> Self {
        let fused = if device == Device::flex() { pack(&module) } else { None };
        Self { module, fused, arenas: Arenas::new(), device }
    }

    /// Runs the module on what `fill` draws.
    fn run_module<T>(
        &self,
        side: usize,
        fill: impl FnOnce(&mut Input<'_>),
        forward: impl FnOnce(&M, Tensor<4>) -> T,
    ) -> T {
        let mut planes = vec![0.0; 3 * side * side];
        fill(&mut Input::Planar { side, planes: &mut planes });
        forward(&self.module, Tensor::from_data(TensorData::new(planes, [1, 3, side, side]), &self.device))
    }
}

/// Raw boxes and logits of every anchor.
#[derive(Clone, Debug, Default)]
pub(crate) struct Candidates {
    /// 896 x 16, input pixels relative to the anchor; of palms 2016 x 18.
    pub(crate) boxes: Vec<f32>,
    /// 896 logits; of palms 2016.
    pub(crate) scores: Vec<f32>,
}

/// BlazeFace, ready to run.
#[derive(Debug)]
pub(crate) struct Detector(Runner<BlazeFace>);

impl Detector {
    pub(crate) fn new(module: BlazeFace, device: Device) -> Self {
        Self(Runner::new(module, device, fused::blazeface))
    }

    /// Looks at what `fill` draws: 128 x 128 pixels in -1..=1. `found` is written over; empty if the device fails.
    pub(crate) fn run(&self, fill: impl FnOnce(&mut Input<'_>), found: &mut Candidates) {
        found.boxes.clear();
        found.scores.clear();
        let Some(fused) = &self.0.fused else { return self.run_module(fill, found) };
        self.0.arenas.lend(fused, |arena| {
            fill(&mut Input::Fused(arena));
            kernels::infer(&fused.network, arena);
            for (&map, anchors) in fused.outputs.iter().zip(PER_CELL) {
                let [width, height] = fused.network.size(map);
                for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
                    let (boxes, scores) = arena.pixel(map, x, y).split_at(anchors * blazeface::BOX_VALUES);
                    found.boxes.extend_from_slice(boxes);
                    found.scores.extend_from_slice(&scores[..anchors]);
                }
            }
        });
        debug_assert_eq!(found.scores.len(), ANCHORS);
    }

    /// The same by the Burn module.
    pub(crate) fn run_module(&self, fill: impl FnOnce(&mut Input<'_>), found: &mut Candidates) {
        let (boxes, scores) = self.0.run_module(blazeface::INPUT_PX, fill, BlazeFace::forward);
        *found = Candidates { boxes: values(boxes), scores: values(scores) };
    }
}

/// Raw landmarks and the flag's logit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measured {
    /// 468 x 3, input pixels; of the refined mesh followed by 10 x 3 of the irises.
    pub(crate) landmarks: Vec<f32>,
    /// One logit.
    pub(crate) flag: Vec<f32>,
}

/// FaceMesh, ready to run.
#[derive(Debug)]
pub(crate) struct Mesh(Runner<FaceMesh>);

impl Mesh {
    pub(crate) fn new(module: FaceMesh, device: Device) -> Self {
        Self(Runner::new(module, device, fused::facemesh))
    }

    /// Looks at what `fill` draws: 192 x 192 pixels in 0..=1. `found` is written over; empty if the device fails.
    pub(crate) fn run(&self, fill: impl FnOnce(&mut Input<'_>), found: &mut Measured) {
        found.landmarks.clear();
        found.flag.clear();
        let Some(fused) = &self.0.fused else { return self.run_module(fill, found) };
        self.0.arenas.lend(fused, |arena| {
            fill(&mut Input::Fused(arena));
            kernels::infer(&fused.network, arena);
            let [landmarks, flag] = fused.outputs.map(|map| arena.pixel(map, 0, 0));
            found.landmarks.extend_from_slice(&landmarks[..VERTICES * 3]);
            found.flag.extend_from_slice(&flag[..1]);
        });
    }

    /// The same by the Burn module.
    pub(crate) fn run_module(&self, fill: impl FnOnce(&mut Input<'_>), found: &mut Measured) {
        let (landmarks, flag) = self.0.run_module(facemesh::INPUT_PX, fill, FaceMesh::forward);
        *found = Measured { landmarks: values(landmarks), flag: values(flag) };
    }
}

/// The refined mesh, ready to run: always by its Burn module, since it is for photos, where a few milliseconds do not count.
#[derive(Debug)]
pub(crate) struct Refined(Runner<RefinedMesh>);

impl Refined {
    pub(crate) fn new(module: RefinedMesh, device: Device) -> Self {
        Self(Runner::new(module, device, |_| None))
    }

    /// Looks at what `fill` draws: 192 x 192 pixels in 0..=1. Empty if the device fails.
    pub(crate) fn run(&self, fill: impl FnOnce(&mut Input<'_>)) -> Measured {
        let overview = self.0.run_module(facemesh::INPUT_PX, fill, RefinedMesh::overview);
        let (features, flag) = (values(overview.features), values(overview.flag));
        let mut landmarks: Vec<[f32; 3]> =
            values(overview.landmarks).chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect();
        if landmarks.len() != VERTICES || features.len() != region::CHANNELS * region::MAP * region::MAP {
            return Measured::default();
        }
        let net = &self.0.module;
        let regions: [(&Region, &[usize], [usize; 2]); 3] = [
            (&net.lips, &region::LIPS, region::LIPS_LEVEL),
            (&net.left_eye, &region::LEFT_EYE, region::LEFT_EYE_LEVEL),
            (&net.right_eye, &region::RIGHT_EYE, region::RIGHT_EYE_LEVEL),
        ];
        let first = landmarks.clone();
        for (region, points, level) in regions {
            let cut = Cut::around(&first, points, level);
            self.look_again(region, &cut, &features, points, &mut landmarks);
        }
        Measured { landmarks: landmarks.into_iter().flatten().collect(), flag }
    }

    /// Replaces the region's landmarks in the picture plane, and adds its iris at the mean depth of the eye.
    fn look_again(
        &self,
        region: &Region,
        cut: &Cut,
        features: &[f32],
        points: &[usize],
        landmarks: &mut Vec<[f32; 3]>,
    ) {
        let shape = [1, region::CHANNELS, region::GRID, region::GRID];
        let part = Tensor::from_data(TensorData::new(cut.sample(features), shape), &self.0.device);
        let (contour, iris) = region.forward(part);
        for (&i, p) in points.iter().zip(values(contour).chunks_exact(2)) {
            let [x, y] = cut.to_input([p[0], p[1]]);
            landmarks[i] = [x, y, landmarks[i][2]];
        }
        if let Some(iris) = iris {
            let depth = points.iter().map(|&i| landmarks[i][2]).sum::<f32>() / points.len() as f32;
            let iris = values(iris);
            landmarks.extend(iris.chunks_exact(2).take(IRIS).map(|p| {
                let [x, y] = cut.to_input([p[0], p[1]]);
                [x, y, depth]
            }));
        }
    }
}

/// The palm detector, ready to run: by its Burn module, as the refined mesh.
#[derive(Debug)]
pub(crate) struct Palms(Runner<PalmDetector>);

impl Palms {
    pub(crate) fn new(module: PalmDetector, device: Device) -> Self {
        Self(Runner::new(module, device, |_| None))
    }

    /// Looks at what `fill` draws: 192 x 192 pixels in 0..=1. Empty if the device fails.
    pub(crate) fn run(&self, fill: impl FnOnce(&mut Input<'_>)) -> Candidates {
        let (boxes, scores) = self.0.run_module(palm::INPUT_PX, fill, PalmDetector::forward);
        Candidates { boxes: values(boxes), scores: values(scores) }
    }
}

/// The hand's landmarks, ready to run: by its Burn module, as the refined mesh.
#[derive(Debug)]
pub(crate) struct HandReader(Runner<HandNet>);

impl HandReader {
    pub(crate) fn new(module: HandNet, device: Device) -> Self {
        Self(Runner::new(module, device, |_| None))
    }

    /// Looks at what `fill` draws: 224 x 224 pixels in 0..=1. 21 x 3 values in input pixels and a logit; empty if the device
    /// fails.
    pub(crate) fn run(&self, fill: impl FnOnce(&mut Input<'_>)) -> Measured {
        let (landmarks, flag) = self.0.run_module(hand::INPUT_PX, fill, HandNet::forward);
        Measured { landmarks: values(landmarks), flag: values(flag) }
    }
}

fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    let data = tensor.try_into_data().ok();
    data.and_then(|d| d.try_to_vec::<f32>().ok()).unwrap_or_default()
}
