//! Small floating-point pictures: what the networks and the graft compute on.

use crate::photo::Photo;

/// RGB in `0..=1` (sRGB-encoded unless a caller says otherwise), row-major.
#[derive(Clone, Debug)]
pub(crate) struct Image {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<[f32; 3]>,
}

impl Image {
    /// A black picture.
    pub(crate) fn black(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![[0.0; 3]; width * height] }
    }

    /// Bilinear sample at a position where whole numbers are pixel centres; the border is extended outwards.
    #[inline]
    pub(crate) fn sample(&self, x: f32, y: f32) -> [f32; 3] {
        let x = x.clamp(0.0, (self.width - 1) as f32);
        let y = y.clamp(0.0, (self.height - 1) as f32);
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(self.width - 1), (y0 + 1).min(self.height - 1));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let upper = lerp3(self.pixels[y0 * self.width + x0], self.pixels[y0 * self.width + x1], fx);
        let lower = lerp3(self.pixels[y1 * self.width + x0], self.pixels[y1 * self.width + x1], fx);
        lerp3(upper, lower, fy)
    }
}

/// `a` at 0, `b` at 1.
#[inline]
pub(crate) fn lerp3(a: [f32; 3], b: [f32; 3], t: f32) -> [f32; 3] {
    core::array::from_fn(|k| a[k] + (b[k] - a[k]) * t)
}

/// A rectangle of photo pixels: `x0..x1`, `y0..y1`, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rect {
    pub(crate) x0: usize,
    pub(crate) y0: usize,
    pub(crate) x1: usize,
    pub(crate) y1: usize,
}

impl Rect {
    /// The pixels a real-valued box touches, with a margin, within a photo; none when they do not meet.
    pub(crate) fn around(bounds: [f32; 4], margin: f32, photo: &Photo) -> Option<Self> {
        let side = |low: f32, high: f32, size: u32| {
            let low = (low - margin).floor().max(0.0);
            let high = (high + margin).ceil().min(size as f32);
            (low < high).then_some((low as usize, high as usize))
        };
        let (x0, x1) = side(bounds[0], bounds[2], photo.width())?;
        let (y0, y1) = side(bounds[1], bounds[3], photo.height())?;
        Some(Self { x0, y0, x1, y1 })
    }

    pub(crate) fn width(&self) -> usize {
        self.x1 - self.x0
    }

    pub(crate) fn height(&self) -> usize {
        self.y1 - self.y0
    }
}

/// A rectangle of a photo at reduced resolution, and the way from photo coordinates into it.
///
/// Coordinates are continuous: a pixel `i` covers `i..i + 1`, in the photo and in the patch.
#[derive(Clone, Debug)]
pub(crate) struct Patch {
    pub(crate) image: Image,
    pub(crate) rect: Rect,
    /// Patch pixels per photo pixel, along x and y; at most 1.
    pub(crate) scale: [f32; 2],
}

impl Patch {
    /// Cuts `rect` and shrinks it by about `scale` (at most 1), each patch pixel the mean of the area it covers.
    pub(crate) fn cut(photo: &Photo, rect: Rect, scale: f32) -> Self {
        let scale = scale.min(1.0);
        let width = ((rect.width() as f32 * scale).round() as usize).clamp(1, rect.width());
        let height = ((rect.height() as f32 * scale).round() as usize).clamp(1, rect.height());
        let image = if width == rect.width() && height == rect.height() {
            copy(photo, rect)
        } else {
            shrink(photo, rect, width, height)
        };
        let scale = [width as f32 / rect.width() as f32, height as f32 / rect.height() as f32];
        Self { image, rect, scale }
    }

    /// Photo coordinates to patch coordinates.
    #[inline]
    pub(crate) fn to_local(&self, x: f32, y: f32) -> [f32; 2] {
        [(x - self.rect.x0 as f32) * self.scale[0], (y - self.rect.y0 as f32) * self.scale[1]]
    }
}

#[inline]
fn rgb(pixel: &[u8]) -> [f32; 3] {
    [0, 1, 2].map(|k| f32::from(pixel[k]) * (1.0 / 255.0))
}

