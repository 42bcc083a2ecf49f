//! Several photos of one face, fused into one texture that swaps and the camera take from.

use crate::Engine;
use crate::face::{Face, size_px};
use crate::graft::{Pyramid, Subject, fuse};
use crate::photo::Photo;
use crate::swap::{SwapError, check_face};

/// Most photos that are fused; of more, those with the largest faces count.
pub const MAX_SOURCES: usize = 5;

/// A face put together from one to [`MAX_SOURCES`] photos: 512 x 512 texels of the canonical texture, and its shape.
#[derive(Clone, Debug)]
pub struct SourceTexture {
    pub(crate) pyramid: Pyramid,
    /// 468 landmarks of the photo that shows most.
    pub(crate) landmarks: Vec<[f32; 3]>,
}

impl Engine {
    /// Fuses photos of one person, each with the face to take from it.
    ///
    /// Each spot of the face comes from the photo that shows it best: turned to the camera, sharp, bare, inside the picture.
    /// What none shows is filled from the face's other half, and light from one side is evened out. Eyes, mouth and shape
    /// are those of the photo that shows most.
    ///
    /// # Errors
    ///
    /// [`SwapError::NoSourceFace`] without photos; [`SwapError`] when one of the faces is no good.
    pub fn fuse(&self, photos: &[(&Photo, &Face)]) -> Result<SourceTexture, SwapError> {
        photos.iter().try_for_each(|(photo, face)| check_face(face, photo))?;
        let mut largest = photos.to_vec();
        largest.sort_by(|(_, a), (_, b)| size_px(&b.landmarks).total_cmp(&size_px(&a.landmarks)));
        largest.truncate(MAX_SOURCES);
        let subjects: Vec<Subject<'_>> = largest
            .iter()
            .map(|(photo, face)| Subject { photo, landmarks: &face.landmarks, hands: &face.hands })
            .collect();
        if subjects.is_empty() {
            return Err(SwapError::NoSourceFace);
        }
        self.texture(&subjects).ok_or(SwapError::FaceUnusable)
    }

    /// The face of one picture; none when it lies outside.
    pub(crate) fn texture_of(&self, photo: &Photo, landmarks: &[[f32; 3]]) -> Option<SourceTexture> {
        self.texture(&[Subject { photo, landmarks, hands: &[] }])
    }

    fn texture(&self, subjects: &[Subject<'_>]) -> Option<SourceTexture> {
        let (flat, best) = fuse(&self.topology, subjects)?;
        Some(SourceTexture { pyramid: Pyramid::new(&flat), landmarks: subjects[best].landmarks.to_vec() })
    }
}
