//! Draws the mesh with a texture: every attribute is linear in a triangle, so that a pixel costs a few additions.

use crate::graft::Level;
use crate::topology::Topology;

/// Doubled areas below this (square pixels) are seen edge-on.
const MIN_AREA: f32 = 1e-3;
/// Room around a triangle's edges, so that no pixel between two of them is lost to rounding.
const EDGE: f32 = 1e-4;

/// What a pixel of the mesh shows: sRGB, and how far it can be trusted (0 where nothing was drawn).
pub(super) type Spot = [f32; 4];

/// A picture of the mesh: kept from frame to frame, so that none allocates.
#[derive(Debug, Default)]
pub(super) struct Surface {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) spots: Vec<Spot>,
    depth: Vec<f32>,
}

/// What the mesh is and shows, whatever its size.
pub(super) struct Look<'a> {
    pub(super) topology: &'a Topology,
    /// How far each vertex can be trusted, 0 to 1.
    pub(super) trust: &'a [f32],
    /// Triangles that stay open.
    pub(super) is_open: &'a dyn Fn(&[usize; 3]) -> bool,
}

impl Surface {
    /// Draws the mesh, its vertices in pixels, over nothing.
    pub(super) fn draw(
        &mut self,
        [width, height]: [usize; 2],
        vertices: &[[f32; 3]],
        look: &Look<'_>,
        texture: &Level,
    ) {
        (self.width, self.height) = (width, height);
        self.spots.clear();
        self.spots.resize(width * height, [0.0; 4]);
        self.depth.clear();
        self.depth.resize(width * height, f32::MAX);
        let area = |t: &[usize; 3]| {
            let [a, b, c] = t.map(|i| vertices[i]);
            (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        };
        let front = look.topology.triangles.iter().map(area).sum::<f32>().signum();
        for corners in &look.topology.triangles {
            let doubled = area(corners);
            if doubled * front > MIN_AREA {
                self.triangle(corners, doubled, vertices, look, texture);
            }
        }
    }

    fn triangle(
        &mut self,
        corners: &[usize; 3],
        doubled: f32,
        vertices: &[[f32; 3]],
        look: &Look<'_>,
        texture: &Level,
    ) {
        let [a, b, c] = corners.map(|i| vertices[i]);
        let is_open = (look.is_open)(corners);
        let side = texture.side as f32;
        // Depth, place in the texture and trust of each corner.
        let values = corners.map(|i| {
            let [u, v] = look.topology.uv[i];
            [vertices[i][2], u * side, v * side, look.trust[i]]
        });
        // Weights of the corners along a row: where they are all positive, the row is in the triangle.
        let slope_b = (c[1] - a[1]) / doubled;
        let slope_c = (a[1] - b[1]) / doubled;
        let slopes = [-slope_b - slope_c, slope_b, slope_c];
        let steps: [f32; 4] = blend(&values, slopes);
        let columns = span([a[0], b[0], c[0]], self.width);
        for y in span([a[1], b[1], c[1]], self.height) {
            let (dx, dy) = (columns.start as f32 + 0.5 - a[0], y as f32 + 0.5 - a[1]);
            let wb = (dx * (c[1] - a[1]) - dy * (c[0] - a[0])) / doubled;
            let wc = ((b[0] - a[0]) * dy - (b[1] - a[1]) * dx) / doubled;
            let weights = [1.0 - wb - wc, wb, wc];
            let inside = inside(weights, slopes, columns.len());
            if inside.is_empty() {
                continue;
            }
            let first = y * self.width + columns.start;
            let start: [f32; 4] = blend(&values, weights);
            let row = first + inside.start..first + inside.end;
            let pixels = self.depth[row.clone()].iter_mut().zip(&mut self.spots[row]);
            for (x, (depth, spot)) in inside.zip(pixels) {
                let [z, u, v, trusted]: [f32; 4] = core::array::from_fn(|k| start[k] + steps[k] * x as f32);
                if z < *depth {
                    *depth = z;
                    let [red, green, blue, trust] = texture.sample(u, v);
                    // Drawn, but not to be believed, is not the same as not drawn at all.
                    let trust = if is_open { 0.0 } else { (trust * trusted).max(1e-3) };
                    *spot = [red, green, blue, trust];
                }
            }
        }
    }
}

/// Values of three corners, weighed.
#[inline]
fn blend(values: &[[f32; 4]; 3], weights: [f32; 3]) -> [f32; 4] {
    core::array::from_fn(|k| {
        values[0][k] * weights[0] + values[1][k] * weights[1] + values[2][k] * weights[2]
    })
}

/// The cells of a row of `count` in which no weight is below zero; `weights` are those in its first cell.
#[inline]
fn inside(weights: [f32; 3], slopes: [f32; 3], count: usize) -> core::ops::Range<usize> {
    let (mut low, mut high) = (0f32, count as f32);
    for (weight, slope) in weights.into_iter().zip(slopes) {
        let crossing = (-EDGE - weight) / slope;
        if slope > 0.0 {
            low = low.max(crossing.ceil());
        } else if slope < 0.0 {
            high = high.min(crossing.floor() + 1.0);
        } else if weight < -EDGE {
            return 0..0;
        }
    }
    low as usize..high.max(0.0) as usize
}

/// The pixels that three coordinates reach, within `0..size`.
fn span(values: [f32; 3], size: usize) -> core::ops::Range<usize> {
    let low = values.iter().copied().fold(f32::MAX, f32::min).floor().max(0.0);
    let high = values.iter().copied().fold(f32::MIN, f32::max).ceil().max(0.0);
    low as usize..(high as usize).min(size)
}
