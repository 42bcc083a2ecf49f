//! Draws a triangle mesh: which triangle is in front at each pixel, and where in it the pixel lies.

use crate::topology::Topology;

/// Room around a triangle's edges, so that no pixel between two of them is lost to rounding.
const EDGE: f32 = 1e-4;
/// Doubled areas below this (square pixels) are seen edge-on.
const MIN_AREA: f32 = 1e-3;

/// A pixel's place in a triangle: its corners, and the weight of each.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub(super) corners: [usize; 3],
    pub(super) weights: [f32; 3],
}

impl Spot {
    /// A vertex attribute at this spot.
    #[inline]
    pub(super) fn blend(&self, attribute: &[f32]) -> f32 {
        let [a, b, c] = self.corners;
        self.weights[0] * attribute[a] + self.weights[1] * attribute[b] + self.weights[2] * attribute[c]
    }

    /// A position attribute at this spot, in the picture plane.
    #[inline]
    pub(super) fn blend_2d(&self, attribute: &[[f32; 2]]) -> [f32; 2] {
        let [a, b, c] = self.corners.map(|i| attribute[i]);
        let [wa, wb, wc] = self.weights;
        [wa * a[0] + wb * b[0] + wc * c[0], wa * a[1] + wb * b[1] + wc * c[1]]
    }
}

/// Visits the pixels of a `width` x `height` picture that the mesh covers; nearer triangles may visit a pixel again.
///
/// Triangles turned away from the camera are not drawn: the front is the side that most of the mesh shows.
pub(super) fn rasterise(
    topology: &Topology,
    vertices: &[[f32; 3]],
    width: usize,
    height: usize,
    mut visit: impl FnMut(usize, Spot),
) {
    let mut depth = vec![f32::MAX; width * height];
    let area = |t: &[usize; 3]| doubled_area(t.map(|i| vertices[i]));
    let front = topology.triangles.iter().map(area).sum::<f32>().signum();
    for corners in &topology.triangles {
        let doubled = area(corners);
        if doubled * front <= MIN_AREA {
            continue;
        }
        let points = corners.map(|i| vertices[i]);
        let columns = span(points.map(|p| p[0]), width);
        for y in span(points.map(|p| p[1]), height) {
            for x in columns.clone() {
                let weights = barycentric(points, doubled, [x as f32 + 0.5, y as f32 + 0.5]);
                if weights.iter().any(|&w| w < -EDGE) {
                    continue;
                }
                let z = weights[0] * points[0][2] + weights[1] * points[1][2] + weights[2] * points[2][2];
                let index = y * width + x;
                if z < depth[index] {
                    depth[index] = z;
                    visit(index, Spot { corners: *corners, weights });
                }
            }
        }
    }
}

fn doubled_area([a, b, c]: [[f32; 3]; 3]) -> f32 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

fn barycentric([a, b, c]: [[f32; 3]; 3], doubled_area: f32, [x, y]: [f32; 2]) -> [f32; 3] {
    let wb = ((x - a[0]) * (c[1] - a[1]) - (y - a[1]) * (c[0] - a[0])) / doubled_area;
    let wc = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / doubled_area;
    [1.0 - wb - wc, wb, wc]
}

/// The pixels that some coordinates reach, within `0..size`.
pub(super) fn span<const N: usize>(values: [f32; N], size: usize) -> core::ops::Range<usize> {
    let low = values.iter().copied().fold(f32::MAX, f32::min).floor().max(0.0);
    let high = values.iter().copied().fold(f32::MIN, f32::max).ceil().max(0.0);
    low as usize..(high as usize).min(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square() -> (Topology, Vec<[f32; 3]>) {
        let topology = Topology {
            triangles: vec![[0, 1, 2], [0, 2, 3]],
            mirror: vec![1, 0, 3, 2],
            uv: vec![[0.0; 2]; 4],
        };
        let vertices = vec![[2.0, 2.0, 0.0], [12.0, 2.0, 0.0], [12.0, 12.0, 0.0], [2.0, 12.0, 0.0]];
        (topology, vertices)
    }

    #[test]
    fn two_triangles_cover_their_square_exactly() {
        let (topology, vertices) = square();
        let mut seen = vec![0; 16 * 16];
        rasterise(&topology, &vertices, 16, 16, |i, _| seen[i] += 1);
        let inside = |i: usize| (2..12).contains(&(i % 16)) && (2..12).contains(&(i / 16));
        assert!((0..256).all(|i| (seen[i] > 0) == inside(i)));
    }

    #[test]
    fn attributes_are_linear_and_the_nearer_triangle_wins() {
        let (mut topology, mut vertices) = square();
        vertices.extend([[0.0, 0.0, -5.0], [16.0, 0.0, -5.0], [16.0, 4.0, -5.0]]);
        topology.triangles.push([4, 5, 6]);
        let column: Vec<f32> = vertices.iter().map(|v| v[0]).collect();
        let (mut drawn, mut last) = (vec![0f32; 256], vec![0; 256]);
        rasterise(&topology, &vertices, 16, 16, |i, spot| {
            drawn[i] = spot.blend(&column);
            last[i] = spot.corners[0];
        });
        assert!((drawn[8 * 16 + 5] - 5.5).abs() < 1e-4);
        assert_eq!((last[2 * 16 + 11], last[8 * 16 + 5]), (4, 0));
    }

    #[test]
    fn vertices_far_outside_or_broken_draw_nothing_outside() {
        let (topology, mut vertices) = square();
        vertices[1] = [1e7, -1e7, 0.0];
        rasterise(&topology, &vertices, 16, 16, |i, _| assert!(i < 256));
        vertices[2] = [f32::NAN; 3];
        rasterise(&topology, &vertices, 16, 16, |i, _| assert!(i < 256));
    }
}
