//! How much of a mark an eye could see.

use engine::Photo;

/// Side of the blocks that are looked at.
const BLOCK_PX: usize = 32;
/// Finer than squares of this side an eye sees nothing of so little contrast.
const GRAIN_PX: usize = 4;
/// What counts as flat: the standard deviation of a block, in grey levels.
const FLAT: f32 = 2.0;

/// The largest RMS difference in any block that is flat in `before`, in grey levels; none if no block is flat.
pub(crate) fn mottling(before: &Photo, after: &Photo) -> Option<f32> {
    let width = before.width() as usize;
    let (before, after) = (luma(before), luma(after));
    let starts = |side: usize| (0..side / BLOCK_PX).map(|block| block * BLOCK_PX);
    let corners = starts(before.len() / width).flat_map(|y| starts(width).map(move |x| y * width + x));
    let flat = corners.filter_map(|corner| {
        let pixels = |side: usize, at: usize| (0..side * side).map(move |i| at + i / side * width + i % side);
        let count = (BLOCK_PX * BLOCK_PX) as f32;
        let mean = pixels(BLOCK_PX, corner).map(|i| before[i]).sum::<f32>() / count;
        let variance = pixels(BLOCK_PX, corner).map(|i| (before[i] - mean).powi(2)).sum::<f32>() / count;
        let grain = |at: usize| {
            let sum: f32 = pixels(GRAIN_PX, at).map(|i| after[i] - before[i]).sum();
            sum / (GRAIN_PX * GRAIN_PX) as f32
        };
        let grains = pixels(BLOCK_PX / GRAIN_PX, 0).map(|i| corner + GRAIN_PX * i);
        let squares: Vec<f32> = grains.map(|at| grain(at).powi(2)).collect();
        (variance < FLAT * FLAT).then(|| (squares.iter().sum::<f32>() / squares.len() as f32).sqrt())
    });
    flat.max_by(f32::total_cmp)
}

/// Rec. 601.
fn luma(photo: &Photo) -> Vec<f32> {
    let luma = |p: &[u8]| 0.299 * f32::from(p[0]) + 0.587 * f32::from(p[1]) + 0.114 * f32::from(p[2]);
    photo.rgba().chunks_exact(4).map(luma).collect()
}
