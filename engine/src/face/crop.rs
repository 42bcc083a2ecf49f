//! A rotated square of a photo, as a network's input.

use super::roi::Roi;
use crate::image_f32::{Patch, Rect};
use crate::numeric::sin_cos;
use crate::photo::Photo;

/// The most by which a quick crop reduces a photo first; beyond it detail may alias.
const MOST_REDUCTION: usize = 64;

/// Draws `roi` as `side` x `side` pixels, row by row, values in `0..=1`.
///
/// What lies outside the photo is black. The photo is averaged down to about the crop's resolution first, so that
/// each photo pixel is read once and fine detail does not alias, however large the photo.
pub(crate) fn draw(photo: &Photo, roi: Roi, side: usize, mut set: impl FnMut(usize, usize, [f32; 3])) {
    let Some(rect) = Rect::around(roi.bounds(), 1.0, photo) else {
        (0..side * side).for_each(|i| set(i % side, i / side, [0.0; 3]));
        return;
    };
    let step = roi.size / side as f32;
    let factor = step.floor().max(1.0);
    let patch = Patch::cut(photo, rect, 1.0 / factor);
    let taps = if step > factor { 2 } else { 1 };
    let turn = sin_cos(roi.rotation);
    for y in 0..side {
        for x in 0..side {
            set(x, y, average(photo, &patch, (roi, turn), step, taps, [x, y]));
        }
    }
}

/// The same in bytes, for pictures that run: reduced by a whole factor, then one bilinear sample for each crop pixel.
pub(crate) fn draw_quickly(
    photo: &Photo,
    roi: Roi,
    side: usize,
    scratch: &mut Scratch,
    mut set: impl FnMut(usize, usize, [f32; 3]),
) {
    let step = roi.size / side as f32;
    let factor = (step as usize).clamp(1, MOST_REDUCTION);
    let reduced = Rect::around(roi.bounds(), 1.0, photo).and_then(|rect| scratch.reduce(photo, rect, factor));
    let Some(reduced) = reduced else {
        (0..side * side).for_each(|i| set(i % side, i / side, [0.0; 3]));
        return;
    };
    let (sin, cos) = sin_cos(roi.rotation);
    let (step, [left, top]) = (step / factor as f32, reduced.place([roi.x, roi.y]));
    let offset = |cell: usize| (cell as f32 + 0.5 - side as f32 / 2.0) * step;
    for y in 0..side {
        let v = offset(y);
        let (left, top) = (left - v * sin, top + v * cos);
        for x in 0..side {
            let u = offset(x);
            set(x, y, reduced.sample(left + u * cos, top + u * sin));
        }
    }
}

/// Memory of quick crops, kept from picture to picture.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    rgba: Vec<u8>,
    /// Some rows of the photo, added up.
    sums: Vec<u16>,
}

/// A part of a photo, each pixel the mean of `factor` x `factor` of the photo's.
struct Reduced<'a> {
    rgba: &'a [u8],
    size: [usize; 2],
    /// Where it begins in the photo.
    origin: [usize; 2],
    factor: usize,
}

impl Scratch {
    /// None where there are not two pixels to sample between. Rows and columns that fill no whole pixel are left out.
    fn reduce(&mut self, photo: &Photo, rect: Rect, factor: usize) -> Option<Reduced<'_>> {
        let size @ [width, height] = [rect.width() / factor, rect.height() / factor];
        if width < 2 || height < 2 {
            return None;
        }
        self.rgba.resize(width * height * 4, 0);
        let columns = rect.x0 * 4..(rect.x0 + width * factor) * 4;
        // A division by the number of pixels, in fixed point.
        let share = ((1 << 16) / (factor * factor)) as u32;
        for (y, out) in self.rgba.chunks_exact_mut(width * 4).enumerate() {
            self.sums.clear();
            self.sums.resize(columns.len(), 0);
            for row in 0..factor {
                let line = &photo.row(rect.y0 + y * factor + row)[columns.clone()];
                self.sums.iter_mut().zip(line).for_each(|(sum, &value)| *sum += u16::from(value));
            }
            for (pixel, cells) in out.chunks_exact_mut(4).zip(self.sums.chunks_exact(4 * factor)) {
                let mut sum = [0u32; 4];
                for cell in cells.chunks_exact(4) {
                    (0..4).for_each(|k| sum[k] += u32::from(cell[k]));
                }
                (0..4).for_each(|k| pixel[k] = ((sum[k] * share + (1 << 15)) >> 16) as u8);
            }
        }
        Some(Reduced { rgba: &self.rgba, size, origin: [rect.x0, rect.y0], factor })
    }
}

