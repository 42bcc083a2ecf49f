//! Joins the graft to its surroundings without a seam.
//!
//! The difference between target and graft along the rim is spread over the face as a membrane (Laplace's equation),
//! which is P. Pérez et al., "Poisson Image Editing" (2003), in the form of Z. Farbman et al. (2009); solved coarse to
//! fine by Gauss-Seidel.

use super::canvas::Canvas;
use crate::image_f32::Image;

/// The membrane is smooth, so half the resolution holds it.
const REDUCTION: usize = 2;
/// The rim is where the mask lies between these; inside of it the membrane is free.
const RIM: [f32; 2] = [0.02, 0.5];
/// Likelihood of skin from which a rim pixel counts.
const MIN_SKIN: f32 = 0.3;
/// Largest correction, in sRGB.
const LIMIT: f32 = 0.15;
/// The coarsest grid has a side of at most this.
const COARSEST: usize = 6;
/// Sweeps on the coarsest grid, and on each other.
const SWEEPS: [usize; 2] = [60, 8];

/// A grid whose cells are fixed at a value, or free.
struct Grid {
    width: usize,
    height: usize,
    values: Vec<[f32; 3]>,
    is_fixed: Vec<bool>,
}

/// What joins a graft to its surroundings, per pixel of the canvas as sRGB to add.
pub(crate) struct Membrane {
    shifts: Image,
    limit: f32,
}

impl Membrane {
    /// None where no rim holds it.
    pub(crate) fn measure(canvas: &Canvas<'_>) -> Option<Self> {
        let is_rim = |i: usize| canvas.mask[i] > RIM[0] && canvas.mask[i] < RIM[1];
        Self::span(canvas, LIMIT, is_rim)
    }

    /// Spanned over all that does not hold it, at most so far from nought; none where nothing holds it.
    pub(super) fn span(canvas: &Canvas<'_>, limit: f32, holds: impl Fn(usize) -> bool) -> Option<Self> {
        solve(differences(canvas, holds)).map(|shifts| Self { shifts, limit })
    }

    /// At a pixel of the canvas.
    #[inline]
    pub(crate) fn at(&self, x: usize, y: usize) -> [f32; 3] {
        let scale = 1.0 / REDUCTION as f32;
        let shift = self.shifts.sample((x as f32 + 0.5) * scale - 0.5, (y as f32 + 0.5) * scale - 0.5);
        shift.map(|s| s.clamp(-self.limit, self.limit))
    }
}

/// Corrects `drawn` by the membrane.
pub(super) fn join(canvas: &mut Canvas<'_>) {
    let Some(membrane) = Membrane::measure(canvas) else { return };
    for (i, pixel) in canvas.drawn.iter_mut().enumerate() {
        if canvas.coverage[i] == 0.0 {
            continue;
        }
        let shift = membrane.at(i % canvas.width, i / canvas.width);
        for k in 0..3 {
            pixel[k] = (pixel[k] + shift[k]).clamp(0.0, 1.0);
        }
    }
}

/// The differences where it is held.
fn differences(canvas: &Canvas<'_>, holds: impl Fn(usize) -> bool) -> Grid {
    let (width, height) = (canvas.width.div_ceil(REDUCTION), canvas.height.div_ceil(REDUCTION));
    let mut sums = Sums::new(width, height);
    for i in (0..canvas.mask.len()).filter(|&i| canvas.coverage[i] > 0.0) {
        let (x, y) = (i % canvas.width, i / canvas.width);
        // Hair over the rim is no seam to be joined: its colour would bleed into the face.
        if holds(i) && canvas.skin[i] > MIN_SKIN {
            let gap = core::array::from_fn(|k| canvas.under[i][k] - canvas.drawn[i][k]);
            sums.add(x / REDUCTION, y / REDUCTION, gap, canvas.skin[i]);
        }
    }
    sums.into_grid()
}

/// Means of the values that fall into each cell.
struct Sums {
    width: usize,
    height: usize,
    values: Vec<[f32; 3]>,
    weights: Vec<f32>,
}

impl Sums {
    fn new(width: usize, height: usize) -> Self {
        Self { width, height, values: vec![[0.0; 3]; width * height], weights: vec![0.0; width * height] }
    }

    fn add(&mut self, x: usize, y: usize, value: [f32; 3], weight: f32) {
        let cell = y * self.width + x;
        self.weights[cell] += weight;
        for (sum, part) in self.values[cell].iter_mut().zip(value) {
            *sum += part * weight;
        }
    }

