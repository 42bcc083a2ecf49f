//! A network ready to run: by the kernels on this machine's processor, by its Burn module on any other device.

use std::sync::{Mutex, PoisonError};

use burn::tensor::{Device, Tensor, TensorData};

use super::fused::{self, Fused};
use super::{ANCHORS, BlazeFace, FaceMesh, blazeface, facemesh};
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
    /// 896 x 16, input pixels relative to the anchor.
    pub(crate) boxes: Vec<f32>,
    /// 896 logits.
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
    /// 468 x 3, input pixels.
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

fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    let data = tensor.try_into_data().ok();
    data.and_then(|d| d.try_to_vec::<f32>().ok()).unwrap_or_default()
}
