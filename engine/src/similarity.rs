//! Best rotation, scale and shift between two sets of 3D points.

use crate::numeric::sub;

/// `p -> to + scale * rotation * (p - from)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Similarity {
    pub(crate) rotation: [[f32; 3]; 3],
    pub(crate) scale: f32,
    pub(crate) from: [f32; 3],
    pub(crate) to: [f32; 3],
}

impl Similarity {
    /// Least-squares similarity from `source` to `target`, point by point; none when either is a single spot.
    ///
    /// Rotation after B. K. P. Horn, "Closed-form solution of absolute orientation using unit quaternions"
    /// (1987); scale by his symmetric formula, the ratio of the two spreads.
    pub(crate) fn between(source: &[[f32; 3]], target: &[[f32; 3]]) -> Option<Self> {
        let (from, to) = (centroid(source), centroid(target));
        let mut covariance = [[0f64; 3]; 3];
        let (mut spread_source, mut spread_target) = (0f64, 0f64);
        for (&s, &t) in source.iter().zip(target) {
            let (p, q) = (sub(s, from).map(f64::from), sub(t, to).map(f64::from));
            for a in 0..3 {
                spread_source += p[a] * p[a];
                spread_target += q[a] * q[a];
                for b in 0..3 {
                    covariance[a][b] += p[a] * q[b];
                }
            }
        }
        let scale = (spread_target / spread_source).sqrt() as f32;
        if !(spread_source > 1e-9 && spread_target > 1e-9 && scale.is_finite()) {
            return None;
        }
        let rotation = rotation_matrix(principal_quaternion(&covariance)?);
        Some(Self { rotation, scale, from, to })
    }

    /// Moves one point.
    pub(crate) fn apply(&self, p: [f32; 3]) -> [f32; 3] {
        let d = sub(p, self.from);
        core::array::from_fn(|i| {
            let row = self.rotation[i];
            self.to[i] + self.scale * (row[0] * d[0] + row[1] * d[1] + row[2] * d[2])
        })
    }
}

fn centroid(points: &[[f32; 3]]) -> [f32; 3] {
    let mut sum = [0f64; 3];
    for p in points {
        for k in 0..3 {
            sum[k] += f64::from(p[k]);
        }
    }
    sum.map(|s| (s / points.len().max(1) as f64) as f32)
}

/// Eigenvector of Horn's 4 x 4 matrix with the largest eigenvalue.
///
/// Squaring a positive matrix twelve times is 4096 power iterations, and needs no library.
fn principal_quaternion(h: &[[f64; 3]; 3]) -> Option<[f64; 4]> {
    let mut m = horn_matrix(h);
    let bound: f64 = m.iter().flatten().map(|x| x.abs()).sum();
    for (i, row) in m.iter_mut().enumerate() {
        row[i] += bound;
    }
    for _ in 0..12 {
        let size = m.iter().flatten().fold(0f64, |a, x| a.max(x.abs()));
        if !(size.is_finite() && size > 0.0) {
            return None;
        }
        let n = m.map(|row| row.map(|x| x / size));
        m = core::array::from_fn(|i| core::array::from_fn(|j| (0..4).map(|k| n[i][k] * n[k][j]).sum()));
    }
    let length = |column: usize| (0..4).map(|i| m[i][column] * m[i][column]).sum::<f64>().sqrt();
    let best = (0..4).max_by(|&a, &b| length(a).total_cmp(&length(b)))?;
    let size = length(best);
    (size > 0.0).then(|| core::array::from_fn(|i| m[i][best] / size))
}

fn horn_matrix(h: &[[f64; 3]; 3]) -> [[f64; 4]; 4] {
    let trace = h[0][0] + h[1][1] + h[2][2];
    let delta = [h[1][2] - h[2][1], h[2][0] - h[0][2], h[0][1] - h[1][0]];
    let mut m = [[0f64; 4]; 4];
    m[0][0] = trace;
    for i in 0..3 {
        m[0][i + 1] = delta[i];
        m[i + 1][0] = delta[i];
        for j in 0..3 {
            m[i + 1][j + 1] = h[i][j] + h[j][i] - if i == j { trace } else { 0.0 };
        }
    }
    m
}

fn rotation_matrix([w, x, y, z]: [f64; 4]) -> [[f32; 3]; 3] {
    let m = [
        [1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y - w * z), 2.0 * (x * z + w * y)],
        [2.0 * (x * y + w * z), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z - w * x)],
        [2.0 * (x * z - w * y), 2.0 * (y * z + w * x), 1.0 - 2.0 * (x * x + y * y)],
    ];
    m.map(|row| row.map(|v| v as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cloud() -> Vec<[f32; 3]> {
        (0..40u16).map(|i| [f32::from(i * 37 % 23), f32::from(i * 17 % 29), f32::from(i * 11 % 13)]).collect()
    }

    #[test]
    fn a_known_similarity_is_recovered() {
        let half = 1.2f64 / 2.0;
        let axis = [0.36f64, 0.48, 0.8];
        let known = Similarity {
            rotation: rotation_matrix([
                half.cos(),
                axis[0] * half.sin(),
                axis[1] * half.sin(),
                axis[2] * half.sin(),
            ]),
            scale: 2.5,
            from: [1.0, 2.0, 3.0],
            to: [-40.0, 7.0, 100.0],
        };
        let source = cloud();
        let target: Vec<[f32; 3]> = source.iter().map(|&p| known.apply(p)).collect();
        let found = Similarity::between(&source, &target).expect("the points are spread");
        assert!((found.scale - 2.5).abs() < 1e-4);
        for (s, t) in source.iter().zip(&target) {
            let moved = found.apply(*s);
            assert!((0..3).all(|k| (moved[k] - t[k]).abs() < 1e-3), "{moved:?} is not {t:?}");
        }
    }

    #[test]
    fn a_single_spot_or_a_non_number_has_none() {
        let spot = vec![[5.0; 3]; 40];
        assert!(Similarity::between(&spot, &cloud()).is_none());
        assert!(Similarity::between(&cloud(), &spot).is_none());
        let broken: Vec<[f32; 3]> = cloud().iter().map(|_| [f32::NAN; 3]).collect();
        assert!(Similarity::between(&broken, &cloud()).is_none());
    }
}
