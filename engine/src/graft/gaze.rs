//! Where the eyes look: as the target's do, in the source's eye colour.
//!
//! A source's irises lie where they lay in its own photo: of a head turned away that looks into the camera, in the corners of
//! the eyes. Drawn onto a face that looks ahead, it would look aside. Where the two differ, the inside of the target's eyes
//! shows instead, highlights and all, and its irises take the colour of the source's.

use super::canvas::Canvas;
use super::colour::{oklab_from_srgb, srgb_from_oklab};
use super::raster::span;
use crate::image_f32::{Image, lerp3};
use crate::landmarks::{EYE_RINGS, EYELIDS, EYES};
use crate::numeric::{bounds, distance_to_line, is_within, quantile, sides, smoothstep, sub};

/// Difference of the irises' places from which the target's gaze begins to show, and from which it does wholly, in halves of
/// the eye's width.
const DIFFERENT: [f32; 2] = [0.12, 0.15];
/// From the lids' edge to where the eye's inside shows wholly, in halves of the eye's width: lashes stay the source's.
const RIM: [f32; 2] = [0.03, 0.13];
/// Pixels that far inside tell about the iris.
const SURE: f32 = 0.5;
/// Fewer of them say nothing.
const MIN_SAMPLES: usize = 40;
/// An eye whose darkest and brightest differ by less, in lightness, shows no iris: closed, or behind dark glasses.
const MIN_CONTRAST: f32 = 0.18;
/// Share of the way from the darkest to the brightest up to which a pixel belongs to the iris.
const DARK: f32 = 0.5;
/// How far the iris' lightness follows the source's, and the most by which it changes; its colour follows wholly.
const LIGHTNESS: f32 = 0.6;
const MOST_LIGHTNESS: f32 = 0.12;

/// Shows the target's gaze in `drawn` where it is another; `under` is the target's picture.
pub(super) fn follow_target(canvas: &mut Canvas<'_>, under: &Image) {
    let eyes = [0, 1].map(|side| Opening::find(canvas, under, side));
    let turns = eyes.iter().flatten().map(|eye| eye.source.across - eye.target.across);
    let Some(turn) = turns.clone().reduce(|a, b| a + b).map(|sum| sum / turns.count() as f32) else { return };
    let amount = smoothstep(DIFFERENT[0], DIFFERENT[1], turn.abs());
    if amount > 0.0 {
        eyes.iter().flatten().for_each(|eye| eye.show(canvas, amount));
    }
}

/// What lies between the lids of one eye.
struct Opening {
    pixels: Vec<Pixel>,
    /// The iris as drawn, and as the target's picture has it.
    source: Iris,
    target: Iris,
}

struct Pixel {
    index: usize,
    /// From 0 at the lids to 1.
    inside: f32,
    /// Along the eye from the picture's left to its right, -1 to 1.
    across: f32,
    /// The target's colour there, in Oklab.
    under: [f32; 3],
}

impl Opening {
    /// None where no iris can be told in one of the two.
    fn find(canvas: &Canvas<'_>, under: &Image, side: usize) -> Option<Self> {
        let (here, there) = (Frame::of(&canvas.shaped, side), Frame::of(&canvas.target, side));
        let ring = EYE_RINGS[side].map(|i| canvas.shaped[i]);
        let [left, top, right, bottom] = bounds(&ring);
        let ring = ring.map(flat);
        let half_width = here.across[0].hypot(here.across[1]).max(1.0);
        let mut pixels = Vec::new();
        for y in span([top, bottom], canvas.height) {
            for x in span([left, right], canvas.width) {
                let index = y * canvas.width + x;
                let at = [x as f32 + 0.5, y as f32 + 0.5];
                let inside = smoothstep(RIM[0], RIM[1], depth(&ring, at) / half_width);
                if inside > 0.0 && canvas.coverage[index] > 0.0 {
                    let place = here.local(at);
                    let [tx, ty] = there.place(place);
                    let colour = oklab_from_srgb(under.sample(tx - 0.5, ty - 0.5));
                    pixels.push(Pixel { index, inside, across: place[0], under: colour });
                }
            }
        }
        let sure = || pixels.iter().filter(|pixel| pixel.inside > SURE);
        let source = Iris::find(sure().map(|p| (p.across, oklab_from_srgb(canvas.drawn[p.index]))))?;
        let target = Iris::find(sure().map(|p| (p.across, p.under)))?;
        Some(Self { pixels, source, target })
    }

    fn show(&self, canvas: &mut Canvas<'_>, amount: f32) {
        let mut change = sub(self.source.colour, self.target.colour);
        change[0] = (change[0] * LIGHTNESS).clamp(-MOST_LIGHTNESS, MOST_LIGHTNESS);
        for pixel in &self.pixels {
            let share = self.target.share(pixel.under[0]);
            let lab = core::array::from_fn(|k| pixel.under[k] + change[k] * share);
            let drawn = &mut canvas.drawn[pixel.index];
            *drawn = lerp3(*drawn, srgb_from_oklab(lab), amount * pixel.inside);
        }
    }
}

