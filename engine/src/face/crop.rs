//! A rotated square of a photo, as a network's input.

use super::roi::Roi;
use crate::image_f32::{Patch, Rect};
use crate::numeric::sin_cos;
use crate::photo::Photo;

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
    for y in 0..side {
        for x in 0..side {
            set(x, y, average(photo, &patch, roi, step, taps, [x, y]));
        }
    }
}

/// The mean of `taps` x `taps` bilinear samples within one pixel of the crop.
fn average(photo: &Photo, patch: &Patch, roi: Roi, step: f32, taps: usize, at: [usize; 2]) -> [f32; 3] {
    let (sin, cos) = sin_cos(roi.rotation);
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
    fn outside_the_photo_is_black() {
        let away = Roi { x: 500.0, y: 500.0, size: 40.0, rotation: 0.3 };
        assert!(red_of(&split(), away, 16).iter().all(|&v| v == 0.0));
        let corner = Roi { x: 0.0, y: 0.0, size: 40.0, rotation: 0.0 };
        let crop = red_of(&split(), corner, 20);
        assert_eq!(crop[0], 0.0);
        assert!(crop[20 * 20 - 1] > 0.99);
    }
}
