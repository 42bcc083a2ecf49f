//! Where the refined mesh looks twice: the turned rectangle around eyes or lips, cut out of a map of features.
//!
//! After MediaPipe's operators `LandmarksToTransformMatrix`, `TransformTensorBilinear` and `TransformLandmarks`, version 2.

use crate::numeric::{angle, bounds, sin_cos};

/// Side of the grid that a region is cut into.
pub(super) const GRID: usize = 16;
/// Side of the map of features, and its channels.
pub(super) const MAP: usize = 48;
pub(super) const CHANNELS: usize = 32;
/// Pixels of the network's input per cell of the map; contours are measured in as many parts of a cell.
const CELL_PX: f32 = 4.0;
/// Room around a region.
const MARGIN: f32 = 1.5;

/// The landmarks of the lips, in the order in which the network gives them.
pub(super) const LIPS: [usize; 80] = [
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409, 78, 95, 88,
    178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415, 76, 77, 90, 180, 85, 16,
    315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408, 62, 96, 89, 179, 86, 15, 316, 403, 319,
    325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
];
/// The same of the eye and brow on the picture's left, and on its right.
pub(super) const LEFT_EYE: [usize; 71] = [
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 130, 25, 110, 24, 23, 22,
    26, 112, 243, 247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229, 230, 231, 232, 233, 244, 113, 225, 224,
    223, 222, 221, 189, 35, 124, 46, 53, 52, 65, 143, 111, 117, 118, 119, 120, 121, 128, 245, 156, 70, 63,
    105, 66, 107, 55, 193,
];
pub(super) const RIGHT_EYE: [usize; 71] = [
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398, 359, 255, 339, 254, 253,
    252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414, 446, 261, 448, 449, 450, 451, 452, 453, 464, 342,
    445, 444, 443, 442, 441, 413, 265, 353, 276, 283, 282, 295, 372, 340, 346, 347, 348, 349, 350, 357, 465,
    383, 300, 293, 334, 296, 336, 285, 417,
];
/// Of an eye's landmarks, those of the lids and the folds around them come first; brows and cheeks follow.
const LIDS: usize = 32;
/// The landmarks that are level in each region, left and right.
pub(super) const LIPS_LEVEL: [usize; 2] = [61, 291];
pub(super) const LEFT_EYE_LEVEL: [usize; 2] = [33, 133];
pub(super) const RIGHT_EYE_LEVEL: [usize; 2] = [362, 263];

/// The landmarks that the refined mesh measures better than the mesh: lips and lids.
pub(crate) fn closely_seen() -> impl Iterator<Item = usize> {
    LIPS.iter().chain(&LEFT_EYE[..LIDS]).chain(&RIGHT_EYE[..LIDS]).copied()
}

/// From a place in the region's grid to one in the map of features, in cells of each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    /// The grid's two axes in the map, as columns.
    axes: [[f32; 2]; 2],
    shift: [f32; 2],
}

impl Cut {
    /// The rectangle around some of the landmarks (in input pixels), turned as two of them lie.
    pub(super) fn around(landmarks: &[[f32; 3]], points: &[usize], level: [usize; 2]) -> Self {
        let [left, right] = level.map(|i| landmarks[i]);
        let (sin, cos) = sin_cos(angle(right[1] - left[1], right[0] - left[0]));
        let upright: Vec<[f32; 3]> = points
            .iter()
            .map(|&i| landmarks[i])
            .map(|[x, y, _]| [(x * cos + y * sin) / CELL_PX, (y * cos - x * sin) / CELL_PX, 0.0])
            .collect();
        let [x0, y0, x1, y1] = bounds(&upright);
        let (u, v) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
        let [width, height] = [x1 - x0, y1 - y0].map(|side| MARGIN * side / GRID as f32);
        let axes = [[cos * width, -sin * height], [sin * width, cos * height]];
        let half = GRID as f32 / 2.0;
        let centre = [u * cos - v * sin, u * sin + v * cos];
        Self { axes, shift: [0, 1].map(|k| centre[k] - (axes[k][0] + axes[k][1]) * half) }
    }

