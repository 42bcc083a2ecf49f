//! How much of the graft shows at each pixel: the mesh, drawn in and softened, where both pictures show skin.

use super::blur::blur;
use super::canvas::Canvas;
use super::skin;
use crate::landmarks::{BROWS, EYELIDS, NOSE_BASE};
use crate::numeric::smoothstep;

/// Softness of the rim, as a share of the face.
const FEATHER: f32 = 0.022;
/// Depth of the rim within which hair may lie over the face, as a share of the face.
const RIM: f32 = 0.06;

/// Fills `mask` from `coverage`, `trust` and both pictures' colours.
pub(super) fn find(canvas: &mut Canvas<'_>) {
    let feather = canvas.radius(FEATHER);
    let trusted = canvas.coverage.iter().zip(&canvas.trust).map(|(c, t)| c * t);
    let mut mask: Vec<f32> = trusted.collect();
    blur(&mut mask, canvas.width, canvas.height, feather);
    // Only the inner part of the blurred rim counts, so that the graft never leaves the mesh.
    mask.iter_mut().for_each(|m| *m = smoothstep(0.62, 0.97, *m));
    let open = unoccluded(canvas, &mask, (feather / 2).max(1));
    mask.iter_mut().zip(open).for_each(|(m, o)| *m *= o);
    for (m, covered) in mask.iter_mut().zip(&canvas.coverage) {
        *m *= covered;
    }
    canvas.mask = mask;
}

/// 0 where hair, a headscarf or a hand covers the face in either picture, 1 where it does not.
///
/// Asked only above the brows and near the rim: elsewhere eyes, lips and brows are no skin and must stay.
fn unoccluded(canvas: &Canvas<'_>, mask: &[f32], softness: usize) -> Vec<f32> {
    let (face, height_of) = (canvas.face_px, |i: usize| canvas.target[i][1]);
    let mean_height = |pair: [usize; 2]| (height_of(pair[0]) + height_of(pair[1])) / 2.0;
    let (brow, eye, nose) = (mean_height(BROWS), mean_height(EYELIDS), height_of(NOSE_BASE));
    let cheek: Vec<bool> = (0..mask.len())
        .map(|i| {
            let y = canvas.row_of(i);
            mask[i] > 0.99 && y > eye + 0.08 * face && y < nose - 0.02 * face
        })
        .collect();
    let under = skin::likelihood(&canvas.under_lab, &cheek);
    let drawn = skin::likelihood(&canvas.drawn_lab, &cheek);
    let mut rim = canvas.coverage.clone();
    blur(&mut rim, canvas.width, canvas.height, canvas.radius(RIM));
    let mut open: Vec<f32> = (0..mask.len())
        .map(|i| {
            let y = canvas.row_of(i);
            let above = smoothstep(0.02 * face, 0.09 * face, brow - y);
            let edge = (1.0 - smoothstep(0.7, 0.98, rim[i])) * (1.0 - smoothstep(0.0, 0.15 * face, y - nose));
            1.0 - above.max(edge) * (1.0 - under[i] * drawn[i])
        })
        .collect();
    blur(&mut open, canvas.width, canvas.height, softness);
    open
}
