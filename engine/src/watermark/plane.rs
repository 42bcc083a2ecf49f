//! A picture as the mark sees it: brightness alone, at one size for all pictures, whitened.

use super::jpeg;
use crate::blur::blur;
use crate::image_f32::{Patch, Rect};
use crate::photo::Photo;

/// The square root of the area that every picture is brought to, in pixels.
pub(super) const CANONICAL_PX: f32 = 512.0;

/// Waves shorter than this carry nothing of the mark.
const FINE_PX: usize = 1;
/// Nor do waves longer than about eight times this.
const COARSE_PX: usize = 4;
/// How far around a place its liveliness is measured.
const NEIGHBOURHOOD_PX: usize = 5;

/// How far around a place texture is looked for that hides the mark.
const TEXTURE_PX: usize = 2;
/// How far from an edge its liveliness is no longer taken for the place's own.
const EDGE_PX: usize = 6;
/// The smallest size that is tried is the canonical one divided by this.
const SMALLEST: f32 = 2.0;

/// How strongly lively places are held down, 1 making all places equal: the mark says more where the picture says less.
const WHITENING: f32 = 1.3;
/// What counts as still, in grey levels.
const STILL: f32 = 1.0;

/// One number to a pixel.
#[derive(Clone, Debug)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<f32>,
}

/// Pixels of a photo to one canonical pixel.
pub(super) fn photo_px_per_canonical(photo: &Photo) -> f32 {
    let area = f64::from(photo.width()) * f64::from(photo.height());
    (area.sqrt() / f64::from(CANONICAL_PX)) as f32
}

impl Plane {
    /// The brightness of a photo (Rec. 601, as JPEG has it) at canonical size.
    pub(super) fn of(photo: &Photo) -> Self {
        let ratio = photo_px_per_canonical(photo);
        let rect = Rect { x0: 0, y0: 0, x1: photo.width() as usize, y1: photo.height() as usize };
        let small = Patch::cut(photo, rect, 1.0 / ratio).image;
        let luma = |[r, g, b]: [f32; 3]| 255.0 * (0.299 * r + 0.587 * g + 0.114 * b);
        let values = small.pixels.into_iter().map(luma).collect();
        let plane = Self { width: small.width, height: small.height, values };
        if ratio < 1.0 { plane.resampled(ratio) } else { plane }
    }

    /// Bilinear, which is for a larger size and down to half of this one; `ratio` is how many pixels of this one make one of the new.
    fn resampled(&self, ratio: f32) -> Self {
        let size = |side: usize| ((side as f32 / ratio).round() as usize).max(1);
        self.resampled_to(size(self.width), size(self.height))
    }

    fn resampled_to(&self, width: usize, height: usize) -> Self {
        let (columns, rows) = (taps(width, self.width), taps(height, self.height));
        let mut values = Vec::with_capacity(width * height);
        for &(y, fy) in &rows {
            let (upper, lower) = (self.row(y), self.row((y + 1).min(self.height - 1)));
            values.extend(columns.iter().map(|&(x, fx)| {
                let next = (x + 1).min(self.width - 1);
                let (above, below) = (mix(upper[x], upper[next], fx), mix(lower[x], lower[next], fx));
                mix(above, below, fy)
            }));
        }
        Self { width, height, values }
    }

    pub(super) fn row(&self, y: usize) -> &[f32] {
        &self.values[y * self.width..(y + 1) * self.width]
    }

    /// Only the waves that the mark uses.
    fn band(&self) -> Self {
        let (mut fine, coarse) = (self.blurred(FINE_PX), self.blurred(COARSE_PX));
        fine.values.iter_mut().zip(&coarse.values).for_each(|(fine, coarse)| *fine -= coarse);
        fine
    }