    fn into_grid(mut self) -> Grid {
        for (value, &weight) in self.values.iter_mut().zip(&self.weights) {
            if weight > 0.0 {
                *value = value.map(|v| v / weight);
            }
        }
        let is_fixed = self.weights.iter().map(|&w| w > 0.0).collect();
        Grid { width: self.width, height: self.height, values: self.values, is_fixed }
    }
}

/// The grid at half its resolution.
fn coarser(fine: &Grid) -> Grid {
    let mut sums = Sums::new(fine.width.div_ceil(2), fine.height.div_ceil(2));
    for i in (0..fine.values.len()).filter(|&i| fine.is_fixed[i]) {
        sums.add(i % fine.width / 2, i / fine.width / 2, fine.values[i], 1.0);
    }
    sums.into_grid()
}

/// The membrane over the whole grid; none when nothing holds it.
fn solve(finest: Grid) -> Option<Image> {
    let mut levels = vec![finest];
    while let Some(last) = levels.last().filter(|g| g.width.min(g.height) > COARSEST) {
        levels.push(coarser(last));
    }
    let mut coarsest = levels.pop()?;
    start_at_mean(&mut coarsest)?;
    relax(&mut coarsest, SWEEPS[0]);
    let mut solved = into_image(coarsest);
    while let Some(mut level) = levels.pop() {
        start_at_coarser(&mut level, &solved);
        relax(&mut level, SWEEPS[1]);
        solved = into_image(level);
    }
    Some(solved)
}

fn into_image(grid: Grid) -> Image {
    Image { width: grid.width, height: grid.height, pixels: grid.values }
}

fn start_at_mean(grid: &mut Grid) -> Option<()> {
    let fixed = grid.is_fixed.iter().filter(|&&f| f).count();
    let mut mean = [0f32; 3];
    for (value, _) in grid.values.iter().zip(&grid.is_fixed).filter(|&(_, &f)| f) {
        for k in 0..3 {
            mean[k] += value[k] / fixed as f32;
        }
    }
    for (value, _) in grid.values.iter_mut().zip(&grid.is_fixed).filter(|&(_, &f)| !f) {
        *value = mean;
    }
    (fixed > 0).then_some(())
}

fn start_at_coarser(grid: &mut Grid, coarse: &Image) {
    for i in (0..grid.values.len()).filter(|&i| !grid.is_fixed[i]) {
        let (x, y) = ((i % grid.width) as f32, (i / grid.width) as f32);
        grid.values[i] = coarse.sample((x + 0.5) / 2.0 - 0.5, (y + 0.5) / 2.0 - 0.5);
    }
}

/// Red-black Gauss-Seidel: each free cell becomes the mean of its neighbours; the border repeats itself.
fn relax(grid: &mut Grid, sweeps: usize) {
    let (width, height) = (grid.width, grid.height);
    for colour in (0..2 * sweeps).map(|i| i % 2) {
        for y in 0..height {
            for x in ((y + colour) % 2..width).step_by(2) {
                let i = y * width + x;
                if grid.is_fixed[i] {
                    continue;
                }
                let left = grid.values[if x > 0 { i - 1 } else { i }];
                let right = grid.values[if x + 1 < width { i + 1 } else { i }];
                let up = grid.values[if y > 0 { i - width } else { i }];
                let down = grid.values[if y + 1 < height { i + width } else { i }];
                grid.values[i] = core::array::from_fn(|k| 0.25 * (left[k] + right[k] + up[k] + down[k]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid fixed along its border at what `value` says.
    fn framed(side: usize, value: impl Fn(f32, f32) -> f32) -> Grid {
        let mut sums = Sums::new(side, side);
        for i in 0..side {
            for (x, y) in [(i, 0), (i, side - 1), (0, i), (side - 1, i)] {
                sums.add(x, y, [value(x as f32, y as f32); 3], 1.0);
            }
        }
        sums.into_grid()
    }

    #[test]
    fn a_constant_rim_gives_a_constant_membrane() {
        let solved = solve(framed(50, |_, _| 0.2)).expect("the rim holds it");
        assert!(solved.pixels.iter().all(|p| (p[1] - 0.2).abs() < 1e-5));
    }

    #[test]
    fn a_sloped_rim_gives_a_slope() {
        let solved = solve(framed(64, |x, _| x / 64.0)).expect("the rim holds it");
        let middle = solved.pixels[32 * 64 + 16][0];
        assert!((middle - 0.25).abs() < 0.02, "{middle}");
    }

    #[test]
    fn nothing_to_hold_on_is_no_membrane() {
        assert!(solve(Sums::new(40, 30).into_grid()).is_none());
    }
}
