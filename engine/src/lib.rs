//! The face engine of MOG AI: finds faces in photos and grafts one onto another.
//!
//! Pixels and tensors in, pixels and numbers out: no files, no network, no clock, no randomness, the same source for
//! native code and WebAssembly. Set-up and photos come from the caller:
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use engine::{Engine, ModelFiles, SwapOptions, codec, cpu};
//!
//! let models = ModelFiles::read(|name| std::fs::read(format!("assets/models/{name}")))?;
//! let engine = Engine::load(&models, &cpu())?;
//!
//! let limits = codec::Limits::default();
//! let source = codec::decode(&std::fs::read("me.jpg")?, &limits)?;
//! let target = codec::decode(&std::fs::read("poster.jpg")?, &limits)?;
//! let (mine, theirs) = (engine.find_faces(&source), engine.find_faces(&target));
//! let all: Vec<_> = theirs.iter().collect();
//! let swapped = engine.swap(&source, &mine[0], &target, &all, &SwapOptions::default())?;
//! let jpeg = codec::encode_jpeg(&swapped, 90)?;
//! # Ok(())
//! # }
//! ```

mod blur;
pub mod certificate;
pub mod codec;
#[cfg(feature = "convert")]
pub mod convert;
pub mod device;
pub mod face;
pub mod gate;
mod graft;
pub mod hands;
mod image_f32;
mod kernels;
pub mod label;
mod landmarks;
pub mod live;
pub mod models;
mod nets;
mod numeric;
pub mod photo;
mod similarity;
mod source;
mod swap;
mod topology;
pub mod watermark;

use thiserror::Error;

pub use burn::tensor::Device;
pub use face::{Face, Pose};
pub use kernels::instructions;
pub use photo::{Photo, PhotoError};
pub use source::{MAX_SOURCES, SourceTexture};
pub use swap::{MIN_FACE_PX, SwapError, SwapOptions};

use face::FaceFinder;
use hands::HandFinder;
use nets::{
    BlazeFace, Candidates, Detector, FaceMesh, HandNet, HandReader, Input, Measured, Mesh, PalmDetector,
    Palms, Refined, RefinedMesh, load_record,
};
use topology::Topology;

/// The device every machine and browser has: Burn's portable CPU backend.
///
/// Named explicitly, since Burn's own default depends on which backends happen to be compiled in.
pub fn cpu() -> Device {
    Device::flex()
}

/// SHA-256, for whoever has the engine and no other crate for it.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}

/// The three records that every engine needs, as set-up writes them: safetensors bytes.
#[derive(Clone, Debug)]
pub struct ModelFiles {
    /// `face_detector.safetensors`
    pub detector: Vec<u8>,
    /// `face_mesh.safetensors`
    pub mesh: Vec<u8>,
    /// `face_topology.safetensors`
    pub topology: Vec<u8>,
}

