//! Vectors and smooth functions, written out so that every platform gives the same bits.
//!
//! `f32::sin`, `exp` and friends go to the platform's C library and differ in the last bits; a picture whose
//! hash is pinned in a test may not depend on that. Only `+ - * /`, `sqrt`, `floor` and bit casts are used here.

use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// A point or direction in three dimensions; lengths are centimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct V3 {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) z: f32,
}

/// Short constructor, because the anatomy is a table of points.
pub(crate) const fn v3(x: f32, y: f32, z: f32) -> V3 {
    V3 { x, y, z }
}

impl V3 {
    pub(crate) const UP: V3 = v3(0.0, 1.0, 0.0);

    pub(crate) fn dot(self, o: V3) -> f32 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }
    pub(crate) fn cross(self, o: V3) -> V3 {
        v3(self.y * o.z - self.z * o.y, self.z * o.x - self.x * o.z, self.x * o.y - self.y * o.x)
    }
    pub(crate) fn length(self) -> f32 {
        self.dot(self).sqrt()
    }
    pub(crate) fn unit(self) -> V3 {
        self * (1.0 / self.length().max(1e-12))
    }
    pub(crate) fn times(self, o: V3) -> V3 {
        v3(self.x * o.x, self.y * o.y, self.z * o.z)
    }
    pub(crate) fn mix(self, o: V3, t: f32) -> V3 {
        self + (o - self) * t
    }
    pub(crate) fn map(self, f: impl Fn(f32) -> f32) -> V3 {
        v3(f(self.x), f(self.y), f(self.z))
    }
    /// The same point on the positive side of the face's plane of symmetry, which is rounded so that no crease runs
    /// down the middle of the face.
    pub(crate) fn mirrored(self) -> V3 {
        v3((self.x * self.x + 0.012).sqrt(), self.y, self.z)
    }
    pub(crate) fn luma(self) -> f32 {
        self.x * 0.2126 + self.y * 0.7152 + self.z * 0.0722
    }
}

