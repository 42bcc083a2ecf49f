//! Several people in one picture.

use crate::color::{decode, encode};
use crate::landmarks::Landmarks;
use crate::parameters::Portrait;
use crate::render::{Drawing, MAX_SIDE, MIN_SIDE, cut_out, empty_stage};

/// A picture of several people, with one set of landmarks for each, left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupDrawing {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `width * height * 4` bytes, sRGB with opaque alpha.
    pub rgba: Vec<u8>,
    /// One per portrait that had room, in the order given.
    pub faces: Vec<Landmarks>,
}

/// People stand closer than their shoulders are wide: each is drawn this much wider than their share.
const OVERLAP: f32 = 1.2;

/// Renders portraits side by side before the backdrop of the first. Sides are clamped like those of
/// [`crate::render`]; each person needs [`MIN_SIDE`] pixels of width, those who find none are left out.
#[must_use]
pub fn group(portraits: &[Portrait], width: u32, height: u32) -> GroupDrawing {
    let (width, height) = (width.clamp(MIN_SIDE, MAX_SIDE), height.clamp(MIN_SIDE, MAX_SIDE));
    let backdrop = portraits.first().map(|p| p.clamped().backdrop).unwrap_or_default();
    let rgba = empty_stage(&backdrop, width, height);
    let mut out = GroupDrawing { width, height, rgba, faces: Vec::new() };
    let count = (portraits.len() as u32).min(width / MIN_SIDE);
    for (i, portrait) in portraits.iter().take(count as usize).enumerate() {
        let share = width as f32 / count as f32;
        let wide = ((share * OVERLAP) as u32).clamp(MIN_SIDE, MAX_SIDE);
        let left = (share * (i as f32 + 0.5)) as i32 - wide as i32 / 2;
        let figure = cut_out(&Portrait { backdrop, ..portrait.clone() }, wide, height);
        place(&mut out, &figure, left);
        out.faces.push(figure.landmarks.moved([left as f32, 0.0]));
    }
    out
}

/// Lays a cut-out over the picture, its left edge at `left`.
fn place(out: &mut GroupDrawing, figure: &Drawing, left: i32) {
    for y in 0..out.height.min(figure.height) {
        for x in 0..figure.width {
            let target = left + x as i32;
            if target < 0 || target >= out.width as i32 {
                continue;
            }
            let from = &figure.rgba[((y * figure.width + x) * 4) as usize..][..4];
            let to = &mut out.rgba[((y * out.width + target as u32) * 4) as usize..][..4];
            match from[3] {
                0 => {}
                255 => to[..3].copy_from_slice(&from[..3]),
                alpha => {
                    let mixed = decode(to).mix(decode(from), f32::from(alpha) / 255.0);
                    to[..3].copy_from_slice(&encode(mixed));
                }
            }
        }
    }
}
