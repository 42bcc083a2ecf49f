//! The mean colour around each pixel, of those that count.

use crate::blur::blur;
use crate::image_f32::Image;

/// A mean over this many cells is smooth enough to be computed on cells instead of pixels.
const RADIUS_CELLS: usize = 4;

/// Means over a neighbourhood, held at the resolution they need.
pub(super) struct LocalMean {
    means: Image,
    /// Pixels per cell, along x and y.
    step: usize,
}

impl LocalMean {
    /// `value` gives the colour of a pixel and how much it counts; a mean is drawn towards `prior`, which counts as
    /// `prior_weight`.
    pub(super) fn new(
        [width, height]: [usize; 2],
        radius: usize,
        (prior, prior_weight): ([f32; 3], f32),
        value: impl Fn(usize) -> ([f32; 3], f32),
    ) -> Self {
        let step = (radius / RADIUS_CELLS).max(1);
        let (columns, rows) = (width.div_ceil(step), height.div_ceil(step));
        let mut planes = vec![vec![0f32; columns * rows]; 4];
        for i in 0..width * height {
            let (colour, weight) = value(i);
            let cell = i / width / step * columns + i % width / step;
            planes[3][cell] += weight;
            for k in 0..3 {
                planes[k][cell] += colour[k] * weight;
            }
        }
        planes.iter_mut().for_each(|plane| blur(plane, columns, rows, radius.div_ceil(step)));
        let prior_weight = prior_weight * (step * step) as f32;
        let mean = |i: usize| {
            let weight = planes[3][i] + prior_weight;
            core::array::from_fn(|k| (planes[k][i] + prior[k] * prior_weight) / weight.max(1e-9))
        };
        let pixels = (0..columns * rows).map(mean).collect();
        Self { means: Image { width: columns, height: rows, pixels }, step }
    }

    /// Around a pixel.
    #[inline]
    pub(super) fn at(&self, x: usize, y: usize) -> [f32; 3] {
        let scale = 1.0 / self.step as f32;
        self.means.sample((x as f32 + 0.5) * scale - 0.5, (y as f32 + 0.5) * scale - 0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_counts_is_in_the_mean() {
        let value = |i: usize| if i % 60 < 30 { ([0.25; 3], 1.0) } else { ([1.0; 3], 0.0) };
        for radius in [2, 9, 20] {
            let mean = LocalMean::new([60, 40], radius, ([0.5; 3], 1e-6), value);
            assert!((mean.at(10, 20)[0] - 0.25).abs() < 1e-3, "radius {radius}");
            assert!((mean.at(31, 20)[1] - 0.25).abs() < 1e-3, "radius {radius}");
        }
        let far = LocalMean::new([60, 40], 2, ([0.5; 3], 1e-6), value);
        assert!((far.at(55, 20)[0] - 0.5).abs() < 1e-3, "nothing counts there");
    }
}