    fn apply(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [0, 1].map(|k| self.axes[k][0] * x + self.axes[k][1] * y + self.shift[k])
    }

    /// What the region shows: channels x 48 x 48 to channels x 16 x 16, bilinear; 0 outside.
    pub(super) fn sample(&self, features: &[f32]) -> Vec<f32> {
        let mut grid = vec![0f32; CHANNELS * GRID * GRID];
        for cell in 0..GRID * GRID {
            let place = [cell % GRID, cell / GRID].map(|v| v as f32 + 0.5);
            let [x, y] = self.apply(place).map(|v| v - 0.5);
            let last = (MAP - 1) as f32;
            if !(0.0..=last).contains(&x) || !(0.0..=last).contains(&y) {
                continue;
            }
            let (x0, y0) = (x as usize, y as usize);
            let (x1, y1) = ((x0 + 1).min(MAP - 1), (y0 + 1).min(MAP - 1));
            let (fx, fy) = (x - x0 as f32, y - y0 as f32);
            for channel in 0..CHANNELS {
                let at = |x: usize, y: usize| features[(channel * MAP + y) * MAP + x];
                let upper = at(x0, y0) * (1.0 - fx) + at(x1, y0) * fx;
                let lower = at(x0, y1) * (1.0 - fx) + at(x1, y1) * fx;
                grid[channel * GRID * GRID + cell] = upper * (1.0 - fy) + lower * fy;
            }
        }
        grid
    }

    /// A measured point (in parts of a cell of the grid) in input pixels.
    pub(super) fn to_input(self, point: [f32; 2]) -> [f32; 2] {
        self.apply(point.map(|v| v / CELL_PX)).map(|v| v * CELL_PX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Landmarks of lips on an ellipse turned by an angle, around (96, 120).
    fn lips(turn_rad: f32) -> Vec<[f32; 3]> {
        let (sin, cos) = sin_cos(turn_rad);
        let mut landmarks = vec![[0.0; 3]; 468];
        for (n, &i) in LIPS.iter().enumerate() {
            let (s, c) = sin_cos(n as f32);
            let [u, v] = match i {
                61 => [-32.0, 0.0],
                291 => [32.0, 0.0],
                _ => [32.0 * c, 12.0 * s],
            };
            landmarks[i] = [96.0 + u * cos - v * sin, 120.0 + u * sin + v * cos, 0.0];
        }
        landmarks
    }

    #[test]
    fn the_middle_of_the_grid_is_the_middle_of_the_lips_however_they_are_turned() {
        for turn in [0.0, 0.5, -1.2] {
            let cut = Cut::around(&lips(turn), &LIPS, LIPS_LEVEL);
            let [x, y] = cut.to_input([32.0, 32.0]);
            assert!((x - 96.0).abs() < 0.5 && (y - 120.0).abs() < 0.5, "{turn}: {x} {y}");
            let (sin, cos) = sin_cos(turn);
            let [right, below] = cut.to_input([64.0, 32.0]);
            // The region is half as wide again as the lips, along their own direction.
            let gap = (right - (96.0 + 48.0 * cos)).abs().max((below - (120.0 + 48.0 * sin)).abs());
            assert!(gap < 0.7, "{turn}: {right} {below}");
        }
    }

    #[test]
    fn a_linear_map_is_sampled_exactly_and_nothing_outside() {
        let features: Vec<f32> = (0..CHANNELS * MAP * MAP).map(|i| (i % MAP) as f32).collect();
        let cut = Cut::around(&lips(0.0), &LIPS, LIPS_LEVEL);
        let grid = cut.sample(&features);
        let [x, _] = cut.apply([3.5, 8.5]);
        assert!((grid[8 * GRID + 3] - (x - 0.5)).abs() < 1e-4);
        let far: Vec<[f32; 3]> = lips(0.0).iter().map(|p| [p[0] + 900.0, p[1], 0.0]).collect();
        assert!(Cut::around(&far, &LIPS, LIPS_LEVEL).sample(&features).iter().all(|&v| v == 0.0));
    }
}
