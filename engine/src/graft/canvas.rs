//! The graft's working memory: one value per pixel of the patch and stage.

use super::colour::{oklab_from_srgb, srgb_from_oklab};
use crate::face::size_px;
use crate::image_f32::Patch;

/// Everything the stages hand on, in the patch's pixels, row by row.
pub(crate) struct Canvas<'a> {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Target landmarks, x and y in patch pixels and z alike.
    pub(crate) target: Vec<[f32; 3]>,
    /// The mesh to draw, in the same units.
    pub(crate) shaped: Vec<[f32; 3]>,
    /// The target face's size in patch pixels: the unit of every radius.
    pub(crate) face_px: f32,
    /// The target's pixels, sRGB.
    pub(crate) under: &'a [[f32; 3]],
    /// The same in Oklab.
    pub(crate) under_lab: Vec<[f32; 3]>,
    /// The source's face as drawn, in sRGB, later corrected.
    pub(crate) drawn: Vec<[f32; 3]>,
    /// The same in Oklab.
    pub(crate) drawn_lab: Vec<[f32; 3]>,
    /// 1 where the mesh was drawn and may show, 0 elsewhere.
    pub(crate) coverage: Vec<f32>,
    /// How far the drawn pixel can be trusted: it faces the camera and the source photo shows it.
    pub(crate) trust: Vec<f32>,
    /// How far a hand lies over the target's face, 0 to 1.
    pub(crate) hands: Vec<f32>,
    /// How far the rims of the source's clear glasses lie over its face, 0 to 1.
    pub(crate) rims: Vec<f32>,
    /// Likelihood that both pictures show skin: only skin tells about tone, light and seams; beards, lips, glasses
    /// and hair do not.
    pub(crate) skin: Vec<f32>,
    /// How much of the graft shows in the end.
    pub(crate) mask: Vec<f32>,
}

impl<'a> Canvas<'a> {
    pub(crate) fn new(patch: &'a Patch, target: &[[f32; 3]], shaped: &[[f32; 3]]) -> Self {
        let depth_scale = (patch.scale[0] + patch.scale[1]) / 2.0;
        let localise = |landmarks: &[[f32; 3]]| -> Vec<[f32; 3]> {
            let local = |p: &[f32; 3]| {
                let [x, y] = patch.to_local(p[0], p[1]);
                [x, y, p[2] * depth_scale]
            };
            landmarks.iter().map(local).collect()
        };
        let target = localise(target);
        let pixels = patch.image.pixels.len();
        Self {
            width: patch.image.width,
            height: patch.image.height,
            face_px: size_px(&target),
            shaped: localise(shaped),
            target,
            under: &patch.image.pixels,
            under_lab: patch.image.pixels.iter().map(|&p| oklab_from_srgb(p)).collect(),
            drawn: vec![[0.0; 3]; pixels],
            drawn_lab: vec![[0.0; 3]; pixels],
            coverage: vec![0.0; pixels],
            trust: vec![1.0; pixels],
            hands: vec![0.0; pixels],
            rims: vec![0.0; pixels],
            skin: vec![1.0; pixels],
            mask: vec![0.0; pixels],
        }
    }

    /// A share of the face's size in whole pixels, at least 1.
    pub(crate) fn radius(&self, share: f32) -> usize {
        ((share * self.face_px) as usize).max(1)
    }

    /// A pixel's row, as landmarks count.
    pub(crate) fn row_of(&self, index: usize) -> f32 {
        (index / self.width) as f32
    }

    /// Turns the corrected Oklab colours into sRGB.
    pub(super) fn finish_colours(&mut self) {
        for (i, pixel) in self.drawn.iter_mut().enumerate() {
            if self.coverage[i] > 0.0 {
                *pixel = srgb_from_oklab(self.drawn_lab[i]);
            }
        }
    }
}
