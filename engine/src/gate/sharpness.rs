//! How blurred a face is: its edges are blurred once more, and what that changes tells what they were before.
//!
//! For an edge of standard deviation `s`, blurring by `s0` divides the gradient by `R = sqrt(1 + (s0 / s)^2)`, whatever
//! its contrast: `s = s0 / sqrt(R^2 - 1)` (S. Zhuo and T. Sim, "Defocus map estimation from a single image", 2011).

use super::view::cut;
use crate::face::eye_distance_px;
use crate::graft::texture_places;
use crate::numeric::{luma, quantile};
use crate::photo::Photo;
use crate::topology::Topology;

/// Eye distance at which it is measured, in pixels; smaller faces are not enlarged.
const EYES_PX: f32 = 64.0;
/// The share of the face's pixels with the steepest gradients: lids, brows, nostrils, lips.
const EDGES: f32 = 0.05;
/// The ratio from which an edge counts as not changed at all.
const LEAST_RATIO: f32 = 1.001;
/// What an ideal edge is read as on the pixel grid, in pixels.
const GRID_PX: f32 = 0.85;
/// The binomial filter: a Gaussian of one pixel's standard deviation (P. Burt and E. Adelson, 1983).
const BINOMIAL: [f32; 5] = [1.0 / 16.0, 4.0 / 16.0, 6.0 / 16.0, 4.0 / 16.0, 1.0 / 16.0];

/// [`super::Measures::blur_percent`]; none when the face lies outside its photo.
pub(super) fn blur_percent(topology: &Topology, photo: &Photo, landmarks: &[[f32; 3]]) -> Option<f32> {
    let (patch, mesh) = cut(photo, landmarks, EYES_PX / eye_distance_px(landmarks))?;
    let plane = Plane {
        width: patch.image.width,
        height: patch.image.height,
        values: patch.image.pixels.iter().map(|&p| luma(p)).collect(),
    };
    let face = texture_places(topology, &mesh, [plane.width, plane.height]);
    let (before, after) = (plane.gradients(), plane.blurred().gradients());
    let on_face = || (0..face.len()).filter(|&i| face[i].is_some());
    let steep = quantile(on_face().map(|i| before[i]).collect(), 1.0 - EDGES)?;
    let spread = |i: usize| {
        let ratio = (before[i] / after[i].max(1e-6)).max(LEAST_RATIO);
        1.0 / (ratio * ratio - 1.0).sqrt()
    };
    let spread = quantile(on_face().filter(|&i| before[i] >= steep).map(spread).collect(), 0.5)?;
    let beyond = (spread * spread - GRID_PX * GRID_PX).max(0.0).sqrt();
    Some(100.0 * beyond / eye_distance_px(&mesh))
}

struct Plane {
    width: usize,
    height: usize,
    values: Vec<f32>,
}

impl Plane {
    /// The value at a place; the border is extended outwards.
    fn at(&self, x: isize, y: isize) -> f32 {
        let inside = |v: isize, size: usize| v.clamp(0, size as isize - 1) as usize;
        self.values[inside(y, self.height) * self.width + inside(x, self.width)]
    }

    fn map(&self, of: impl Fn(isize, isize) -> f32) -> Vec<f32> {
        let places = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x as isize, y as isize)));
        places.map(|(x, y)| of(x, y)).collect()
    }

    fn blurred(&self) -> Self {
        let taps = || BINOMIAL.iter().zip(-2..=2);
        let across =
            Self { values: self.map(|x, y| taps().map(|(k, d)| k * self.at(x + d, y)).sum()), ..*self };
        let both = across.map(|x, y| taps().map(|(k, d)| k * across.at(x, y + d)).sum());
        Self { values: both, ..across }
    }

    /// The gradient's length by the Sobel operator.
    fn gradients(&self) -> Vec<f32> {
        let side = |x: isize, y: isize, [dx, dy]: [isize; 2]| {
            let line = |t: isize| self.at(x + dx + t * dy, y + dy + t * dx);
            line(-1) + 2.0 * line(0) + line(1)
        };
        self.map(|x, y| {
            let across = side(x, y, [1, 0]) - side(x, y, [-1, 0]);
            let down = side(x, y, [0, 1]) - side(x, y, [0, -1]);
            (across * across + down * down).sqrt()
        })
    }
}
