//! Gives the drawn face the target's broad light and shade.

use super::canvas::Canvas;
use crate::blur::blur;
use crate::image_f32::Image;
use crate::numeric::sub;

/// The shading is so smooth that a quarter of the resolution holds it.
const REDUCTION: usize = 4;
/// What counts as broad, as a share of the face.
const SOFTNESS: f32 = 0.09;
/// Mask from which a pixel tells about the light.
const SURE: f32 = 0.3;
/// Largest difference believed to be light, per Oklab channel.
const LIMIT: f32 = 0.25;
/// What is no skin still tells a little, where there is no skin near.
const MIN_SKIN: f32 = 0.02;
/// How far lightness and the two opponent colours follow: fully lit like the target, a face burns out where both pictures
/// have light, and loses the relief that it is known by.
const FOLLOWED: [f32; 3] = [0.7, 1.0, 1.0];
/// Least weight to divide by: where hardly a pixel tells, the light stays as it is.
const MIN_WEIGHT: f32 = 0.3;

/// The target's light on the drawn face, per pixel of the canvas as Oklab to add.
pub(crate) struct Shading(Image);

impl Shading {
    /// Compares target and drawn face.
    pub(crate) fn measure(canvas: &Canvas<'_>) -> Self {
        Self(difference(canvas))
    }

    /// At a pixel of the canvas.
    #[inline]
    pub(crate) fn at(&self, x: usize, y: usize) -> [f32; 3] {
        let scale = 1.0 / REDUCTION as f32;
        let light = self.0.sample((x as f32 + 0.5) * scale - 0.5, (y as f32 + 0.5) * scale - 0.5);
        core::array::from_fn(|k| light[k] * FOLLOWED[k])
    }
}

/// Adds the target's light, as far as `amount` (0 to 1) says.
pub(super) fn follow_target(canvas: &mut Canvas<'_>, amount: f32) {
    let shading = Shading::measure(canvas);
    for (i, lab) in canvas.drawn_lab.iter_mut().enumerate() {
        if canvas.coverage[i] == 0.0 {
            continue;
        }
        let light = shading.at(i % canvas.width, i / canvas.width);
        for k in 0..3 {
            lab[k] += light[k] * amount;
        }
    }
}

/// Weighted by the mask and normalised after the blur, so that the surroundings do not leak in.
fn difference(canvas: &Canvas<'_>) -> Image {
    let (width, height) = (canvas.width.div_ceil(REDUCTION), canvas.height.div_ceil(REDUCTION));
    let mut planes = vec![vec![0f32; width * height]; 4];
    for i in (0..canvas.mask.len()).filter(|&i| canvas.mask[i] > SURE) {
        let cell = i / canvas.width / REDUCTION * width + i % canvas.width / REDUCTION;
        let weight = canvas.mask[i] * canvas.skin[i].max(MIN_SKIN);
        planes[3][cell] += weight;
        let gap = sub(canvas.under_lab[i], canvas.drawn_lab[i]);
        for (plane, gap) in planes.iter_mut().zip(gap) {
            plane[cell] += gap.clamp(-LIMIT, LIMIT) * weight;
        }
    }
    let radius = ((SOFTNESS * canvas.face_px / REDUCTION as f32) as usize).max(1);
    planes.iter_mut().for_each(|plane| blur(plane, width, height, radius));
    let cell = |i: usize| core::array::from_fn(|k| planes[k][i] / planes[3][i].max(MIN_WEIGHT));
    Image { width, height, pixels: (0..width * height).map(cell).collect() }
}
