//! Hair that falls over the sides of a face, and earrings: told by their relief, where colour does not tell them.
//!
//! Brown curls beside a brown cheek have the colour of skin in the shade, but skin is smoother. A face's own cheeks say how
//! smooth: wrinkles and freckles are everywhere.

use super::areas;
use super::places::Zone;
use super::skin::View;
use crate::blur::blur;
use crate::numeric::{quantile, smoothstep};

/// Where it falls, from temple to jaw, and where it surely does if it does: it comes from beside the face.
const SIDES: Zone = Zone { aside: [0.25, 0.5], up: [0.2, 0.85] };
const OUTER: Zone = Zone { aside: [0.35, 0.5], up: [0.2, 0.85] };
/// Ends of brows and eyes within, which are no skin either.
const EYES: Zone = Zone { aside: [0.0, 0.3], up: [0.54, 0.78] };
/// What the sides are compared with.
const CHEEKS: Zone = Zone { aside: [0.12, 0.26], up: [0.36, 0.52] };
/// Likelihood of hair from which it starts, and to which it reaches.
const GROWTH: [f32; 2] = [0.7, 0.3];
/// What is finer than this share of the face is relief, and over as much again it is averaged.
const FINE: f32 = 0.03;
/// Relief times that of the cheeks, between skin and hair.
const ROUGH: [f32; 2] = [2.2, 3.2];
/// The smoothest cheek there is, as root mean square of lightness in Oklab: a blurred photo's has none.
const SMOOTHEST: f32 = 0.012;

/// Marks it in `over`.
pub(super) fn mark(view: &View<'_>, over: &mut [f32]) {
    let relief = relief(view);
    let Some(smooth) = quantile(CHEEKS.pixels(view.places).map(|i| relief[i]).collect(), 0.5) else { return };
    let smooth = smooth.max(SMOOTHEST);
    let hair: Vec<f32> = relief.iter().map(|r| smoothstep(ROUGH[0], ROUGH[1], r / smooth)).collect();
    let is_outer = |i: usize| view.places[i].is_some_and(|p| OUTER.holds(p));
    let is_side = |i: usize| view.places[i].is_some_and(|p| SIDES.holds(p) && !EYES.holds(p));
    areas::grow(view, &hair, GROWTH, is_outer, is_side, over);
}

/// How much lightness differs from that around it, root mean square over a little more.
fn relief(view: &View<'_>) -> Vec<f32> {
    let weight = |i: usize| if view.places[i].is_some() { 1.0 } else { 0.0 };
    let (radius, around) = (view.radius(FINE), view.mean_around(FINE));
    let square = |i: usize| {
        let gap = view.lab[i][0] - around.at(i % view.width, i / view.width)[0];
        gap * gap * weight(i)
    };
    let (mut squares, mut weights): (Vec<f32>, Vec<f32>) =
        (0..view.places.len()).map(|i| (square(i), weight(i))).unzip();
    [&mut squares, &mut weights].into_iter().for_each(|plane| blur(plane, view.width, view.height, radius));
    squares.iter().zip(weights).map(|(square, weight)| (square / weight.max(1e-3)).sqrt()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::places::{Place, pixel_at, square_face};
    use super::*;

    const SIDE: usize = 200;

    /// What is marked on a face that fills a square, where lightness is `light` of place and column.
    fn marked(light: impl Fn(Place, usize) -> f32) -> impl Fn(f32, f32) -> f32 {
        let places = square_face(SIDE);
        let colour = |(i, &place): (usize, &Place)| [light(place, i % SIDE), 0.03, 0.04];
        let lab: Vec<[f32; 3]> = places.iter().flatten().enumerate().map(colour).collect();
        let view = View { width: SIDE, height: SIDE, lab: &lab, face_px: SIDE as f32, places: &places };
        let mut over = vec![0f32; SIDE * SIDE];
        mark(&view, &mut over);
        move |aside, up| pixel_at(&places, aside, up).map_or(f32::NAN, |i| over[i])
    }

    /// Dark and bright by turns.
    fn curl(column: usize) -> f32 {
        if (column / 3).is_multiple_of(2) { 0.75 } else { 0.45 }
    }

    #[test]
    fn curls_in_the_colour_of_skin_are_found_and_skin_is_not() {
        let over = marked(|p, column| if p.aside > 0.3 { curl(column) } else { 0.6 });
        assert_eq!((over(0.42, 0.4), over(0.33, 0.4), over(0.2, 0.4)), (1.0, 1.0, 0.0));
    }

    #[test]
    fn a_face_wrinkled_all_over_wears_no_curls() {
        let over = marked(|_, column| curl(column));
        assert_eq!(over(0.42, 0.4), 0.0);
    }

    #[test]
    fn what_does_not_come_from_beside_the_face_is_no_strand() {
        let over = marked(|p, column| if p.aside > 0.24 && p.aside < 0.28 { curl(column) } else { 0.6 });
        assert_eq!(over(0.27, 0.4), 0.0);
    }
}
