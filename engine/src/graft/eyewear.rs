//! Glasses: a rim is a closed line around the eye where no face has one.
//!
//! Around each eye the line of most contrast is found by dynamic programming over the picture in polar coordinates.
//! Every face has one, along the brow and the bags under the eye; but only glasses have it unbroken under both eyes,
//! and cross the bridge of the nose.

use super::areas;
use super::places::{Oval, Place, Zone};
use super::skin::View;
use crate::blur::blur;
use crate::landmarks::{CHIN, EYE_RINGS, EYES, FOREHEAD, NOSE_ROOT, NOSE_TIP};
use crate::numeric::{distance_2d, norm, sin_cos, smoothstep, sub};

/// The polar picture: angles around the eye from straight up, and radii.
const ANGLES: usize = 56;
const RADII: usize = 36;
/// Least and largest radius, where 1 is half the eye's width and, upright, about as much on the same face.
const RADIUS: [f32; 2] = [0.95, 2.5];
/// Half the eye's width upright, as a share of the nose's length: a turned head shortens the eye, not the nose.
const UPRIGHT: f32 = 0.4;
/// Most steps of radius from one angle to the next, and what each costs in units of contrast.
const MOST_STEP: usize = 2;
const STEP_COST: f32 = 0.06;
/// The part of a ring that lies under the eye.
const BELOW: core::ops::Range<usize> = ANGLES * 3 / 10..ANGLES * 7 / 10;

/// The bridge of the nose, which glasses cross, and what lenses cover.
const BRIDGE: Zone = Zone { aside: [0.0, 0.03], up: [0.56, 0.66] };
const LENS: Zone = Zone { aside: [0.07, 0.24], up: [0.56, 0.68] };
/// Share of the ring under the eye that must be a line; more where a mask's upper edge may be mistaken for it.
const UNBROKEN: f32 = 0.7;
const UNBROKEN_WITH_MASK: f32 = 0.97;
/// Share of the bridge that is no skin, and what it and the ring's share must come to: deep-set eyes of an old face
/// have a little of both.
const CROSSED: f32 = 0.22;
const CROSSED_AND_UNBROKEN: f32 = 1.06;
/// Share of the bridge for dark glasses of which one lens may be hidden.
const CROSSED_DARK: f32 = 0.45;
/// Share of the lenses that is no skin from which they are dark.
const DARK: f32 = 0.75;

/// What differs this little from what is around it is no line, and what differs this much is one; in Oklab.
const CONTRAST: [f32; 2] = [0.03, 0.08];
/// Opponent colours count this much more than lightness, squared.
const COLOUR: f32 = 4.0;
/// What is around a line, as a share of the face: a little more than the breadth of a rim.
const AROUND: f32 = 0.035;
/// Half the breadth of a rim, as a share of the face.
const BREADTH: f32 = 0.03;
/// The same where nothing of a rim shall be left.
const WIDE: f32 = 0.045;
/// Strangeness from which rims start, and to which they reach.
const GROWTH: [f32; 2] = [0.7, 0.3];
/// The eye's opening with its lashes: what is strange there is the eye.
const EYE: Oval = Oval { aside: 0.157, up: 0.622, half: [0.09, 0.04] };
/// How far in Oklab what belongs to a rim is from its colour.
const ALIKE: [f32; 2] = [0.08, 0.2];
/// Around the opening of an eye, lashes; around a rim, its shadow. As shares of the face.
const LASHES: f32 = 0.006;
const SHADOW: f32 = 0.01;
/// Between the lenses, and from the lenses to the ears.
const BETWEEN: Zone = Zone { aside: [0.0, 0.08], up: [0.55, 0.7] };
const ARMS: Zone = Zone { aside: [0.22, 0.5], up: [0.54, 0.74] };

/// Glasses that a face wears.
struct Glasses {
    rings: [Ring; 2],
    is_dark: bool,
}

/// Marks glasses in `over`, if the face with this mesh (in pixels) wears any.
pub(super) fn mark(view: &View<'_>, mesh: &[[f32; 3]], strange: &[f32], wears_mask: bool, over: &mut [f32]) {
    let Some(Glasses { rings, is_dark }) = find(view, mesh, strange, wears_mask) else { return };
    if is_dark {
        mark_dark(view, strange, &rings, over);
    } else {
        mark_rims(view, strange, (&rings, BREADTH), |_, place| !EYE.holds(place), over);
    }
}

/// Rims and lenses of dark glasses.
fn mark_dark(view: &View<'_>, strange: &[f32], rings: &[Ring; 2], over: &mut [f32]) {
    mark_rims(view, strange, (rings, BREADTH), |_, _| true, over);
    rings.iter().for_each(|ring| areas::fill(view, &ring.points, over));
}

