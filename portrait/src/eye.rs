//! The eye's own look: white, iris, pupil, and the light that lives in it.

use crate::anatomy::Eye;
use crate::color::linear;
use crate::dice::noise;
use crate::math::{V3, bell, lerp, sin_cos, smoothstep, v3};
use crate::parameters::{Expression, Rgb};

/// Radius of the iris on the eyeball, centimetres.
const IRIS: f32 = 0.79;

/// Unit direction, in head space, in which the eyes look; `unturn` brings the camera's direction there.
pub(crate) fn gaze(expression: &Expression, to_head: impl Fn(V3) -> V3) -> V3 {
    let (gx, gy) = (expression.gaze[0] * 0.5, expression.gaze[1] * 0.5);
    let wanted = to_head(v3(gx, gy, 1.0).unit());
    // Eyes follow the camera only as far as is comfortable.
    let limit = |v: f32, most: f32| v.clamp(-most, most);
    v3(limit(wanted.x, 0.42), limit(wanted.y + 0.01, 0.30), wanted.z.max(0.5)).unit()
}

/// Both eyes meet on the lens: each turns a little towards the nose.
pub(crate) fn converged(gaze: V3, side: f32) -> V3 {
    v3(gaze.x - 0.075 * side, gaze.y, gaze.z).unit()
}

/// Colour of the eyeball at head-space point `h`: `diffuse` is to be lit, `glow` is light already.
pub(crate) struct EyeColor {
    pub(crate) diffuse: V3,
    pub(crate) glow: V3,
}

/// Shades one point of an eyeball; `key` is the direction to the key light in head space.
pub(crate) fn paint(eye: &Eye, h: V3, gaze: V3, key: V3, color: Rgb) -> EyeColor {
    let side = if h.x < 0.0 { -1.0 } else { 1.0 };
    let center = v3(eye.center.x * side, eye.center.y, eye.center.z);
    let gaze = converged(gaze, side);
    let n = (h - center).unit();
    let across = n - gaze * n.dot(gaze);
    let r = if n.dot(gaze) > 0.0 { across.length() * eye.radius / IRIS } else { 9.0 };
    let m = h.mirrored();
    let white = sclera(eye, m, n);
    let iris = iris(across, r, key, color);
    let diffuse = white.mix(iris, smoothstep(1.04, 0.93, r));
    let lid = eye.upper(m.x) - m.y;
    let under_lid = lerp(0.38, 1.0, smoothstep(-0.02, 0.55, lid))
        * lerp(0.7, 1.0, smoothstep(0.0, 0.16, m.y - eye.lower(m.x)));
    let glow = catch_light(across * (eye.radius / IRIS), key) * smoothstep(0.0, 0.1, lid);
    let wet = bell((m.y - eye.lower(m.x) - 0.06) / 0.06) * smoothstep(1.0, 0.6, eye.along(m.x).abs()) * 0.14;
    EyeColor { diffuse: diffuse * under_lid, glow: v3(1.0, 0.99, 0.97) * (glow + wet) }
}

fn sclera(eye: &Eye, m: V3, n: V3) -> V3 {
    let u = eye.along(m.x);
    let corner = smoothstep(0.55, 1.0, u.abs());
    let veins = (noise(n * 9.0) * 0.5 + 0.5) * corner * 0.25;
    let white = v3(0.56, 0.54, 0.525).mix(v3(0.50, 0.34, 0.31), corner * 0.45 + veins * 0.4);
    white.mix(v3(0.55, 0.24, 0.21), smoothstep(-0.80, -0.97, u))
}

fn iris(across: V3, r: f32, key: V3, color: Rgb) -> V3 {
    let base = linear(color);
    let spoke = across * (1.0 / across.length().max(1e-4));
    let fibres = noise(spoke * 9.0 + v3(0.0, 0.0, r * 1.2)) * 0.6 + noise(spoke * 21.0) * 0.4;
    let ring = smoothstep(0.72, 1.0, r);
    let collarette = bell((r - 0.57) / 0.17);
    let mut c = base * (1.0 + 0.42 * fibres * smoothstep(0.3, 0.6, r));
    c = c.mix(base.mix(v3(0.42, 0.24, 0.08), 0.35) * 1.25, 0.5 * collarette);
    // Light enters on the key's side and gathers on the other.
    let far = (-across.dot(key) * (1.0 / IRIS) * 1.6).clamp(0.0, 1.0);
    c = c * (0.75 + 1.5 * far * smoothstep(0.35, 0.6, r) * smoothstep(1.0, 0.8, r));
    c = c.mix(base * 0.10, 0.85 * ring);
    c.mix(v3(0.006, 0.005, 0.005), smoothstep(0.50, 0.43, r))
}

/// A softbox high on the key's side and a faint answer below; `q` is in iris radii.
fn catch_light(q: V3, key: V3) -> f32 {
    let (sx, sy) = (key.x.clamp(-0.7, 0.7), key.y.clamp(0.2, 0.8));
    let at = v3(sx * 0.75, sy * 0.62 + 0.05, 0.0);
    let (s, c) = sin_cos(0.12);
    let d = v3(q.x - at.x, q.y - at.y, 0.0);
    let d = v3(d.x * c + d.y * s, d.y * c - d.x * s, 0.0);
    let (u, v) = (d.x / 0.25, d.y / 0.29);
    let round = u * u + v * v;
    let box_ = 0.5 * round + 0.5 * (u * u * u * u + v * v * v * v);
    let (a, b) = ((q.x + at.x * 0.9) / 0.30, (q.y + at.y * 0.95) / 0.16);
    1.15 * smoothstep(1.3, 0.45, box_) + 0.16 * bell(a) * bell(b)
}
