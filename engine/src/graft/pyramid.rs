//! A face laid flat, at several resolutions: whoever draws it only looks colours up.

use super::fuse::{Flat, SIDE};
use super::raster::Spot;
use super::srgb_from_oklab;
use super::warp::Look;
use crate::topology::Topology;

/// Each level has half the side of the one before.
const LEVELS: usize = 4;

/// sRGB, how far it can be trusted, and how far it faced the camera.
type Values = [f32; 5];

/// One resolution.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    pub(crate) side: usize,
    texels: Vec<Values>,
}

impl Level {
    /// The first `N` values at a place in texels, bilinear; what lies outside is the border. Four fit a processor's lanes.
    #[inline]
    pub(crate) fn sample<const N: usize>(&self, u: f32, v: f32) -> [f32; N] {
        let last = self.side - 2;
        let (u, v) = ((u - 0.5).max(0.0), (v - 0.5).max(0.0));
        // To a signed number first: wasm has one instruction for it.
        let (x, y) = ((u as i32 as usize).min(last), (v as i32 as usize).min(last));
        let (fx, fy) = ((u - x as f32).min(1.0), (v - y as f32).min(1.0));
        let upper = &self.texels[y * self.side + x..][..2];
        let lower = &self.texels[(y + 1) * self.side + x..][..2];
        core::array::from_fn(|k| {
            let top = upper[0][k] + (upper[1][k] - upper[0][k]) * fx;
            let bottom = lower[0][k] + (lower[1][k] - lower[0][k]) * fx;
            top + (bottom - top) * fy
        })
    }

    /// What it shows at a spot of the mesh.
    pub(super) fn look(&self, topology: &Topology, spot: Spot) -> Look {
        let [u, v] = spot.blend_2d(&topology.uv).map(|place| place * self.side as f32);
        let [red, green, blue, trust, facing] = self.sample(u, v);
        Look { colour: [red, green, blue], trust, facing }
    }
}

/// All resolutions, the finest first.
#[derive(Clone, Debug)]
pub(crate) struct Pyramid {
    levels: Vec<Level>,
}

impl Pyramid {
    /// Halves the flat face again and again.
    pub(crate) fn new(flat: &Flat) -> Self {
        let known: Vec<bool> = flat.texels.iter().map(Option::is_some).collect();
        let texels = flat.texels.iter().map(|texel| {
            texel.map_or([0.0; 5], |t| {
                let [red, green, blue] = srgb_from_oklab(t.lab);
                [red, green, blue, t.trust, t.facing]
            })
        });
        let mut levels = vec![(Level { side: SIDE, texels: texels.collect() }, known)];
        for finer in 0..LEVELS - 1 {
            let (level, known) = &levels[finer];
            levels.push(halved(level, known));
        }
        // Texels beside the face's outline take the colour nearby, so that none of the black around it bleeds in.
        for at in (0..levels.len() - 1).rev() {
            let (finer, coarser) = levels.split_at_mut(at + 1);
            fill(&mut finer[at], &coarser[0].0);
        }
        Self { levels: levels.into_iter().map(|(level, _)| level).collect() }
    }

    /// The coarsest level that is at least as fine as a face of this size.
    pub(crate) fn level(&self, face_px: f32) -> &Level {
        // The face fills about the whole of the texture's square.
        let fine = self.levels.iter().rev().find(|level| level.side as f32 >= face_px * 1.1);
        fine.unwrap_or(&self.levels[0])
    }
}

/// The mean of the known of each four texels.
fn halved(level: &Level, known: &[bool]) -> (Level, Vec<bool>) {
    let side = level.side / 2;
    let mut half = Level { side, texels: vec![[0.0; 5]; side * side] };
    let mut half_known = vec![false; side * side];
    for (i, (texel, is_known)) in half.texels.iter_mut().zip(&mut half_known).enumerate() {
        let corner = i / side * 2 * level.side + i % side * 2;
        let four = [corner, corner + 1, corner + level.side, corner + level.side + 1];
        let count = four.iter().filter(|&&j| known[j]).count();
        *is_known = count > 0;
        for j in four.into_iter().filter(|&j| known[j]) {
            for (sum, value) in texel.iter_mut().zip(level.texels[j]) {
                *sum += value / count as f32;
            }
        }
    }
    (half, half_known)
}

fn fill((level, known): &mut (Level, Vec<bool>), coarser: &Level) {
    for i in (0..known.len()).filter(|&i| !known[i]) {
        level.texels[i] = coarser.texels[i / level.side / 2 * coarser.side + i % level.side / 2];
    }
}
