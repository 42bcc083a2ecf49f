//! Whether the graft's rim can be seen: how colours change across it, beside how they did before.

use super::colour_difference::{ciede2000, lab_from_srgb};
use super::face_area::Pictures;
use crate::blur::blur;

/// A change by this much or more in a channel belongs to the graft: 1.5 steps of 8 bits.
const CHANGED: f32 = 1.5 / 255.0;
/// How far from the rim colours are compared, on either side, as a share of the face: what a soft rim takes.
const REACH: f32 = 0.03;
/// What a colour is a mean over, as a share of the face: skin has pores, and a seam is no pore.
const MEAN: f32 = 0.008;

/// The mean along the rim of what the difference across it exceeds the target's by; 0 where nothing was changed.
pub(super) fn delta_e(pictures: &Pictures) -> f32 {
    let Some(inside) = graft(pictures) else { return 0.0 };
    let (before, after) = (smooth(pictures, &pictures.before), smooth(pictures, &pictures.after));
    let across = |pixels: &[[f32; 3]], [a, b]: [usize; 2]| {
        ciede2000(lab_from_srgb(pixels[a]), lab_from_srgb(pixels[b]))
    };
    let pairs = pairs(pictures, &inside);
    let excess = pairs.iter().map(|&pair| (across(&after, pair) - across(&before, pair)).max(0.0));
    (excess.sum::<f64>() / pairs.len().max(1) as f64) as f32
}

/// Which cells belong to the graft: all that cannot be reached from the border over cells that did not change. None if
/// there are none.
fn graft(pictures: &Pictures) -> Option<Vec<bool>> {
    let (width, height) = (pictures.width, pictures.height);
    let is_same = |i: usize| (0..3).all(|k| (pictures.after[i][k] - pictures.before[i][k]).abs() < CHANGED);
    let is_border = |i: usize| {
        let (x, y) = (i % width, i / width);
        x == 0 || y == 0 || x == width - 1 || y == height - 1
    };
    let mut inside = vec![true; width * height];
    let mut open: Vec<usize> = (0..width * height).filter(|&i| is_border(i) && is_same(i)).collect();
    open.iter().for_each(|&i| inside[i] = false);
    while let Some(i) = open.pop() {
        // The border is open already, so that a step beyond a row's end changes nothing.
        for j in [i.wrapping_sub(1), i + 1, i.wrapping_sub(width), i + width] {
            if j < inside.len() && inside[j] && is_same(j) {
                inside[j] = false;
                open.push(j);
            }
        }
    }
    inside.contains(&true).then_some(inside)
}

/// For each cell of the graft beside one that is none: a cell within, and one outside, across the rim.
fn pairs(pictures: &Pictures, inside: &[bool]) -> Vec<[usize; 2]> {
    let (width, height) = (pictures.width, pictures.height);
    let reach = (REACH * pictures.face_cells).max(1.5);
    let mut plane: Vec<f32> = inside.iter().map(|&is| f32::from(u8::from(is))).collect();
    blur(&mut plane, width, height, (reach / 2.0).ceil() as usize);
    let pair = |i: usize| {
        let (x, y) = (i % width, i / width);
        let is_inner = x > 0 && y > 0 && x + 1 < width && y + 1 < height;
        let is_rim =
            is_inner && inside[i] && [i - 1, i + 1, i - width, i + width].iter().any(|&j| !inside[j]);
        if !is_rim {
            return None;
        }
        let (dx, dy) = (plane[i + 1] - plane[i - 1], plane[i + width] - plane[i - width]);
        let scale = reach / (dx * dx + dy * dy).sqrt().max(1e-6);
        let at = |sign: f32| {
            let (u, v) = (x as f32 + 0.5 + sign * dx * scale, y as f32 + 0.5 + sign * dy * scale);
            let is_there = u >= 0.0 && v >= 0.0 && u < width as f32 && v < height as f32;
            is_there.then(|| v as usize * width + u as usize)
        };
        let pair = [at(1.0)?, at(-1.0)?];
        (inside[pair[0]] && !inside[pair[1]]).then_some(pair)
    };
    (0..inside.len()).filter_map(pair).collect()
}

fn smooth(pictures: &Pictures, pixels: &[[f32; 3]]) -> Vec<[f32; 3]> {
    let radius = (MEAN * pictures.face_cells) as usize;
    let mut planes = [0, 1, 2].map(|k| pixels.iter().map(|p| p[k]).collect::<Vec<f32>>());
    planes.iter_mut().for_each(|plane| blur(plane, pictures.width, pictures.height, radius));
    (0..pixels.len()).map(|i| [0, 1, 2].map(|k| planes[k][i])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 120;

    /// A ground, and a disc of another colour on it, hard or soft at its edge.
    fn pictures(disc: [f32; 3], softness: f32, ground: impl Fn(usize) -> [f32; 3]) -> Pictures {
        let before: Vec<[f32; 3]> = (0..SIDE * SIDE).map(&ground).collect();
        let after = before.iter().enumerate().map(|(i, &old)| {
            let (x, y) = ((i % SIDE) as f32 - 59.5, (i / SIDE) as f32 - 59.5);
            let share = ((40.0 - x.hypot(y)) / softness + 0.5).clamp(0.0, 1.0);
            core::array::from_fn(|k| old[k] + (disc[k] - old[k]) * share)
        });
        let after = after.collect();
        let is_mesh = vec![true; SIDE * SIDE];
        Pictures { width: SIDE, height: SIDE, face_cells: 100.0, is_mesh, before, after }
    }

    #[test]
    fn an_unchanged_picture_has_no_seam() {
        assert_eq!(delta_e(&pictures([0.5; 3], 1.0, |_| [0.5; 3])), 0.0);
    }

    #[test]
    fn a_disc_of_another_colour_is_as_far_as_the_colours_are() {
        let (ground, disc) = ([0.5, 0.4, 0.35], [0.56, 0.42, 0.35]);
        let wanted = ciede2000(lab_from_srgb(ground), lab_from_srgb(disc)) as f32;
        let hard = delta_e(&pictures(disc, 1.0, |_| ground));
        assert!((hard - wanted).abs() < 0.1 * wanted, "{hard} is not {wanted}");
        let soft = delta_e(&pictures(disc, 30.0, |_| ground));
        assert!(soft < 0.5 * hard, "a soft edge is seen less: {soft}, {hard}");
    }

    #[test]
    fn an_edge_that_was_there_is_no_seam() {
        let edge = |i: usize| {
            let (x, y) = ((i % SIDE) as f32 - 59.5, (i / SIDE) as f32 - 59.5);
            if x.hypot(y) < 40.0 { [0.7, 0.55, 0.5] } else { [0.2, 0.15, 0.1] }
        };
        let seam = delta_e(&pictures([0.68, 0.53, 0.48], 1.0, edge));
        assert!(seam < 0.2, "{seam}");
    }
}