/// The same for a source: the rims of clear glasses come into `rims`, a little wider and also where they come near the eye,
/// since nothing of them shall be left.
pub(super) fn mark_source(
    view: &View<'_>,
    mesh: &[[f32; 3]],
    strange: &[f32],
    wears_mask: bool,
    over: &mut [f32],
    rims: &mut [f32],
) {
    let Some(Glasses { rings, is_dark }) = find(view, mesh, strange, wears_mask) else { return };
    if is_dark {
        return mark_dark(view, strange, &rings, over);
    }
    let mut eyes = vec![0f32; strange.len()];
    for ring in EYE_RINGS {
        let opening = ring.map(|i| [mesh[i][0], mesh[i][1]]);
        areas::fill(view, &opening, &mut eyes);
    }
    blur(&mut eyes, view.width, view.height, view.radius(LASHES));
    mark_rims(view, strange, (&rings, WIDE), |i, _| eyes[i] < 0.1, rims);
    mark_alike(view, &rings, |i| eyes[i] < 0.1, rims);
    areas::close(view, SHADOW, rims);
    blur(rims, view.width, view.height, view.radius(SHADOW));
    rims.iter_mut().zip(eyes).for_each(|(rim, eye)| *rim = smoothstep(0.05, 0.3, *rim) * (1.0 - eye));
}

/// Marks what is joined to the rims and has their colour within the rings: an upper rim close to the eye, below the brow that
/// the ring took for it.
fn mark_alike(view: &View<'_>, rings: &[Ring; 2], may_be: impl Fn(usize) -> bool, rims: &mut [f32]) {
    let mut within = vec![0f32; rims.len()];
    rings.iter().for_each(|ring| areas::fill(view, &ring.points, &mut within));
    let marked: Vec<usize> = (0..rims.len()).filter(|&i| rims[i] > 0.0).collect();
    let mean: [f32; 3] = core::array::from_fn(|k| {
        marked.iter().map(|&i| view.lab[i][k]).sum::<f32>() / marked.len().max(1) as f32
    });
    let alike = |i: usize| 1.0 - smoothstep(ALIKE[0], ALIKE[1], norm(sub(view.lab[i], mean)));
    let alike: Vec<f32> = within.iter().enumerate().map(|(i, within)| within * alike(i)).collect();
    areas::grow(view, &alike, GROWTH, |i| marked.binary_search(&i).is_ok(), may_be, rims);
}

fn find(view: &View<'_>, mesh: &[[f32; 3]], strange: &[f32], wears_mask: bool) -> Option<Glasses> {
    let lines = lines(view, strange);
    let rings = EYES.map(|eye| Ring::find(view, &lines, mesh, eye));
    let [least, most] = [f32::min, f32::max].map(|of| of(rings[0].below, rings[1].below));
    let (bridge, lens) = (BRIDGE.mean(view.places, strange), LENS.mean(view.places, strange));
    let unbroken = if wears_mask { UNBROKEN_WITH_MASK } else { UNBROKEN };
    let is_dark = lens > DARK;
    let is_pair = least > unbroken && bridge > CROSSED && least + bridge > CROSSED_AND_UNBROKEN;
    let is_turned_pair = is_dark && most > unbroken && bridge > CROSSED_DARK;
    (is_pair || is_turned_pair).then_some(Glasses { rings, is_dark })
}

/// What is strange about the rings, between the lenses and at the sides, where a rim `may_be`.
fn mark_rims(
    view: &View<'_>,
    strange: &[f32],
    (rings, breadth): (&[Ring; 2], f32),
    may_be: impl Fn(usize, Place) -> bool,
    over: &mut [f32],
) {
    let near = near_rings(view, rings, breadth);
    let is_rim = |i: usize, p: Place| near[i] || BETWEEN.holds(p) || ARMS.holds(p);
    let is_part = |i: usize| view.places[i].is_some_and(|p| is_rim(i, p) && may_be(i, p));
    areas::grow(view, strange, GROWTH, |i| near[i] && is_part(i), is_part, over);
}

/// Of what is strange, what differs from its close surroundings: rims and strands, but no broad shadows.
fn lines(view: &View<'_>, strange: &[f32]) -> Vec<f32> {
    let around = view.mean_around(AROUND);
    let of = |(i, &strange): (usize, &f32)| {
        if strange == 0.0 {
            return 0.0;
        }
        let (mean, lab) = (around.at(i % view.width, i / view.width), view.lab[i]);
        let [l, a, b] = [0, 1, 2].map(|k| (lab[k] - mean[k]) * (lab[k] - mean[k]));
        strange * smoothstep(CONTRAST[0], CONTRAST[1], (l + COLOUR * (a + b)).sqrt())
    };
    strange.iter().enumerate().map(of).collect()
}

