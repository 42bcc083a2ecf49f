//! A picture as the mark sees it: brightness alone, at one size for all pictures, whitened.

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
        if ratio < 1.0 { plane.enlarged(ratio) } else { plane }
    }

    /// Bilinear enlargement; `ratio` is how many pixels of this one make one of the new.
    fn enlarged(&self, ratio: f32) -> Self {
        let size = |side: usize| ((side as f32 / ratio).round() as usize).max(1);
        let (width, height) = (size(self.width), size(self.height));
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

    /// How lively the picture is around each pixel, in grey levels of the waves that the mark uses.
    pub(super) fn liveliness_of_band(&self) -> Self {
        self.band().liveliness()
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