impl Add for V3 {
    type Output = V3;
    fn add(self, o: V3) -> V3 {
        v3(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}
impl AddAssign for V3 {
    fn add_assign(&mut self, o: V3) {
        *self = *self + o;
    }
}
impl Sub for V3 {
    type Output = V3;
    fn sub(self, o: V3) -> V3 {
        v3(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}
impl Mul<f32> for V3 {
    type Output = V3;
    fn mul(self, k: f32) -> V3 {
        v3(self.x * k, self.y * k, self.z * k)
    }
}
impl Neg for V3 {
    type Output = V3;
    fn neg(self) -> V3 {
        self * -1.0
    }
}

/// A rotation; rows are the images of the axes' dual, so `turn` is row-wise dot products.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rotation {
    rows: [V3; 3],
}

impl Rotation {
    /// Yaw about y (positive: face to image right), then pitch about x (positive: chin up), then roll about z
    /// (positive: top of the head to image right).
    pub(crate) fn from_degrees(yaw: f32, pitch: f32, roll: f32) -> Rotation {
        let (sy, cy) = sin_cos(yaw.to_radians());
        let (sp, cp) = sin_cos(-pitch.to_radians());
        let (sr, cr) = sin_cos(-roll.to_radians());
        let about_y = Rotation { rows: [v3(cy, 0.0, sy), V3::UP, v3(-sy, 0.0, cy)] };
        let about_x = Rotation { rows: [v3(1.0, 0.0, 0.0), v3(0.0, cp, -sp), v3(0.0, sp, cp)] };
        let about_z = Rotation { rows: [v3(cr, -sr, 0.0), v3(sr, cr, 0.0), v3(0.0, 0.0, 1.0)] };
        about_z.after(&about_y.after(&about_x))
    }

    fn after(&self, first: &Rotation) -> Rotation {
        let c = first.transposed().rows;
        let row = |r: V3| v3(r.dot(c[0]), r.dot(c[1]), r.dot(c[2]));
        Rotation { rows: self.rows.map(row) }
    }

    pub(crate) fn transposed(&self) -> Rotation {
        let [a, b, c] = self.rows;
        Rotation { rows: [v3(a.x, b.x, c.x), v3(a.y, b.y, c.y), v3(a.z, b.z, c.z)] }
    }

    pub(crate) fn turn(&self, p: V3) -> V3 {
        v3(self.rows[0].dot(p), self.rows[1].dot(p), self.rows[2].dot(p))
    }
}

pub(crate) fn lerp(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

pub(crate) fn smoothstep(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A bell of height 1 at 0 that reaches 0 with its slope at |x| = 1; a Gaussian without the exponential.
pub(crate) fn bell(x: f32) -> f32 {
    bell2(x * x)
}

/// [`bell`] of a squared distance.
pub(crate) fn bell2(r2: f32) -> f32 {
    let t = (1.0 - r2).max(0.0);
    t * t
}

/// Polynomial smooth minimum: a union whose seam is rounded over `k` centimetres.
pub(crate) fn smin(a: f32, b: f32, k: f32) -> f32 {
    let h = (k - (a - b).abs()).max(0.0) / k;
    a.min(b) - h * h * k * 0.25
}

/// Smooth maximum, the twin of [`smin`].
pub(crate) fn smax(a: f32, b: f32, k: f32) -> f32 {
    -smin(-a, -b, k)
}

/// Piecewise-linear lookup in a table of (x, y) with rising x; flat outside.
pub(crate) fn table(points: &[(f32, f32)], x: f32) -> f32 {
    let mut last = points[0];
    for &p in points {
        if x < p.0 {
            let t = ((x - last.0) / (p.0 - last.0).max(1e-6)).clamp(0.0, 1.0);
            return lerp(last.1, p.1, t);
        }
        last = p;
    }
    last.1
}

/// Sine and cosine to about 1e-6, by reduction to a quarter turn and Taylor polynomials.
pub(crate) fn sin_cos(a: f32) -> (f32, f32) {
    const QUARTER: f32 = std::f32::consts::FRAC_PI_2;
    let n = (a / QUARTER + 0.5).floor();
    let r = a - n * QUARTER;
    let r2 = r * r;
    let s = r * (1.0 - r2 / 6.0 * (1.0 - r2 / 20.0 * (1.0 - r2 / 42.0 * (1.0 - r2 / 72.0))));
    let c = 1.0 - r2 / 2.0 * (1.0 - r2 / 12.0 * (1.0 - r2 / 30.0 * (1.0 - r2 / 56.0)));
    match (n as i32).rem_euclid(4) {
        0 => (s, c),
        1 => (c, -s),
        2 => (-s, -c),
        _ => (-c, s),
    }
}

/// Two to the power x, relative error below 1e-5.
pub(crate) fn exp2(x: f32) -> f32 {
    let x = x.clamp(-120.0, 120.0);
    let n = x.floor();
    let f = (x - n) * std::f32::consts::LN_2;
    let p = 1.0 + f * (1.0 + f / 2.0 * (1.0 + f / 3.0 * (1.0 + f / 4.0 * (1.0 + f / 5.0 * (1.0 + f / 6.0)))));
    p * f32::from_bits(((n as i32 + 127) as u32) << 23)
}

/// e to the power x.
pub(crate) fn exp(x: f32) -> f32 {
    exp2(x * std::f32::consts::LOG2_E)
}

/// Base-2 logarithm of a positive number.
fn log2(x: f32) -> f32 {
    let bits = x.max(1e-30).to_bits();
    let e = ((bits >> 23) as i32 - 127) as f32;
    let m = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000);
    let t = (m - 1.0) / (m + 1.0);
    let t2 = t * t;
    e + 2.0
        * std::f32::consts::LOG2_E
        * t
        * (1.0 + t2 * (1.0 / 3.0 + t2 * (0.2 + t2 * (1.0 / 7.0 + t2 / 9.0))))
}

/// `x` to the power `k`, for x >= 0.
pub(crate) fn pow(x: f32, k: f32) -> f32 {
    if x <= 0.0 { 0.0 } else { exp2(k * log2(x)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elementary_functions_agree_with_the_platform() {
        for i in -400..400 {
            let x = i as f32 * 0.05;
            let (s, c) = sin_cos(x);
            assert!((s - x.sin()).abs() < 1e-5 && (c - x.cos()).abs() < 1e-5, "{x}");
            assert!((exp(x) / x.exp() - 1.0).abs() < 2e-5, "{x}");
            assert!((pow(x.abs() + 0.01, 0.7) / (x.abs() + 0.01).powf(0.7) - 1.0).abs() < 2e-5, "{x}");
        }
    }
}