/// The dark part of an eye.
#[derive(Clone, Copy, Debug)]
struct Iris {
    /// Its middle along the eye, -1 to 1.
    across: f32,
    /// Its mean colour, in Oklab.
    colour: [f32; 3],
    /// Lightness of the eye's darkest, and up to which a pixel belongs to the iris.
    dark: [f32; 2],
}

impl Iris {
    /// From places along the eye and colours.
    fn find(pixels: impl Iterator<Item = (f32, [f32; 3])>) -> Option<Self> {
        let pixels: Vec<_> = pixels.collect();
        if pixels.len() < MIN_SAMPLES {
            return None;
        }
        let lightness = |share| quantile(pixels.iter().map(|(_, lab)| lab[0]).collect(), share);
        let (darkest, brightest) = (lightness(0.05)?, lightness(0.95)?);
        if brightest - darkest < MIN_CONTRAST {
            return None;
        }
        let mut iris =
            Self { across: 0.0, colour: [0.0; 3], dark: [darkest, darkest + DARK * (brightest - darkest)] };
        let total: f32 = pixels.iter().map(|(_, lab)| iris.share(lab[0])).sum();
        for (across, lab) in &pixels {
            let share = iris.share(lab[0]) / total;
            iris.across += across * share;
            (0..3).for_each(|k| iris.colour[k] += lab[k] * share);
        }
        Some(iris)
    }

    /// How far a pixel of this lightness belongs to it.
    fn share(&self, lightness: f32) -> f32 {
        1.0 - smoothstep(self.dark[0], self.dark[1], lightness)
    }
}

/// An eye's own axes: from its left corner to its right one, and from the upper lid to the lower.
struct Frame {
    centre: [f32; 2],
    across: [f32; 2],
    down: [f32; 2],
}

impl Frame {
    fn of(mesh: &[[f32; 3]], side: usize) -> Self {
        let mut corners = EYES[side].map(|i| flat(mesh[i]));
        // Outer and inner corner lie the other way round in the other eye.
        if side == 1 {
            corners.reverse();
        }
        let ([left, right], [upper, lower]) = (corners, EYELIDS[side].map(|i| flat(mesh[i])));
        let half = |a: [f32; 2], b: [f32; 2]| [(b[0] - a[0]) / 2.0, (b[1] - a[1]) / 2.0];
        Self {
            centre: [0, 1].map(|k| (left[k] + right[k] + upper[k] + lower[k]) / 4.0),
            across: half(left, right),
            down: half(upper, lower),
        }
    }

    /// In picture coordinates.
    fn place(&self, [u, v]: [f32; 2]) -> [f32; 2] {
        [0, 1].map(|k| self.centre[k] + u * self.across[k] + v * self.down[k])
    }

    /// In its own axes; far away where the lids touch.
    fn local(&self, p: [f32; 2]) -> [f32; 2] {
        let ([ax, ay], [dx, dy]) = (self.across, self.down);
        let area = ax * dy - ay * dx;
        let area = if area.abs() < 1e-3 { 1e-3 } else { area };
        let (x, y) = (p[0] - self.centre[0], p[1] - self.centre[1]);
        [(x * dy - y * dx) / area, (ax * y - ay * x) / area]
    }
}

fn flat([x, y, _]: [f32; 3]) -> [f32; 2] {
    [x, y]
}

/// How far inside a ring a place lies, in pixels; 0 outside.
fn depth(ring: &[[f32; 2]], place: [f32; 2]) -> f32 {
    if !is_within(place, ring) {
        return 0.0;
    }
    sides(ring).map(|side| distance_to_line(place, side)).fold(f32::MAX, f32::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_the_distance_to_the_nearest_side() {
        let square = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];
        assert_eq!(depth(&square, [3.0, 5.0]), 3.0);
        assert_eq!(depth(&square, [5.0, 9.0]), 1.0);
        assert_eq!(depth(&square, [12.0, 5.0]), 0.0);
    }

    #[test]
    fn an_iris_lies_where_it_is_dark() {
        let white = [0.9, 0.0, 0.0];
        let eye = (0..200)
            .map(|i| i as f32 / 100.0 - 1.0)
            .map(|across| (across, if (across - 0.3).abs() < 0.25 { [0.4, -0.05, 0.02] } else { white }));
        let iris = Iris::find(eye).expect("it is as clear as can be");
        assert!((iris.across - 0.3).abs() < 0.02 && (iris.colour[1] + 0.05).abs() < 1e-3, "{iris:?}");
        assert!(Iris::find((0..200).map(|i| (i as f32 / 100.0 - 1.0, white))).is_none(), "closed");
    }

    #[test]
    fn an_eyes_axes_lead_there_and_back() {
        let frame = Frame { centre: [40.0, 30.0], across: [10.0, 2.0], down: [-1.0, 4.0] };
        let [u, v] = frame.local(frame.place([0.4, -0.7]));
        assert!((u - 0.4).abs() < 1e-5 && (v + 0.7).abs() < 1e-5);
    }
}