impl ModelFiles {
    /// The names of the records.
    pub const NAMES: [&'static str; 3] =
        ["face_detector.safetensors", "face_mesh.safetensors", "face_topology.safetensors"];
    /// The name of the record that an engine can do without: see [`Engine::with_refined_mesh`].
    pub const REFINED: &'static str = "face_mesh_refined.safetensors";
    /// The names of the two records with which an engine learns hands: see [`Engine::learn_hands`].
    pub const HANDS: [&'static str; 2] = ["hand_detector.safetensors", "hand_landmarks.safetensors"];

    /// Takes each record from `read`, which knows where they are.
    ///
    /// # Errors
    ///
    /// Those of `read`.
    pub fn read<E>(mut read: impl FnMut(&str) -> Result<Vec<u8>, E>) -> Result<Self, E> {
        let [detector, mesh, topology] = Self::NAMES;
        Ok(Self { detector: read(detector)?, mesh: read(mesh)?, topology: read(topology)? })
    }
}

/// Why the records did not become an engine.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the model {model} is damaged: {reason}")]
pub struct LoadError {
    /// Which record.
    pub model: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

impl LoadError {
    /// A stable name of this error. It never crosses the wire: who sets up an engine says it in its own words.
    pub fn code(&self) -> &'static str {
        "model_damaged"
    }
}

/// Hands are looked for over this many of a photo's faces, the largest: each costs two looks.
const MOST_FACES_WITH_HANDS: usize = 8;

/// Networks and mesh, loaded once and used for any number of photos.
#[derive(Debug)]
pub struct Engine {
    finder: FaceFinder,
    hands: Option<HandFinder>,
    topology: Topology,
}

impl Engine {
    /// Builds the networks on `device` from their records.
    ///
    /// # Errors
    ///
    /// [`LoadError`] when a record is not what set-up writes.
    pub fn load(models: &ModelFiles, device: &Device) -> Result<Self, LoadError> {
        let damaged = |model| move |reason| LoadError { model, reason };
        let detector = load_record(BlazeFace::zeros(device), &models.detector);
        let mesh = load_record(FaceMesh::zeros(device), &models.mesh);
        let topology = Topology::load(&models.topology).map_err(damaged("face_topology"))?;
        Ok(Self {
            finder: FaceFinder {
                detector: Detector::new(detector.map_err(damaged("face_detector"))?, device.clone()),
                mesh: Mesh::new(mesh.map_err(damaged("face_mesh"))?, device.clone()),
                refined: None,
                mirror: topology.mirror.clone(),
            },
            hands: None,
            topology,
        })
    }

    /// The same engine with the refined mesh ([`ModelFiles::REFINED`]), which measures lids, lips and irises of the faces of
    /// photos. All other points, and pictures that run, are measured as before.
    ///
    /// # Errors
    ///
    /// [`LoadError`] when the record is not what set-up writes.
    pub fn with_refined_mesh(mut self, record: &[u8], device: &Device) -> Result<Self, LoadError> {
        let damaged = |reason| LoadError { model: "face_mesh_refined", reason };
        let net = load_record(RefinedMesh::zeros(device), record).map_err(damaged)?;
        self.finder.refined = Some(Refined::new(net, device.clone()));
        Ok(self)
    }

    /// Makes it see hands before the faces of photos, by the records [`ModelFiles::HANDS`]: they stay before a target's face, and
    /// do not come along from a source's. Photos that were looked at before can be asked again ([`Engine::find_hands`]).
    ///
    /// # Errors
    ///
    /// [`LoadError`] when a record is not what set-up writes.
    pub fn learn_hands(
        &mut self,
        detector: &[u8],
        landmarks: &[u8],
        device: &Device,
    ) -> Result<(), LoadError> {
        let damaged = |model| move |reason| LoadError { model, reason };
        let palms = load_record(PalmDetector::zeros(device), detector).map_err(damaged("hand_detector"))?;
        let reader = load_record(HandNet::zeros(device), landmarks).map_err(damaged("hand_landmarks"))?;
        self.hands = Some(HandFinder {
            palms: Palms::new(palms, device.clone()),
            reader: HandReader::new(reader, device.clone()),
        });
        Ok(())
    }

    /// All faces of a photo, the largest first; none if there is none.
    pub fn find_faces(&self, photo: &Photo) -> Vec<Face> {
        let mut faces = self.finder.find(photo);
        self.find_hands(photo, &mut faces);
        faces
    }

    /// Looks for hands over faces that were found before; nothing where the engine has not learnt them.
    pub fn find_hands(&self, photo: &Photo, faces: &mut [Face]) {
        let Some(finder) = &self.hands else { return };
        for face in faces.iter_mut().take(MOST_FACES_WITH_HANDS) {
            face.hands = finder.find(photo, face.bounds(), face.size_px());
        }
    }

    /// The detector's raw output, for tests and measurements of the networks beside others.
    ///
    /// # Shapes
    ///
    /// `input`: 3 x 128 x 128, channel by channel, in `-1..=1`; boxes 896 x 16 in input pixels relative to the anchor
    /// and 896 logits. Both empty if the input has another length.
    pub fn run_detector(&self, input: &[f32], path: Path) -> (Vec<f32>, Vec<f32>) {
        let mut found = Candidates::default();
        if input.len() == 3 * nets::DETECTOR_INPUT_PX * nets::DETECTOR_INPUT_PX {
            let fill = |to: &mut Input<'_>| from_planes(input, nets::DETECTOR_INPUT_PX, to);
            match path {
                Path::Fastest => self.finder.detector.run(fill, &mut found),
                Path::Module => self.finder.detector.run_module(fill, &mut found),
            }
        }
        (found.boxes, found.scores)
    }

    /// The mesh's raw output, for tests and measurements of the networks beside others.
    ///
    /// # Shapes
    ///
    /// `input`: 3 x 192 x 192, channel by channel, in `0..=1`; landmarks 468 x 3 in input pixels and one logit. Both
    /// empty if the input has another length.
    pub fn run_mesh(&self, input: &[f32], path: Path) -> (Vec<f32>, Vec<f32>) {
        let mut found = Measured::default();
        if input.len() == 3 * nets::MESH_INPUT_PX * nets::MESH_INPUT_PX {
            let fill = |to: &mut Input<'_>| from_planes(input, nets::MESH_INPUT_PX, to);
            match path {
                Path::Fastest => self.finder.mesh.run(fill, &mut found),
                Path::Module => self.finder.mesh.run_module(fill, &mut found),
            }
        }
        (found.landmarks, found.flag)
    }

    /// The refined mesh's raw output, for tests and measurements of the networks beside others.
    ///
    /// # Shapes
    ///
    /// `input` as for [`Engine::run_mesh`]; landmarks 478 x 3 in input pixels and one logit. Both empty if the input has
    /// another length, or if there is no refined mesh.
    pub fn run_refined_mesh(&self, input: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let side = nets::MESH_INPUT_PX;
        let found = match &self.finder.refined {
            Some(refined) if input.len() == 3 * side * side => refined.run(|to| from_planes(input, side, to)),
            _ => Measured::default(),
        };
        (found.landmarks, found.flag)
    }

    /// The palm detector's raw output, for tests and measurements of the networks beside others.
    ///
    /// # Shapes
    ///
    /// `input`: 3 x 192 x 192, channel by channel, in `0..=1`; boxes 2016 x 18 in input pixels relative to the anchor and
    /// 2016 logits. Both empty if the input has another length, or if hands were not learnt.
    pub fn run_hand_detector(&self, input: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let side = nets::PALM_INPUT_PX;
        let found = match &self.hands {
            Some(hands) if input.len() == 3 * side * side => {
                hands.palms.run(|to| from_planes(input, side, to))
            }
            _ => Candidates::default(),
        };
        (found.boxes, found.scores)
    }

    /// The raw output of the hand's landmarks, for tests and measurements of the networks beside others.
    ///
    /// # Shapes
    ///
    /// `input`: 3 x 224 x 224, channel by channel, in `0..=1`; points 21 x 3 in input pixels and one logit. Both empty as for
    /// [`Engine::run_hand_detector`].
    pub fn run_hand_landmarks(&self, input: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let side = nets::HAND_INPUT_PX;
        let found = match &self.hands {
            Some(hands) if input.len() == 3 * side * side => {
                hands.reader.run(|to| from_planes(input, side, to))
            }
            _ => Measured::default(),
        };
        (found.landmarks, found.flag)
    }
}

/// What runs a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// What the engine itself uses: the fused kernels where the device is the processor.
    Fastest,
    /// The Burn module, on any device.
    Module,
}

fn from_planes(planes: &[f32], side: usize, to: &mut Input<'_>) {
    for i in 0..side * side {
        to.set(i % side, i / side, [0, 1, 2].map(|k| planes[k * side * side + i]));
    }
}
