//! Writes the graft into the photo, only where it shows.

use super::canvas::Canvas;
use crate::image_f32::Patch;
use crate::photo::Photo;

/// Blends `drawn` over the photo by `mask`; alpha and every pixel with mask 0 stay bit for bit.
pub(super) fn write_back(canvas: &Canvas<'_>, patch: &Patch, out: &mut Photo) {
    let is_full_size = patch.scale == [1.0, 1.0];
    for y in patch.rect.y0..patch.rect.y1 {
        let row = out.row_mut(y);
        for x in patch.rect.x0..patch.rect.x1 {
            let (colour, mask) = if is_full_size {
                let i = (y - patch.rect.y0) * canvas.width + x - patch.rect.x0;
                (canvas.drawn[i], canvas.mask[i])
            } else {
                enlarged(canvas, patch, x, y)
            };
            if mask > 0.0 {
                let pixel = &mut row[x * 4..x * 4 + 3];
                for k in 0..3 {
                    let old = f32::from(pixel[k]);
                    pixel[k] = (old + (colour[k] * 255.0 - old) * mask + 0.5) as u8;
                }
            }
        }
    }
}

/// Colour and mask of a photo pixel between four canvas pixels; colours count only as far as their mask, so that
/// undrawn black does not bleed in.
fn enlarged(canvas: &Canvas<'_>, patch: &Patch, x: usize, y: usize) -> ([f32; 3], f32) {
    let [u, v] = patch.to_local(x as f32 + 0.5, y as f32 + 0.5);
    let u = (u - 0.5).clamp(0.0, (canvas.width - 1) as f32);
    let v = (v - 0.5).clamp(0.0, (canvas.height - 1) as f32);
    let (x0, y0) = (u as usize, v as usize);
    let (x1, y1) = ((x0 + 1).min(canvas.width - 1), (y0 + 1).min(canvas.height - 1));
    let (fx, fy) = (u - x0 as f32, v - y0 as f32);
    let corners = [
        (y0 * canvas.width + x0, (1.0 - fx) * (1.0 - fy)),
        (y0 * canvas.width + x1, fx * (1.0 - fy)),
        (y1 * canvas.width + x0, (1.0 - fx) * fy),
        (y1 * canvas.width + x1, fx * fy),
    ];
    let (mut colour, mut mask) = ([0f32; 3], 0f32);
    for (i, share) in corners {
        let weight = canvas.mask[i] * share;
        mask += weight;
        for (sum, value) in colour.iter_mut().zip(canvas.drawn[i]) {
            *sum += value * weight;
        }
    }
    (colour.map(|c| c / mask.max(1e-9)), mask)
}
