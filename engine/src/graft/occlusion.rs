//! What lies over a face: glasses, a medical mask or a veil, a microphone; and full beards, which are neither face nor not.
//!
//! There is no network for it. Skin is told by the face's own colour, and the mesh says where bare skin is natural:
//! no beard grows on the nose, no brow under the eye. What is no skin there lies over the face, and so does what is
//! joined to it within the part of the face that such a thing covers.

use super::areas;
use super::eyewear;
use super::places::{Oval, Place, Zone};
use super::skin::{self, View};
use super::strands;
use crate::blur::blur;
use crate::numeric::smoothstep;

/// Tip of the nose, lips and cheeks beside them: what a mask or a veil covers, all of them.
const MASKED: [Zone; 3] = [
    Zone { aside: [0.0, 0.05], up: [0.42, 0.48] },
    Zone { aside: [0.0, 0.1], up: [0.26, 0.35] },
    Zone { aside: [0.1, 0.25], up: [0.32, 0.42] },
];
/// Share of each that must be strange.
const MASK_SHARE: f32 = 0.7;
/// Where a mask surely is if there is one, and how far up it may reach.
const MASK_CORE: Zone = Zone { aside: [0.0, 0.3], up: [0.0, 0.45] };
const MASK_TOP: f32 = 0.6;
/// Folds of a mask, as a share of the face.
const FOLDS: f32 = 0.03;

/// The lower lip, and the skin from it to the chin: what a microphone, a cup or a scarf hides.
const MOUTH: Zone = Zone { aside: [0.0, 0.08], up: [0.24, 0.3] };
const UNDER_MOUTH: Zone = Zone { aside: [0.0, 0.06], up: [0.12, 0.24] };
/// Share of each that must be strange; lips are, so that only what is no redder than skin counts there.
const THING_SHARE: [f32; 2] = [0.3, 0.5];
/// How much redder than the face lips are, between nothing counted and all.
const LIP_RED: [f32; 2] = [0.01, 0.03];

/// Chin and jaw, and how much of them a full beard covers; of a shorter one the skin beneath says whose face it is.
const BEARDED: [Zone; 2] =
    [Zone { aside: [0.0, 0.1], up: [0.1, 0.2] }, Zone { aside: [0.18, 0.36], up: [0.14, 0.3] }];
const BEARD_SHARE: f32 = 0.75;
/// Where beards grow: below the nose's tip, beside the ears, but not on the lips.
const BEARD_TOP: f32 = 0.42;
const SIDEBURNS: Zone = Zone { aside: [0.36, 0.5], up: [0.3, 0.6] };
const LIPS: Oval = Oval { aside: 0.0, up: 0.305, half: [0.15, 0.055] };

/// Strangeness from which things start, and to which they reach.
const GROWTH: [f32; 2] = [0.7, 0.3];
/// Softness of an edge, as a share of the face.
const EDGE: f32 = 0.006;

/// What a picture of a face shows besides the face, per pixel from 0 to 1.
pub(super) struct Cover {
    /// What is no skin: also eyes, lips and brows.
    pub(super) strange: Vec<f32>,
    /// What lies over the face, but for `rims`.
    pub(super) over: Vec<f32>,
    /// The rims of a source's clear glasses.
    pub(super) rims: Vec<f32>,
    /// Whether nose, mouth and cheeks are hidden.
    pub(super) wears_mask: bool,
    /// The beard, if there is a full one.
    pub(super) beard: Option<Vec<f32>>,
}

impl Cover {
    /// All that lies over a pixel of the face.
    pub(super) fn at(&self, index: usize) -> f32 {
        self.over[index] + self.rims[index]
    }
}

/// Which of the two pictures is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Its hair must not come along: a little skin lost with it is the target's then.
    Source,
    /// Its hair is told by colour alone: what is kept of it for nothing is not the source's.
    Target,
}

/// Looks for it on the face with this mesh, in pixels.
pub(super) fn find(view: &View<'_>, mesh: &[[f32; 3]], whose: Whose) -> Cover {
    let strange = skin::strangeness(view);
    let mut over = vec![0f32; strange.len()];
    let wears_mask = MASKED.iter().all(|zone| zone.mean(view.places, &strange) > MASK_SHARE);
    if wears_mask {
        mark_mask(view, &strange, &mut over);
    } else {
        mark_thing(view, &strange, &mut over);
    }
    let mut rims = vec![0f32; strange.len()];
    match whose {
        Whose::Target => eyewear::mark(view, mesh, &strange, wears_mask, &mut over),
        Whose::Source => {
            eyewear::mark_source(view, mesh, &strange, wears_mask, &mut over, &mut rims);
            strands::mark(view, &mut over);
        }
    }
    soften(view, &mut over);
    soften(view, &mut rims);
    // Rims have the relief of strands, too: what is a rim is nothing else.
    over.iter_mut().zip(&rims).for_each(|(over, rim)| *over = (*over - rim).max(0.0));
    let beard = if wears_mask { None } else { find_beard(view, &strange) };
    Cover { strange, over, rims, wears_mask, beard }
}

fn mark_mask(view: &View<'_>, strange: &[f32], over: &mut [f32]) {
    let is_core = |i: usize| view.places[i].is_some_and(|p| MASK_CORE.holds(p));
    let is_part = |i: usize| view.places[i].is_some_and(|p| p.up < MASK_TOP);
    areas::grow(view, strange, GROWTH, is_core, is_part, over);
    areas::close(view, FOLDS, over);
}

/// Something before mouth and chin. A beard leaves the lips free, and they are redder than what it is made of.
fn mark_thing(view: &View<'_>, strange: &[f32], over: &mut [f32]) {
    let [mouth, under] = THING_SHARE;
    if UNDER_MOUTH.mean(view.places, strange) < under {
        return;
    }
    let red = skin::redness(view);
    let no_lip = |(strange, red): (&f32, f32)| strange * (1.0 - smoothstep(LIP_RED[0], LIP_RED[1], red));
    let matter: Vec<f32> = strange.iter().zip(red).map(no_lip).collect();
    if MOUTH.mean(view.places, &matter) < mouth {
        return;
    }
    let is_core = |i: usize| view.places[i].is_some_and(|p| MOUTH.holds(p) || UNDER_MOUTH.holds(p));
    let is_part = |i: usize| view.places[i].is_some_and(|p| p.up < MASK_TOP);
    areas::grow(view, &matter, GROWTH, is_core, is_part, over);
    areas::close(view, FOLDS, over);
}

/// The beard of a face whose chin and jaw are covered by it.
fn find_beard(view: &View<'_>, strange: &[f32]) -> Option<Vec<f32>> {
    if BEARDED.iter().any(|zone| zone.mean(view.places, strange) < BEARD_SHARE) {
        return None;
    }
    let grows = |p: Place| (p.up < BEARD_TOP || SIDEBURNS.holds(p)) && !LIPS.holds(p);
    let is_part = |i: usize| view.places[i].is_some_and(grows);
    let mut beard = vec![0f32; strange.len()];
    areas::grow(view, strange, GROWTH, is_part, is_part, &mut beard);
    areas::close(view, FOLDS, &mut beard);
    soften(view, &mut beard);
    Some(beard)
}

/// A little wider than what was found, and soft at its edge.
fn soften(view: &View<'_>, area: &mut [f32]) {
    blur(area, view.width, view.height, view.radius(EDGE));
    area.iter_mut().for_each(|inside| *inside = smoothstep(0.05, 0.45, *inside));
}
