//! The steps of the swap itself: which faces of which photo, one source face after the other.

use std::collections::BTreeMap;
use std::slice;

use contract::ErrorCode;
use contract::hd_swap::{FaceMapping, HdSwap};
use contract::swaps::SwapOptions;
use engine::Engine;
use engine::photo::Photo;
use studio::{Failure, Opened};

/// The photos of an order, read.
pub(super) struct Photos {
    pub(super) sources: Vec<Opened>,
    pub(super) target: Opened,
}

impl Photos {
    /// Reads the files: the sources in their order, and the target.
    pub(super) fn read(engine: &Engine, sources: &[Vec<u8>], target: &[u8]) -> Result<Self, ErrorCode> {
        let sources = sources.iter().map(|file| Opened::read(engine, file)).collect::<Result<_, _>>()?;
        Ok(Self { sources, target: Opened::read(engine, target)? })
    }

    /// Which faces of the target each face of a source goes to.
    pub(super) fn plan(&self, order: &HdSwap) -> Vec<Step> {
        let all = || {
            let onto = |target_face| FaceMapping { target_face, source: 0, source_face: 0 };
            (0..self.target.faces().len().max(1)).map(onto).collect()
        };
        let mut steps: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for face in order.faces.clone().unwrap_or_else(all) {
            steps.entry((face.source, face.source_face)).or_default().push(face.target_face);
        }
        let step = |((source, source_face), target_faces)| Step { source, source_face, target_faces };
        steps.into_iter().map(step).collect()
    }
}

/// One face of a source onto some of the target's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    source: usize,
    source_face: usize,
    target_faces: Vec<usize>,
}

/// Takes one step: onto what the steps before it made, or onto the target itself.
pub(super) fn take(
    engine: &Engine,
    photos: &Photos,
    order: &HdSwap,
    step: &Step,
    made: Option<&Photo>,
) -> Result<Photo, ErrorCode> {
    let sources = match order.fused {
        true => photos.sources.as_slice(),
        false => slice::from_ref(photos.sources.get(step.source).ok_or(ErrorCode::FaceNotFound)?),
    };
    let options = SwapOptions {
        likeness: order.likeness,
        skin_tone: order.skin_tone,
        source_face: step.source_face,
        target_faces: Some(step.target_faces.clone()),
        ..SwapOptions::default()
    };
    let swapped = studio::swap_onto(engine, sources, &photos.target, made, &options);
    swapped.map(|swapped| swapped.photo).map_err(|Failure { code, .. }| code)
}