    /// How much the picture hides around each pixel, in grey levels of the waves that the mark uses: how lively it is
    /// where it is least so, as an edge hides nothing in the flat place beside it.
    pub(super) fn masking(&self) -> Self {
        // The root, not the square: texture is lively all over, an edge in few pixels. 1.5 makes it the RMS of noise.
        let mut lively = self.band();
        lively.values.iter_mut().for_each(|value| *value = value.abs().sqrt());
        let mut lively = lively.blurred(TEXTURE_PX);
        lively.values.iter_mut().for_each(|value| *value = 1.5 * *value * *value);
        lively.eroded(EDGE_PX)
    }

    /// The least of the square around each pixel.
    fn eroded(&self, radius: usize) -> Self {
        let mut rows = self.clone();
        let lines = rows.values.chunks_exact_mut(self.width).zip(self.values.chunks_exact(self.width));
        lines.for_each(|(out, line)| least(out, line, 1, radius));
        let mut plane = rows.clone();
        least(&mut plane.values, &rows.values, self.width, radius);
        plane
    }

    /// What is left after a way as bad as any that is promised, and some that are not: half the size, as JPEG of
    /// quality 75, with a tenth of each side gone.
    pub(super) fn worn(&self, photo: &Photo) -> Self {
        let half = 0.5 * photo_px_per_canonical(photo);
        // Nothing is lost to a larger size that is not lost to this one.
        let ratio = (1.0 / half).clamp(1.0, SMALLEST);
        let mut small = if ratio > 1.0 { self.resampled(ratio) } else { self.clone() };
        jpeg::compress(&mut small.values, small.width);
        if ratio > 1.0 { small.resampled_to(self.width, self.height) } else { small }
    }

    /// With a tenth of each side gone, and nothing in its place.
    pub(super) fn cropped(mut self) -> Self {
        let (width, height) = (self.width - self.width / 10, self.height - self.height / 10);
        for (y, row) in self.values.chunks_exact_mut(self.width).enumerate() {
            row[if y < height { width } else { 0 }..].fill(0.0);
        }
        self
    }

    /// The root of the mean square around each pixel.
    fn liveliness(&self) -> Self {
        let mut squares = self.clone();
        squares.values.iter_mut().for_each(|value| *value *= *value);
        let mut mean = squares.blurred(NEIGHBOURHOOD_PX);
        mean.values.iter_mut().for_each(|value| *value = value.max(0.0).sqrt());
        mean
    }

    /// The band, divided by how lively it is around each pixel: edges of the picture no longer drown the mark.
    pub(super) fn whitened(&self) -> Self {
        let mut band = self.band();
        let liveliness = band.liveliness();
        let pairs = band.values.iter_mut().zip(&liveliness.values);
        pairs.for_each(|(value, lively)| *value /= (lively + STILL).powf(WHITENING));
        band
    }

    fn blurred(&self, radius: usize) -> Self {
        let mut plane = self.clone();
        blur(&mut plane.values, self.width, self.height, radius);
        plane
    }
}

/// The least of each value and those up to `radius` steps before and after it.
fn least(out: &mut [f32], values: &[f32], step: usize, radius: usize) {
    for reach in (step..=radius * step).step_by(step).filter(|reach| *reach < values.len()) {
        out[reach..].iter_mut().zip(values).for_each(|(out, value)| *out = out.min(*value));
        out.iter_mut().zip(&values[reach..]).for_each(|(out, value)| *out = out.min(*value));
    }
}

#[inline]
pub(super) fn mix(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

/// For each of `to` pixels laid over `from`: the pixel before its centre, and how far it is to the next.
pub(super) fn taps(to: usize, from: usize) -> Vec<(usize, f32)> {
    let step = from as f32 / to as f32;
    (0..to).map(|i| tap((i as f32 + 0.5) * step, from)).collect()
}

/// The pixel whose centre lies before a continuous coordinate, and how far it is to the next.
#[inline]
pub(super) fn tap(at: f32, length: usize) -> (usize, f32) {
    let at = (at - 0.5).clamp(0.0, (length - 1) as f32);
    (at as usize, at.fract())
}
