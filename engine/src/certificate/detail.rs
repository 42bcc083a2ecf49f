//! Fine detail: how sharp a face is beside what surrounds it.

use super::face_area::Pictures;
use crate::numeric::luma;

/// Detail that counts as there everywhere, so that a face on a plain ground can be compared: half a step of 8 bits.
const FLOOR: f32 = 0.5 / 255.0;

/// Detail of the face over detail around it, after over before.
pub(super) fn sharpness_ratio(pictures: &Pictures) -> f32 {
    let of = |pixels: &[[f32; 3]]| {
        let [face, around] = detail(pictures, pixels);
        face / around
    };
    of(&pictures.after) / of(&pictures.before)
}

/// Root mean square of luma's Laplacian on the mesh and beside it.
fn detail(pictures: &Pictures, pixels: &[[f32; 3]]) -> [f32; 2] {
    let (width, height) = (pictures.width, pictures.height);
    let luma: Vec<f32> = pixels.iter().map(|&p| luma(p)).collect();
    let (mut sums, mut counts) = ([0f64; 2], [0f64; 2]);
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let i = y * width + x;
            let laplacian = luma[i - 1] + luma[i + 1] + luma[i - width] + luma[i + width] - 4.0 * luma[i];
            let region = usize::from(!pictures.is_mesh[i]);
            sums[region] += f64::from(laplacian * laplacian);
            counts[region] += 1.0;
        }
    }
    [0, 1].map(|region| ((sums[region] / counts[region].max(1.0)) as f32 + FLOOR * FLOOR).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A striped face, as strong as asked, on a striped ground.
    fn pictures(before: f32, after: f32) -> Pictures {
        let is_mesh: Vec<bool> =
            (0..40 * 40).map(|i| (10..30).contains(&(i % 40)) && (10..30).contains(&(i / 40))).collect();
        let stripes = |face: f32| {
            let at = |i: usize| if i.is_multiple_of(2) { 1.0 } else { -1.0 };
            let strength = |i: usize| if is_mesh[i] { face } else { 0.05 };
            (0..40 * 40).map(|i| [0.5 + at(i) * strength(i); 3]).collect()
        };
        Pictures {
            width: 40,
            height: 40,
            face_cells: 20.0,
            before: stripes(before),
            after: stripes(after),
            is_mesh: is_mesh.clone(),
        }
    }

    #[test]
    fn twice_the_contrast_is_twice_the_detail() {
        assert_eq!(sharpness_ratio(&pictures(0.1, 0.1)), 1.0);
        // The face's own rim beside the ground blunts it a little.
        let (double, half) = (sharpness_ratio(&pictures(0.1, 0.2)), sharpness_ratio(&pictures(0.1, 0.05)));
        assert!((1.8..=2.05).contains(&double), "{double}");
        assert!((0.48..=0.55).contains(&half), "{half}");
    }
}
