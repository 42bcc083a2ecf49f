//! Takes the rims of clear glasses off a source's face: there the target's own detail shows, in the graft's light.
//!
//! Left out of the mask instead, the target would show in rings: its skin has the graft's tone, but not its light.

use super::canvas::Canvas;
use super::membrane::Membrane;
use crate::image_f32::lerp3;

/// The graft holds the difference in light where it shows at least this much.
const SHOWN: f32 = 0.9;

/// Fills the rims in `drawn`; nothing where the source wears no clear glasses.
pub(super) fn borrow(canvas: &mut Canvas<'_>) {
    if canvas.rims.iter().all(|&rim| rim == 0.0) {
        return;
    }
    let holds = |i: usize| canvas.rims[i] == 0.0 && canvas.mask[i] > SHOWN;
    let Some(light) = Membrane::span(canvas, 1.0, holds) else { return };
    for (i, drawn) in canvas.drawn.iter_mut().enumerate().filter(|(i, _)| canvas.rims[*i] > 0.0) {
        let shift = light.at(i % canvas.width, i / canvas.width);
        let borrowed = core::array::from_fn(|k| (canvas.under[i][k] - shift[k]).clamp(0.0, 1.0));
        *drawn = lerp3(*drawn, borrowed, canvas.rims[i]);
    }
}
