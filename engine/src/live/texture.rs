//! The source's face laid flat once, so that a frame only looks colours up.

use crate::graft::{Subject, bake, oklab_from_srgb};
use crate::topology::Topology;

/// Side of the finest texture, in texels.
const SIDE: usize = 512;
/// Each level has half the side of the one before.
const LEVELS: usize = 4;

/// One resolution: Oklab and how far the texel can be trusted.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) side: usize,
    texels: Vec<[f32; 4]>,
}

impl Level {
    /// Bilinear, at a place in texels; what lies outside is the border.
    #[inline]
    pub(super) fn sample(&self, u: f32, v: f32) -> [f32; 4] {
        let last = self.side - 2;
        let (u, v) = ((u - 0.5).max(0.0), (v - 0.5).max(0.0));
        let (x, y) = ((u as usize).min(last), (v as usize).min(last));
        let (fx, fy) = ((u - x as f32).min(1.0), (v - y as f32).min(1.0));
        let upper = &self.texels[y * self.side + x..][..2];
        let lower = &self.texels[(y + 1) * self.side + x..][..2];
        core::array::from_fn(|k| {
            let top = upper[0][k] + (upper[1][k] - upper[0][k]) * fx;
            let bottom = lower[0][k] + (lower[1][k] - lower[0][k]) * fx;
            top + (bottom - top) * fy
        })
    }
}

/// The source's face at several resolutions, the finest first.
#[derive(Debug)]
pub(super) struct Texture {
    levels: Vec<Level>,
}

impl Texture {
    /// Bakes it; none when the face lies outside its photo.
    pub(super) fn bake(topology: &Topology, source: Subject<'_>) -> Option<Self> {
        let mut finest = Level { side: SIDE, texels: vec![[0.0; 4]; SIDE * SIDE] };
        let mut known = vec![false; SIDE * SIDE];
        bake(topology, source, SIDE, |i, colour, trust| {
            let [lightness, a, b] = oklab_from_srgb(colour);
            (finest.texels[i], known[i]) = ([lightness, a, b, trust], true);
        })?;
        let mut levels = vec![(finest, known)];
        for _ in 1..LEVELS {
            let next = levels.last().map(|(level, known)| halved(level, known))?;
            levels.push(next);
        }
        // Texels beside the face's outline take the colour nearby, so that none of the black around it bleeds in.
        for at in (0..levels.len() - 1).rev() {
            let (finer, coarser) = levels.split_at_mut(at + 1);
            fill(&mut finer[at], &coarser[0].0);
        }
        Some(Self { levels: levels.into_iter().map(|(level, _)| level).collect() })
    }

    /// The coarsest level that is at least as fine as a face of this size.
    pub(super) fn level(&self, face_px: f32) -> &Level {
        // The face fills about the whole of the texture's square.
        let fine = self.levels.iter().rev().find(|level| level.side as f32 >= face_px * 1.1);
        fine.unwrap_or(&self.levels[0])
    }
}

/// The mean of the known of each four texels.
fn halved(level: &Level, known: &[bool]) -> (Level, Vec<bool>) {
    let side = level.side / 2;
    let mut half = Level { side, texels: vec![[0.0; 4]; side * side] };
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
