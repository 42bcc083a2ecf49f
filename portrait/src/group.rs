//! Several people in one picture.

use crate::landmarks::Landmarks;
use crate::parameters::{Backdrop, Portrait};
use crate::render::{MAX_SIDE, MIN_SIDE, render};

/// A picture of several people, with one set of landmarks for each, left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupDrawing {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `width * height * 4` bytes, sRGB with opaque alpha.
    pub rgba: Vec<u8>,
    /// One per portrait, in the order given.
    pub faces: Vec<Landmarks>,
}

/// Renders portraits side by side, each in an equal share of the width and on its own piece of one backdrop (that of
/// the first). Sides are clamped like those of [`render`]; an empty group is a white picture.
#[must_use]
pub fn group(portraits: &[Portrait], width: u32, height: u32) -> GroupDrawing {
    let (width, height) = (width.clamp(MIN_SIDE, MAX_SIDE), height.clamp(MIN_SIDE, MAX_SIDE));
    let mut out = GroupDrawing { width, height, rgba: vec![255; (width * height * 4) as usize], faces: Vec::new() };
    let Some(first) = portraits.first() else { return out };
    let count = (portraits.len() as u32).min(width / MIN_SIDE);
    // A flat backdrop has no seam between the shares.
    let flat = Backdrop { glow: first.backdrop.edge, edge: first.backdrop.edge };
    for (i, portrait) in portraits.iter().take(count as usize).enumerate() {
        let left = width * i as u32 / count;
        let right = width * (i as u32 + 1) / count;
        let drawing = render(&Portrait { backdrop: flat, ..portrait.clone() }, right - left, height);
        for y in 0..height as usize {
            let from = &drawing.rgba[y * (right - left) as usize * 4..(y + 1) * (right - left) as usize * 4];
            let start = (y * width as usize + left as usize) * 4;
            out.rgba[start..start + from.len()].copy_from_slice(from);
        }
        out.faces.push(drawing.landmarks.moved([left as f32, 0.0]));
    }
    out
}
