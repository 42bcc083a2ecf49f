//! A rotated square of a photo, as a network's input.

use super::roi::Roi;
use crate::image_f32::{Patch, Rect};
use crate::numeric::sin_cos;
use crate::photo::Photo;

/// Samples per crop pixel and axis that a quick crop takes at most.
const MOST_TAPS: usize = 4;

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

/// The same straight from the photo's bytes, for pictures that run: nothing is copied, and beyond [`MOST_TAPS`] photo
/// pixels per crop pixel detail may alias.
pub(crate) fn draw_quickly(
    photo: &Photo,
    roi: Roi,
    side: usize,
    mut set: impl FnMut(usize, usize, [f32; 3]),
) {
    let step = roi.size / side as f32;
    // A bilinear sample sees two pixels, so it need not be taken at every one.
    let taps = ((step / 2.0).ceil() as usize).clamp(1, MOST_TAPS);
    let (sin, cos) = sin_cos(roi.rotation);
    let offset =
        |cell: usize, tap: usize| (cell as f32 + (tap as f32 + 0.5) / taps as f32) * step - roi.size / 2.0;
    let scale = 1.0 / (255.0 * (taps * taps) as f32);
    for y in 0..side {
        for x in 0..side {
            let mut sum = [0f32; 3];
            for (tap_x, tap_y) in (0..taps * taps).map(|tap| (tap % taps, tap / taps)) {
                let (u, v) = (offset(x, tap_x), offset(y, tap_y));
                let pixel = bilinear(photo, roi.x + u * cos - v * sin, roi.y + u * sin + v * cos);
                for k in 0..3 {
                    sum[k] += pixel[k];
                }
            }
            set(x, y, sum.map(|s| s * scale));
        }
    }
}

/// The photo at a place, 0 to 255; black outside.
#[inline]
fn bilinear(photo: &Photo, x: f32, y: f32) -> [f32; 3] {
    let (width, height) = (photo.width() as usize, photo.height() as usize);
    if !(x >= 0.0 && y >= 0.0 && x < width as f32 && y < height as f32) {
        return [0.0; 3];
    }
    let (x, y) = ((x - 0.5).max(0.0), (y - 0.5).max(0.0));
    let (x0, y0) = (x as usize, y as usize);
    let (x1, y1) = ((x0 + 1).min(width - 1), (y0 + 1).min(height - 1));
    let (fx, fy) = (x - x0 as f32, y - y0 as f32);
    let (upper, lower) = (photo.row(y0), photo.row(y1));
    let [a, b] = [x0, x1].map(|x| &upper[x * 4..x * 4 + 3]);
    let [c, d] = [x0, x1].map(|x| &lower[x * 4..x * 4 + 3]);
    core::array::from_fn(|k| {
        let [a, b, c, d] = [a[k], b[k], c[k], d[k]].map(f32::from);
        let (top, bottom) = (a + (b - a) * fx, c + (d - c) * fx);
        top + (bottom - top) * fy
    })
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
            draw_quickly(&photo, roi, 24, |x, y, rgb| {
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
