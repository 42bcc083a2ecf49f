//! How much of the graft shows at each pixel: the mesh, drawn in and softened, where both pictures show skin.

use super::canvas::Canvas;
use super::occlusion::{self, Cover, Whose};
use super::places::places;
use super::skin::{self, View};
use crate::blur::blur;
use crate::landmarks::{BROWS, EYELIDS, NOSE_BASE};
use crate::numeric::smoothstep;
use crate::topology::Topology;

/// Softness of the rim, as a share of the face.
const FEATHER: f32 = 0.022;
/// The upper one of both eyes' lids.
const UPPER_LIDS: [usize; 2] = [EYELIDS[0][0], EYELIDS[1][0]];
/// Depth of the rim within which hair may lie over the face, as a share of the face.
const RIM: f32 = 0.06;

/// Fills `skin`, `rims` and `mask` from `coverage`, `trust` and both pictures' colours.
pub(crate) fn find(canvas: &mut Canvas<'_>, topology: &Topology) {
    let feather = canvas.radius(FEATHER);
    let trusted = canvas.coverage.iter().zip(&canvas.trust).map(|(c, t)| c * t);
    let mut mask: Vec<f32> = trusted.collect();
    blur(&mut mask, canvas.width, canvas.height, feather);
    // Only the inner part of the blurred rim counts, so that the graft never leaves the mesh.
    mask.iter_mut().for_each(|m| *m = smoothstep(0.5, 0.8, *m));
    let mut target = cover(canvas, topology, &canvas.target, &canvas.under_lab, Whose::Target);
    target.over.iter_mut().zip(&canvas.hands).for_each(|(over, hand)| *over = over.max(*hand));
    let source = cover(canvas, topology, &canvas.shaped, &canvas.drawn_lab, Whose::Source);
    let skin = both_skin(canvas, &mask, [&target, &source]);
    let open = unoccluded(canvas, &skin, (feather / 2).max(1));
    canvas.skin = eroded(canvas, skin, feather);
    for (i, m) in mask.iter_mut().enumerate() {
        *m *= open[i] * (1.0 - target.over[i]) * (1.0 - source.over[i]);
    }
    canvas.rims = source.rims;
    // A beard ends where it ends, not at the mesh: shaven by the graft, it would go on around it.
    if let (Some(beard), None) = (&target.beard, &source.beard) {
        mask.iter_mut().zip(beard).for_each(|(m, b)| *m *= 1.0 - b);
    }
    for (m, covered) in mask.iter_mut().zip(&canvas.coverage) {
        *m *= covered;
    }
    canvas.mask = mask;
}

/// What lies over the face in one of the two pictures.
fn cover(
    canvas: &Canvas<'_>,
    topology: &Topology,
    mesh: &[[f32; 3]],
    lab: &[[f32; 3]],
    whose: Whose,
) -> Cover {
    let (width, height) = (canvas.width, canvas.height);
    let places = places(topology, mesh, width, height);
    occlusion::find(&View { width, height, lab, face_px: canvas.face_px, places: &places }, mesh, whose)
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

/// Likelihood of skin in both pictures, each judged by its own cheeks, or without them where a mask hides them.
fn both_skin(canvas: &Canvas<'_>, mask: &[f32], covers: [&Cover; 2]) -> Vec<f32> {
    let face = canvas.face_px;
    let (eye, nose) = (mean_height(canvas, UPPER_LIDS), canvas.target[NOSE_BASE][1]);
    let rows = eye + 0.08 * face..nose - 0.02 * face;
    let of = |cover: &Cover, lab: &[[f32; 3]]| -> Vec<f32> {
        if cover.wears_mask {
            return cover.strange.iter().map(|strange| 1.0 - strange).collect();
        }
        let is_cheek = |i: usize| mask[i] > 0.99 && cover.at(i) == 0.0 && rows.contains(&canvas.row_of(i));
        let cheek: Vec<bool> = (0..mask.len()).map(is_cheek).collect();
        let likely = skin::likelihood(lab, &cheek);
        likely.iter().enumerate().map(|(i, likely)| likely * (1.0 - cover.at(i))).collect()
    };
    let (target, source) = (of(covers[0], &canvas.under_lab), of(covers[1], &canvas.drawn_lab));
    target.iter().zip(source).map(|(t, s)| t * s).collect()
}

fn mean_height(canvas: &Canvas<'_>, pair: [usize; 2]) -> f32 {
    (canvas.target[pair[0]][1] + canvas.target[pair[1]][1]) / 2.0
}