/// The line around an eye that looks most like a rim.
struct Ring {
    /// In pixels, one for each angle.
    points: Vec<[f32; 2]>,
    /// How unbroken it is under the eye, 0 to 1.
    below: f32,
}

impl Ring {
    fn find(view: &View<'_>, lines: &[f32], mesh: &[[f32; 3]], eye: [usize; 2]) -> Self {
        let polar = Polar::around(mesh, eye);
        let value = |[x, y]: [f32; 2]| {
            let is_inside = x >= 0.0 && y >= 0.0 && x < view.width as f32 && y < view.height as f32;
            if is_inside { lines[y as usize * view.width + x as usize] } else { 0.0 }
        };
        let path = best_path(|angle, radius| value(polar.at(angle, radius)));
        let points: Vec<[f32; 2]> = path.iter().enumerate().map(|(angle, &r)| polar.at(angle, r)).collect();
        let below = points[BELOW].iter().map(|&p| value(p)).sum::<f32>() / BELOW.len() as f32;
        Self { points, below }
    }
}

/// Polar coordinates around an eye, as it lies on the face.
struct Polar {
    centre: [f32; 2],
    across: [f32; 2],
    down: [f32; 2],
}

impl Polar {
    fn around(mesh: &[[f32; 3]], [outer, inner]: [usize; 2]) -> Self {
        let (a, b) = (mesh[outer], mesh[inner]);
        let (top, chin) = (mesh[FOREHEAD], mesh[CHIN]);
        let upright =
            UPRIGHT * distance_2d(mesh[NOSE_ROOT], mesh[NOSE_TIP]) / distance_2d(top, chin).max(1.0);
        Self {
            centre: [0, 1].map(|k| (a[k] + b[k]) / 2.0),
            across: [0, 1].map(|k| (b[k] - a[k]) / 2.0),
            down: [0, 1].map(|k| (chin[k] - top[k]) * upright),
        }
    }

    fn at(&self, angle: usize, radius: usize) -> [f32; 2] {
        let (sin, cos) = sin_cos((angle as f32 + 0.5) / ANGLES as f32 * core::f32::consts::TAU);
        let radius = RADIUS[0] + (RADIUS[1] - RADIUS[0]) * radius as f32 / (RADII - 1) as f32;
        [0, 1].map(|k| self.centre[k] + radius * (sin * self.across[k] - cos * self.down[k]))
    }
}

/// The radius at each angle along which `value` sums up to most. The ends, at the brow, need not meet.
fn best_path(value: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let mut sums = vec![[0f32; RADII]; ANGLES];
    let mut before = vec![[0usize; RADII]; ANGLES];
    for angle in 0..ANGLES {
        for radius in 0..RADII {
            let reachable = radius.saturating_sub(MOST_STEP)..=(radius + MOST_STEP).min(RADII - 1);
            let so_far = |r: usize| match angle {
                0 => 0.0,
                _ => sums[angle - 1][r] - STEP_COST * r.abs_diff(radius) as f32,
            };
            let best = reachable.max_by(|&a, &b| so_far(a).total_cmp(&so_far(b))).unwrap_or(radius);
            sums[angle][radius] = so_far(best) + value(angle, radius);
            before[angle][radius] = best;
        }
    }
    let last = &sums[ANGLES - 1];
    let mut radius = (0..RADII).max_by(|&a, &b| last[a].total_cmp(&last[b])).unwrap_or(0);
    let mut path = vec![0; ANGLES];
    for angle in (0..ANGLES).rev() {
        path[angle] = radius;
        radius = before[angle][radius];
    }
    path
}

/// Pixels within a breadth, a share of the face, from a ring.
fn near_rings(view: &View<'_>, rings: &[Ring; 2], breadth: f32) -> Vec<bool> {
    let reach = (breadth * view.face_px).max(1.0);
    let mut near = vec![false; view.width * view.height];
    let span = |at: f32, size: usize| {
        let [low, high] = [at - reach, at + reach + 1.0].map(|v| (v.max(0.0) as usize).min(size));
        low..high
    };
    for &[px, py] in rings.iter().flat_map(|ring| &ring.points) {
        for y in span(py, view.height) {
            for x in span(px, view.width) {
                let (dx, dy) = (x as f32 + 0.5 - px, y as f32 + 0.5 - py);
                near[y * view.width + x] |= dx * dx + dy * dy <= reach * reach;
            }
        }
    }
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_follows_a_line_and_bridges_a_gap() {
        let line = |angle: usize| 10 + angle / 6;
        let value = |angle: usize, radius: usize| {
            let is_gap = (20..23).contains(&angle);
            if radius == line(angle) && !is_gap { 1.0 } else { 0.0 }
        };
        let path = best_path(value);
        assert!((0..ANGLES).all(|angle| path[angle].abs_diff(line(angle)) <= 1), "{path:?}");
    }
}