fn copy(photo: &Photo, rect: Rect) -> Image {
    let mut pixels = Vec::with_capacity(rect.width() * rect.height());
    for y in rect.y0..rect.y1 {
        pixels.extend(photo.row(y)[rect.x0 * 4..rect.x1 * 4].chunks_exact(4).map(rgb));
    }
    Image { width: rect.width(), height: rect.height(), pixels }
}

/// Exact area average, separable: rows are shrunk once each and then added to the one or two rows they cover.
fn shrink(photo: &Photo, rect: Rect, width: usize, height: usize) -> Image {
    let mut out = Image::black(width, height);
    let columns = shares(rect.width(), width);
    let rows = shares(rect.height(), height);
    let mut line = vec![[0f32; 3]; width];
    for (dy, &(row, first, second)) in rows.iter().enumerate() {
        line.fill([0.0; 3]);
        let source = &photo.row(rect.y0 + dy)[rect.x0 * 4..rect.x1 * 4];
        for (pixel, &(column, a, b)) in source.chunks_exact(4).zip(&columns) {
            let value = rgb(pixel);
            add(&mut line[column], value, a);
            if b > 0.0 {
                add(&mut line[column + 1], value, b);
            }
        }
        for (x, &value) in line.iter().enumerate() {
            add(&mut out.pixels[row * width + x], value, first);
            if second > 0.0 {
                add(&mut out.pixels[(row + 1) * width + x], value, second);
            }
        }
    }
    out
}

#[inline]
fn add(sum: &mut [f32; 3], value: [f32; 3], weight: f32) {
    for k in 0..3 {
        sum[k] += value[k] * weight;
    }
}

/// For each of `from` cells: the first of `to` cells it falls into, its share of that one and of the next.
fn shares(from: usize, to: usize) -> Vec<(usize, f32, f32)> {
    let ratio = to as f64 / from as f64;
    (0..from)
        .map(|i| {
            let (low, high) = (i as f64 * ratio, (i + 1) as f64 * ratio);
            let cell = (low as usize).min(to - 1);
            let spill = (high - (cell + 1) as f64).max(0.0);
            // Rounding alone is no spill, and the last cell has no next one.
            let spill = if spill < 1e-9 || cell + 1 == to { 0.0 } else { spill };
            (cell, (high - low - spill) as f32, spill as f32)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gradient(width: u32, height: u32) -> Photo {
        let rgba =
            (0..width * height).flat_map(|i| [(i % 251) as u8, (i / 7 % 256) as u8, 90, 255]).collect();
        Photo::from_rgba(width, height, rgba).expect("sizes agree")
    }

    #[test]
    fn shrinking_preserves_the_mean() {
        let photo = gradient(97, 61);
        let rect = Rect { x0: 3, y0: 5, x1: 90, y1: 60 };
        let mean = |image: &Image| image.pixels.iter().map(|p| p[0]).sum::<f32>() / image.pixels.len() as f32;
        let full = Patch::cut(&photo, rect, 1.0);
        for scale in [0.9, 0.5, 0.31, 0.1, 0.001] {
            let small = Patch::cut(&photo, rect, scale);
            assert!((mean(&full.image) - mean(&small.image)).abs() < 1e-4, "scale {scale}");
        }
    }

    #[test]
    fn a_patch_maps_its_own_corners() {
        let patch = Patch::cut(&gradient(40, 30), Rect { x0: 10, y0: 4, x1: 30, y1: 24 }, 0.5);
        assert_eq!(patch.to_local(10.0, 4.0), [0.0, 0.0]);
        assert_eq!(patch.to_local(30.0, 24.0), [patch.image.width as f32, patch.image.height as f32]);
    }

    #[test]
    fn a_rectangle_off_the_photo_is_none() {
        let photo = gradient(20, 20);
        assert!(Rect::around([30.0, 0.0, 50.0, 10.0], 2.0, &photo).is_none());
        assert!(Rect::around([f32::NAN; 4], 2.0, &photo).is_none_or(|r| r.x1 <= 20 && r.y1 <= 20));
        assert_eq!(
            Rect::around([-5.0, 2.0, 8.0, 90.0], 1.0, &photo),
            Some(Rect { x0: 0, y0: 1, x1: 9, y1: 20 })
        );
    }
}
