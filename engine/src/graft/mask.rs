//! How much of the graft shows at each pixel: the mesh, drawn in and softened, where both pictures show skin.

use super::canvas::Canvas;
use super::skin;
use crate::blur::blur;
use crate::landmarks::{BROWS, EYELIDS, NOSE_BASE};
use crate::numeric::smoothstep;

/// Softness of the rim, as a share of the face.
const FEATHER: f32 = 0.022;
/// Depth of the rim within which hair may lie over the face, as a share of the face.
const RIM: f32 = 0.06;

/// Fills `skin` and `mask` from `coverage`, `trust` and both pictures' colours.
pub(crate) fn find(canvas: &mut Canvas<'_>) {
    let feather = canvas.radius(FEATHER);
    let trusted = canvas.coverage.iter().zip(&canvas.trust).map(|(c, t)| c * t);
    let mut mask: Vec<f32> = trusted.collect();
    blur(&mut mask, canvas.width, canvas.height, feather);
    // Only the inner part of the blurred rim counts, so that the graft never leaves the mesh.
    mask.iter_mut().for_each(|m| *m = smoothstep(0.62, 0.97, *m));
    let skin = both_skin(canvas, &mask);
    let open = unoccluded(canvas, &skin, (feather / 2).max(1));
    canvas.skin = eroded(canvas, skin, feather);
    mask.iter_mut().zip(open).for_each(|(m, o)| *m *= o);
    for (m, covered) in mask.iter_mut().zip(&canvas.coverage) {
        *m *= covered;
    }
    canvas.mask = mask;
}

/// 0 where hair, a headscarf or a hand covers the face in either picture, 1 where it does not.
///
/// Asked only above the brows and near the rim: elsewhere eyes, lips and brows are no skin and must stay.
fn unoccluded(canvas: &Canvas<'_>, skin: &[f32], softness: usize) -> Vec<f32> {
    let face = canvas.face_px;
    let (brow, nose) = (mean_height(canvas, BROWS), canvas.target[NOSE_BASE][1]);
    let mut rim = canvas.coverage.clone();
    blur(&mut rim, canvas.width, canvas.height, canvas.radius(RIM));
    let mut open: Vec<f32> = (0..rim.len())
        .map(|i| {
            let y = canvas.row_of(i);
            let above = smoothstep(0.02 * face, 0.09 * face, brow - y);
            let edge = (1.0 - smoothstep(0.7, 0.98, rim[i])) * (1.0 - smoothstep(0.0, 0.15 * face, y - nose));
            1.0 - above.max(edge) * (1.0 - skin[i])
        })
        .collect();
    blur(&mut open, canvas.width, canvas.height, softness);
    open
}

/// Skin away from all that is none, where strands of hair and their shadows no longer colour it.
fn eroded(canvas: &Canvas<'_>, mut skin: Vec<f32>, radius: usize) -> Vec<f32> {
    blur(&mut skin, canvas.width, canvas.height, radius);
    skin.iter().map(|s| smoothstep(0.5, 0.9, *s)).collect()
}

/// Likelihood of skin in both pictures, each judged by its own cheeks.
fn both_skin(canvas: &Canvas<'_>, mask: &[f32]) -> Vec<f32> {
    let face = canvas.face_px;
    let (eye, nose) = (mean_height(canvas, EYELIDS), canvas.target[NOSE_BASE][1]);
    let rows = eye + 0.08 * face..nose - 0.02 * face;
    let is_cheek = |i: usize| mask[i] > 0.99 && rows.contains(&canvas.row_of(i));
    let cheek: Vec<bool> = (0..mask.len()).map(is_cheek).collect();
    let under = skin::likelihood(&canvas.under_lab, &cheek);
    let drawn = skin::likelihood(&canvas.drawn_lab, &cheek);
    under.iter().zip(drawn).map(|(u, d)| u * d).collect()
}

fn mean_height(canvas: &Canvas<'_>, pair: [usize; 2]) -> f32 {
    (canvas.target[pair[0]][1] + canvas.target[pair[1]][1]) / 2.0
}