impl Reduced<'_> {
    /// Photo coordinates to its own.
    fn place(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let scale = 1.0 / self.factor as f32;
        [(x - self.origin[0] as f32) * scale, (y - self.origin[1] as f32) * scale]
    }

    /// The colour at a place, `0..=1`; black outside.
    #[inline]
    fn sample(&self, x: f32, y: f32) -> [f32; 3] {
        let [width, height] = self.size;
        if !(x >= 0.0 && y >= 0.0 && x < width as f32 && y < height as f32) {
            return [0.0; 3];
        }
        let (x, y) = ((x - 0.5).max(0.0), (y - 0.5).max(0.0));
        let (x0, y0) = ((x as usize).min(width - 2), (y as usize).min(height - 2));
        let (fx, fy) = ((x - x0 as f32).min(1.0), (y - y0 as f32).min(1.0));
        let upper = &self.rgba[(y0 * width + x0) * 4..][..8];
        let lower = &self.rgba[((y0 + 1) * width + x0) * 4..][..8];
        let between = |row: &[u8], k: usize| {
            let (a, b) = (f32::from(row[k]), f32::from(row[k + 4]));
            a + (b - a) * fx
        };
        core::array::from_fn(|k| {
            let (top, bottom) = (between(upper, k), between(lower, k));
            (top + (bottom - top) * fy) * (1.0 / 255.0)
        })
    }
}

/// The mean of `taps` x `taps` bilinear samples within one pixel of the crop.
fn average(
    photo: &Photo,
    patch: &Patch,
    (roi, (sin, cos)): (Roi, (f32, f32)),
    step: f32,
    taps: usize,
    at: [usize; 2],
) -> [f32; 3] {
    let inside = |p: f32, size: u32| p >= 0.0 && p <= size as f32;
    let offset =
        |cell: usize, tap: usize| (cell as f32 + (tap as f32 + 0.5) / taps as f32) * step - roi.size / 2.0;
    let mut sum = [0f32; 3];
    for tap_y in 0..taps {
        for tap_x in 0..taps {
            let (u, v) = (offset(at[0], tap_x), offset(at[1], tap_y));
            let (x, y) = (roi.x + u * cos - v * sin, roi.y + u * sin + v * cos);
            if !inside(x, photo.width()) || !inside(y, photo.height()) {
                continue;
            }
            let [px, py] = patch.to_local(x, y);
            let pixel = patch.image.sample(px - 0.5, py - 0.5);
            for k in 0..3 {
                sum[k] += pixel[k];
            }
        }
    }
    sum.map(|s| s / (taps * taps) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split() -> Photo {
        // Left half red, right half blue.
        let pixel = |i: u32| if i % 64 < 32 { [255, 0, 0, 255] } else { [0, 0, 255, 255] };
        Photo::from_rgba(64, 64, (0..64 * 64).flat_map(pixel).collect()).expect("sizes agree")
    }

    /// The red channel of a crop.
    fn red_of(photo: &Photo, roi: Roi, side: usize) -> Vec<f32> {
        let mut red = vec![f32::NAN; side * side];
        draw(photo, roi, side, |x, y, rgb| red[y * side + x] = rgb[0]);
        red
    }

    #[test]
    fn a_quarter_turn_turns_the_picture() {
        let roi = Roi { x: 32.0, y: 32.0, size: 64.0, rotation: std::f32::consts::FRAC_PI_2 };
        let crop = red_of(&split(), roi, 32);
        // The crop's x axis points down in the photo, so red lies at the crop's bottom.
        let red = |x: usize, y: usize| crop[y * 32 + x];
        assert!(red(5, 30) > 0.99 && red(28, 30) > 0.99, "{} {}", red(5, 30), red(28, 30));
        assert!(red(5, 2) < 0.01 && red(28, 2) < 0.01);
    }

    #[test]
    fn a_quick_crop_is_nearly_the_same() {
        let smooth = |i: u32| [(i % 90 * 2) as u8, (i / 90 * 2) as u8, 100, 255];
        let photo = Photo::from_rgba(90, 90, (0..90 * 90).flat_map(smooth).collect()).expect("sizes agree");
        for (size, rotation) in [(20.0, 0.3), (50.0, -1.0), (70.0, 0.1), (120.0, 2.0)] {
            let roi = Roi { x: 41.0, y: 46.0, size, rotation };
            let ((sin, cos), step) = (sin_cos(rotation), size / 24.0);
            let from_middle = |cell: usize| (cell as f32 + 0.5) * step - size / 2.0;
            // A pixel of the crop that the photo's edge runs through may be weighed differently.
            let well_inside = |x: usize, y: usize| {
                let (u, v) = (from_middle(x), from_middle(y));
                let place = [roi.x + u * cos - v * sin, roi.y + u * sin + v * cos];
                place.iter().all(|p| (2.0 * step..90.0 - 2.0 * step).contains(p))
            };
            let slow = red_of(&photo, roi, 24);
            let (mut largest, mut compared) = (0f32, 0);
            draw_quickly(&photo, roi, 24, &mut Scratch::default(), |x, y, rgb| {
                if well_inside(x, y) {
                    largest = largest.max((slow[y * 24 + x] - rgb[0]).abs());
                    compared += 1;
                }
            });
            assert!(largest < 0.05, "{largest} at {size} pixels");
            assert!(compared > 150, "{compared} at {size} pixels");
        }
    }

    #[test]
    fn outside_the_photo_is_black() {
        let away = Roi { x: 500.0, y: 500.0, size: 40.0, rotation: 0.3 };
        assert!(red_of(&split(), away, 16).iter().all(|&v| v == 0.0));
        let corner = Roi { x: 0.0, y: 0.0, size: 40.0, rotation: 0.0 };
        let crop = red_of(&split(), corner, 20);
        assert_eq!(crop[0], 0.0);
        assert!(crop[20 * 20 - 1] > 0.99);
    }
}
