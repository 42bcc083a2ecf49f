//! The square a network looks at, and the way from its pixels back to the photo's.

use crate::landmarks::EYE_CORNERS;
use crate::numeric::{angle, sin_cos};

/// Room around a face, as MediaPipe's graphs have it.
const MARGIN: f32 = 1.5;

/// A rotated square in photo pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Roi {
    /// Centre.
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// Side.
    pub(crate) size: f32,
    /// Clockwise in the picture, in radians.
    pub(crate) rotation: f32,
}

impl Roi {
    /// The upright square around a whole rectangle of `width` x `height` at `left`, `top`.
    pub(crate) fn around(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self { x: left + width / 2.0, y: top + height / 2.0, size: width.max(height), rotation: 0.0 }
    }

    /// The square around landmarks, turned so that the eyes are level.
    pub(crate) fn of_landmarks(landmarks: &[[f32; 3]]) -> Self {
        let [left, right] = EYE_CORNERS.map(|i| landmarks[i]);
        let rotation = angle(right[1] - left[1], right[0] - left[0]);
        let (sin, cos) = sin_cos(rotation);
        let turned: Vec<[f32; 3]> =
            landmarks.iter().map(|p| [p[0] * cos + p[1] * sin, -p[0] * sin + p[1] * cos, 0.0]).collect();
        let [x0, y0, x1, y1] = crate::numeric::bounds(&turned);
        let (u, v) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
        let size = (x1 - x0).max(y1 - y0) * MARGIN;
        Self { x: u * cos - v * sin, y: u * sin + v * cos, size, rotation }
    }

    /// The square around a detected box whose eyes are at `eyes`.
    pub(crate) fn of_box(bounds: [f32; 4], eyes: [[f32; 2]; 2]) -> Self {
        let (width, height) = (bounds[2] - bounds[0], bounds[3] - bounds[1]);
        let rotation = angle(eyes[1][1] - eyes[0][1], eyes[1][0] - eyes[0][0]);
        let (x, y) = ((bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0);
        Self { x, y, size: width.max(height) * MARGIN, rotation }
    }

    /// The photo position of a point given in pixels of a crop with side `side_px`; z is scaled alike.
    pub(crate) fn to_photo(self, point: [f32; 3], side_px: f32) -> [f32; 3] {
        let (sin, cos) = sin_cos(self.rotation);
        let scale = self.size / side_px;
        let (u, v) = ((point[0] - side_px / 2.0) * scale, (point[1] - side_px / 2.0) * scale);
        [self.x + u * cos - v * sin, self.y + u * sin + v * cos, point[2] * scale]
    }

    /// Whether it is a square one can cut: finite and at least a pixel.
    pub(crate) fn is_usable(&self) -> bool {
        [self.x, self.y, self.size, self.rotation].iter().all(|v| v.is_finite()) && self.size >= 1.0
    }

    /// Upright box around the rotated square.
    pub(crate) fn bounds(&self) -> [f32; 4] {
        let (sin, cos) = sin_cos(self.rotation);
        let half = self.size / 2.0 * (sin.abs() + cos.abs());
        [self.x - half, self.y - half, self.x + half, self.y + half]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crop_pixels_go_to_the_photo_and_back() {
        let roi = Roi { x: 310.0, y: 205.5, size: 144.0, rotation: 0.7 };
        let (sin, cos) = sin_cos(roi.rotation);
        for point in [[0.0, 0.0, 1.0], [96.0, 96.0, 0.0], [13.0, 180.5, -7.0]] {
            let [x, y, z] = roi.to_photo(point, 192.0);
            let (dx, dy, k) = (x - roi.x, y - roi.y, 192.0 / roi.size);
            let back = [(dx * cos + dy * sin) * k + 96.0, (-dx * sin + dy * cos) * k + 96.0, z * k];
            assert!((0..3).all(|i| (back[i] - point[i]).abs() < 1e-3), "{back:?}");
        }
    }

    #[test]
    fn the_square_of_level_landmarks_is_their_box_with_margin() {
        let mut landmarks = vec![[50.0, 50.0, 0.0]; 468];
        landmarks[EYE_CORNERS[0]] = [20.0, 40.0, 0.0];
        landmarks[EYE_CORNERS[1]] = [80.0, 40.0, 0.0];
        landmarks[152] = [50.0, 120.0, 0.0];
        let roi = Roi::of_landmarks(&landmarks);
        assert_eq!(roi, Roi { x: 50.0, y: 80.0, size: 120.0, rotation: 0.0 });
    }
}
