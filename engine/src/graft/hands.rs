//! Hands before a face, told by a network (`crate::hands`), since they have its colour: a target's stay before it, a source's
//! do not come along.

use super::canvas::Canvas;
use crate::hands::{Bone, Hand, Shape};
use crate::image_f32::Patch;
use crate::numeric::smoothstep;

/// Softness of a hand's edge, as a share of its breadth there.
const EDGE: f32 = 0.25;

/// What hands cover of a patch.
#[derive(Debug)]
pub(super) struct Hands {
    /// In patch pixels.
    shapes: Vec<Shape>,
}

impl Hands {
    pub(super) fn new(hands: &[Hand], patch: &Patch) -> Self {
        let scale = (patch.scale[0] + patch.scale[1]) / 2.0;
        let local = |hand: &Hand| hand.shape().moved(|[x, y]| patch.to_local(x, y), scale);
        Self { shapes: hands.iter().map(local).collect() }
    }

    /// 1 under a hand, 0 beside it.
    pub(super) fn over(&self, place: [f32; 2]) -> f32 {
        let near = |bone: &Bone| 1.0 - smoothstep(0.0, EDGE * bone.radius, bone.distance(place));
        let of = |hand: &Shape| {
            if hand.is_palm(place) { 1.0 } else { hand.bones.iter().map(near).fold(0.0, f32::max) }
        };
        self.shapes.iter().map(of).fold(0.0, f32::max)
    }
}

/// Fills the canvas's `hands`.
pub(super) fn cover(canvas: &mut Canvas<'_>, patch: &Patch, hands: &[Hand]) {
    if hands.is_empty() {
        return;
    }
    let hands = Hands::new(hands, patch);
    for (i, over) in canvas.hands.iter_mut().enumerate() {
        *over = hands.over([(i % canvas.width) as f32 + 0.5, (i / canvas.width) as f32 + 0.5]);
    }
}
