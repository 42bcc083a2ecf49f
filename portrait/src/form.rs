//! The sculpture: a signed distance to head, neck, shoulders and cloth, in centimetres.
//!
//! Primitives and rounded unions after Quilez, "Modeling with distance functions"; small forms (sockets, lips,
//! folds) are displacements of the surface, so that the curves of [`crate::anatomy`] decide where they lie.

use crate::anatomy::Anatomy;
use crate::dice::noise;
use crate::math::{Rotation, V3, bell, bell2, sin_cos, smax, smin, smoothstep, v3};
use crate::parameters::{HairStyle, Neckline, Portrait};

/// What a point of the surface is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Material {
    Skin,
    Eye,
    Mouth,
    Cloth,
    Scarf,
}

/// The head of one portrait, posed.
pub(crate) struct Form {
    pub(crate) anatomy: Anatomy,
    turn: Rotation,
    unturn: Rotation,
    neck: f32,
    neckline: Neckline,
    scarf: bool,
}

/// About which the head turns: the top of the spine.
const PIVOT: V3 = v3(0.0, -5.0, -3.5);
/// Centre of the skull.
pub(crate) const SKULL: V3 = v3(0.0, 4.0, -3.2);
/// Half axes of the skull.
pub(crate) const SKULL_RADII: V3 = v3(7.65, 8.6, 9.0);

fn ellipsoid(p: V3, center: V3, radii: V3) -> f32 {
    let q = p - center;
    let a = v3(q.x / radii.x, q.y / radii.y, q.z / radii.z);
    let b = v3(a.x / radii.x, a.y / radii.y, a.z / radii.z);
    let k = a.length();
    k * (k - 1.0) / b.length().max(1e-6)
}

/// A capsule whose radius runs from `ra` to `rb`.
fn cone(p: V3, a: V3, b: V3, ra: f32, rb: f32) -> f32 {
    let (pa, ba) = (p - a, b - a);
    let t = (pa.dot(ba) / ba.dot(ba)).clamp(0.0, 1.0);
    (pa - ba * t).length() - (ra + (rb - ra) * t)
}

fn bump(m: V3, x: f32, y: f32, rx: f32, ry: f32) -> f32 {
    let (u, v) = ((m.x - x) / rx, (m.y - y) / ry);
    bell2(u * u + v * v)
}

/// How far cloth around a head stands out, in soft folds that gather under the chin.
fn folded(h: V3) -> f32 {
    let around = ((h.x * h.x + 4.0).sqrt() * 0.5 - h.y * 0.45 + h.z * 0.2) * 0.75;
    let sweep = h.x * 0.55 + h.y + 1.5 * noise(v3(h.x * 0.1, h.y * 0.1, 2.0));
    let (wave, _) = sin_cos((sweep * 0.95).rem_euclid(std::f32::consts::TAU));
    0.16 * wave * smoothstep(-3.0, -8.0, h.y)
        + 0.22 * noise(v3(h.x * 0.12, around, h.z * 0.12))
        + 0.08 * noise(v3(h.x * 0.3, around * 2.6, 4.0))
        - 0.22
}

impl Form {
    pub(crate) fn new(portrait: &Portrait) -> Form {
        let pose = &portrait.pose;
        let turn = Rotation::from_degrees(pose.yaw_deg, pose.pitch_deg, pose.roll_deg);
        Form {
            anatomy: Anatomy::new(&portrait.identity, &portrait.expression),
            unturn: turn.transposed(),
            turn,
            neck: 0.95 + 0.12 * portrait.identity.neck_width,
            neckline: portrait.garment.neckline,
            scarf: portrait.hair.style == HairStyle::Headscarf,
        }
    }

    /// World to head space.
    pub(crate) fn to_head(&self, p: V3) -> V3 {
        let h = self.unturn.turn(p - PIVOT) + PIVOT;
        v3(h.x / self.anatomy.breadth, h.y, h.z)
    }

    /// Head space to world.
    pub(crate) fn to_world(&self, h: V3) -> V3 {
        self.turn.turn(v3(h.x * self.anatomy.breadth, h.y, h.z) - PIVOT) + PIVOT
    }

    /// A direction of head space in the world.
    pub(crate) fn direction_to_world(&self, d: V3) -> V3 {
        self.turn.turn(d)
    }

    /// A direction of the world in head space.
    pub(crate) fn direction_to_head(&self, d: V3) -> V3 {
        self.unturn.turn(d)
    }

    /// Distance to the nearest surface of any material.
    pub(crate) fn distance(&self, p: V3) -> f32 {
        let h = self.to_head(p);
        let mut d = self.skin_at(p, h);
        if d < 3.0 {
            if h.z > 1.0 {
                d = d.min(self.eyeball(h));
                if self.anatomy.mouth.is_open() {
                    d = d.min(self.mouth_inside(h));
                }
            }
            if p.y < -7.0 && !self.scarf {
                d = d.min(self.cloth(p));
            }
        }
        if self.scarf { d.min(self.scarf_at(p, h)) } else { d }
    }

    /// The material of a point on the surface.
    pub(crate) fn material(&self, p: V3) -> Material {
        let h = self.to_head(p);
        let mut best = (self.skin_at(p, h), Material::Skin);
        let mut offer = |d: f32, m: Material| {
            if d < best.0 {
                best = (d, m);
            }
        };
        offer(self.eyeball(h), Material::Eye);
        if self.anatomy.mouth.is_open() {
            offer(self.mouth_inside(h), Material::Mouth);
        }
        offer(self.cloth(p), Material::Cloth);
        if self.scarf {
            offer(self.scarf_at(p, h), Material::Scarf);
        }
        best.1
    }

    /// Outward unit normal, by central differences over a tetrahedron of `e` centimetres.
    pub(crate) fn normal(&self, p: V3, e: f32) -> V3 {
        let corners = [v3(1.0, -1.0, -1.0), v3(-1.0, -1.0, 1.0), v3(-1.0, 1.0, -1.0), v3(1.0, 1.0, 1.0)];
        corners.iter().fold(V3::default(), |n, &c| n + c * self.distance(p + c * e)).unit()
    }

    /// Distance to skin: head and neck in one rounded union.
    fn skin_at(&self, p: V3, h: V3) -> f32 {
        let reach = (h - v3(0.0, 1.5, -2.0)).length() - 13.5;
        if reach < 0.0 && h.y > 0.0 {
            return self.head(h, false);
        }
        let body = self.body(p, false);
        if reach > 2.5 {
            return reach.min(body);
        }
        // A rounded union needs true distances on both sides, not bounds.
        smin(self.head(h, body < 2.5), body, 1.6)
    }

    /// Neck, shoulders and chest; without the bones and cords that cloth hides if `dressed`.
    fn body(&self, p: V3, dressed: bool) -> f32 {
        let m = v3(p.x.abs() / self.neck, p.y, p.z);
        let neck = cone(m, v3(0.0, -5.0, -4.0), v3(0.0, -17.0, -4.8), 4.3, 4.8);
        let slope = cone(m, v3(1.5, -13.0, -5.8), v3(13.0, -18.8, -5.4), 2.6, 3.0);
        let chest = ellipsoid(m, v3(0.0, -26.0, -4.2), v3(17.0, 10.5, 7.6));
        let cord = cone(m, v3(4.5, -6.5, -4.0), v3(1.2, -15.6, 0.4), 0.8, 0.75);
        let torso = smin(smin(neck, slope, 3.5), chest, 3.0);
        if dressed {
            return torso;
        }
        let bone = cone(m, v3(1.8, -16.4, 0.8), v3(11.0, -15.8, -2.8), 0.45, 0.55);
        smin(smin(torso, cord, 1.2), bone, 1.4)
    }

    fn cloth(&self, p: V3) -> f32 {
        let front = smoothstep(-4.0, 2.0, p.z);
        let edge = match self.neckline {
            Neckline::Crew => -13.2 - 2.2 * front + 0.10 * p.x.abs(),
            Neckline::V => -12.6 - 6.5 * front + 0.95 * p.x.abs() * front,
            Neckline::High => -9.6 - 1.2 * front,
        };
        let thick = 0.55 + 0.12 * noise(p * 0.35) * smoothstep(-12.0, -18.0, p.y);
        let fabric = smin(self.body(p, true) - thick, self.body(p, false) - 0.15, 0.8);
        smax(fabric, (p.y - edge) * 0.7, 0.35)
    }

    /// Distance to the head; away from it a lower bound will do, unless `exact`.
    fn head(&self, h: V3, exact: bool) -> f32 {
        let m = h.mirrored();
        let base = self.skull_and_jaw(m);
        if !exact && base > 1.0 && (base > 3.2 || m.x > 2.6 || m.z < 2.0) {
            // Away from the surface only the nose and the ears reach out of the base form.
            let nose = self.nose_bound(m);
            let nose = if nose > 0.3 { nose } else { self.nose(m) - 0.15 };
            return (base - 0.9).min(nose).min(self.ear(m) - 0.2);
        }
        let mut d = smin(base, self.ear(m), 0.5);
        if m.z < 0.0 {
            return d;
        }
        d -= self.relief(m) * smoothstep(0.0, 1.6, m.z);
        d = smin(d, self.nose(m), 1.05);
        d = smax(d, -self.nostril(m), 0.30);
        self.eyelids(m, d).max(self.mouth_cut(m))
    }

    fn skull_and_jaw(&self, m: V3) -> f32 {
        let a = &self.anatomy;
        let id = &a.id;
        let skull = ellipsoid(m, SKULL, SKULL_RADII);
        let full = 0.35 * id.cheek_fullness;
        let face = ellipsoid(m, v3(0.0, -1.6 - 0.3 * a.mouth.drop, -0.9), v3(6.05 + full, 6.4, 6.2));
        let jaw = cone(m, a.jaw, v3(0.75, a.chin.y + 0.2, a.chin.z - 0.35), 0.95, 1.25);
        let ramus = cone(m, v3(5.2, 0.4, -2.0), a.jaw, 1.05, 0.95);
        let chin = ellipsoid(m, v3(0.0, a.chin.y, a.chin.z), v3(1.6 + 0.35 * id.jaw_width, 1.5, 1.8));
        let cheek =
            ellipsoid(m, v3(4.55, 0.15, 0.7), v3(2.1 + 0.1 * id.cheekbones, 1.5, 2.5 + 0.4 * id.cheekbones));
        let muzzle = ellipsoid(m, v3(0.0, -3.8, 2.3), v3(2.9, 2.6, 3.1));
        let d = smin(smin(skull, face, 2.0), smin(jaw, ramus, 1.2), 1.5);
        smin(smin(smin(d, chin, 2.1), cheek, 2.6), muzzle, 1.6)
    }

    /// Sockets, brow ridge, cheeks, lips and folds, as height over the base form.
    fn relief(&self, m: V3) -> f32 {
        let a = &self.anatomy;
        let (id, eye) = (&a.id, &a.eye);
        let mut r = 0.0;
        let socket = bump(m, eye.center.x - 0.1, 2.75, 3.3, 2.2);
        r -= socket * (1.18 + 0.15 * eye.fold);
        r -= 0.25 * bump(m, 0.9, 3.0, 1.5, 1.7);
        r += 0.12 * bump(m, 3.2, 4.75, 3.2, 1.2) * (1.0 - 0.5 * id.brow_arch.max(0.0));
        r += (0.22 + 0.25 * a.smile + 0.1 * id.cheek_fullness) * bump(m, 4.0, -0.9 + 0.3 * a.smile, 2.4, 2.2);
        r -= (0.18 - 0.22 * id.cheek_fullness + 0.12 * id.age) * bump(m, 4.9, -3.4, 1.9, 2.6);
        r -= 0.13 * bell(m.x / 0.55) * bell((m.y + 2.5) / 0.9);
        r -= 0.26 * bump(m, 0.0, a.mouth.chin_fold(), 2.2, 0.85);
        r - self.folds(m) + self.lips(m)
    }

    /// Lines that age and a smile draw: beside the mouth, under the eyes, on the forehead.
    fn folds(&self, m: V3) -> f32 {
        let a = &self.anatomy;
        let depth = 0.02 + 0.13 * a.id.age + 0.10 * a.smile;
        let t = ((-1.2 - m.y) / 3.6).clamp(0.0, 1.0);
        let x = a.ala.x + 0.85 + (a.mouth.half_width + 0.45 - a.ala.x - 0.5) * t;
        let mut r =
            depth * bell((m.x - x) / 0.55) * smoothstep(-0.9, -1.8, m.y) * smoothstep(-5.2, -3.6, m.y);
        let bag = a.eye.lower(m.x) - 0.62;
        r += (0.01 + 0.10 * a.id.age) * bell((m.y - bag) / 0.3) * bell((m.x - 2.9) / 1.6);
        if a.id.age > 0.35 && m.y > 5.0 {
            let wave = bell(((m.y + 0.12 * noise(m * 0.8)) * 0.9).rem_euclid(1.0) * 2.0 - 1.0);
            r += 0.05 * (a.id.age - 0.35) * wave * bell((m.y - 6.6) / 1.9) * bell(m.x / 5.0);
        }
        r
    }

    fn lips(&self, m: V3) -> f32 {
        let mouth = &self.anatomy.mouth;
        let u = mouth.along(m.x);
        if u > 1.25 || m.y > -2.6 || m.y < self.anatomy.mouth.chin_fold() {
            return 0.0;
        }
        let wide = smoothstep(1.08, 0.45, u);
        let (ui, uo) = (mouth.upper_inner(m.x), mouth.upper_outer(m.x));
        let (li, lo) = (mouth.lower_inner(m.x), mouth.lower_outer(m.x));
        let tu = (m.y - ui) / (uo - ui).max(0.05);
        let tl = (li - m.y) / (li - lo).max(0.05);
        let full = (mouth.upper_height + mouth.lower_height) * 0.55;
        let upper = 0.30 * bell((tu - 0.35) / 0.95) + 0.07 * bell((tu - 1.0) / 0.3);
        let lower = 0.40 * bell((tl - 0.42) / 0.85);
        let seam = if m.y > li { (m.y - ui).max(0.0) } else { li - m.y };
        let groove = 0.20 * bell(seam / 0.24) * smoothstep(1.15, 0.9, u);
        let pit = 0.16 * bump(m, mouth.half_width + 0.1, mouth.upper_inner(mouth.half_width), 0.5, 0.45);
        (upper + lower) * full * wide - groove - pit
    }

    fn mouth_cut(&self, m: V3) -> f32 {
        if m.z < 2.0 || m.y > -2.0 || m.y < -9.0 || !self.anatomy.mouth.is_open() {
            return -1e3;
        }
        -(self.anatomy.mouth.gap(m.x, m.y) + 0.02).max(2.2 - m.z)
    }

    /// Teeth and the dark behind them.
    fn mouth_inside(&self, h: V3) -> f32 {
        let m = h.mirrored();
        let y = self.anatomy.mouth.upper_inner(0.0);
        let arch = ellipsoid(m, v3(0.0, y + 0.2, 1.7), v3(2.9, 2.6, 3.4)).max(m.y - y - 1.0);
        let teeth = arch.max((y - 0.62) - m.y + 0.05 * m.x);
        let back = ellipsoid(m, v3(0.0, y - 1.0, 1.4), v3(2.6, 3.0, 2.6));
        teeth.min(back)
    }

    /// Whether a point inside the mouth belongs to the teeth.
    pub(crate) fn is_tooth(&self, h: V3) -> bool {
        let y = self.anatomy.mouth.upper_inner(0.0);
        let q = v3(h.x / 2.9, (h.y - y - 0.2) / 2.6, (h.z - 1.7) / 3.25);
        (q.length() - 1.0).abs() < 0.06 || h.z > 4.2
    }

    /// A quick lower bound of the distance to the nose.
    fn nose_bound(&self, m: V3) -> f32 {
        let tip = self.anatomy.nose_tip;
        cone(m, v3(0.0, 3.0, 3.6), v3(0.0, tip.y - 0.2, tip.z - 1.2), 1.6, 2.2) - 0.2
    }

    fn nose(&self, m: V3) -> f32 {
        let a = &self.anatomy;
        let id = &a.id;
        let wide = 1.0 + 0.14 * id.nose_width;
        let q = v3(m.x / wide, m.y, m.z);
        let tip = a.nose_tip;
        let hump = v3(0.0, 1.4, (a.bridge_z + tip.z) * 0.5 + 0.22 + 0.18 * id.nose_bridge);
        let upper = cone(q, v3(0.0, 3.5, a.bridge_z), hump, 0.40, 0.50);
        let lower = cone(q, hump, tip + v3(0.0, 0.25, -0.05), 0.50, 0.66);
        let ball = ellipsoid(q, tip, v3(0.84, 0.76, 0.86));
        let ala = ellipsoid(m, a.ala, v3(0.54, 0.56, 0.90));
        let columella = cone(m, tip + v3(0.0, -0.45, -0.1), v3(0.0, a.subnasale_y() + 0.1, 5.1), 0.32, 0.42);
        let ridge = smin(upper, lower, 0.6);
        let wing = smin(ball, ala, 0.6);
        smin(smin(ridge, wing, 0.55), columella, 0.35) * 0.9
    }

    fn nostril(&self, m: V3) -> f32 {
        let a = &self.anatomy;
        let c = v3(a.ala.x * 0.56, a.ala.y - 0.58, 6.0);
        let q = m - c;
        let tilted = v3(q.x * 0.9 + q.z * 0.35, q.y, q.z * 0.9 - q.x * 0.35);
        ellipsoid(tilted, V3::default(), v3(0.28 + 0.07 * a.id.nose_width, 0.30, 0.46))
    }

    fn eyelids(&self, m: V3, d: f32) -> f32 {
        let eye = &self.anatomy.eye;
        let q = m - eye.center;
        let near = q.length() - eye.radius;
        if near > 0.9 {
            return d;
        }
        let above = m.y - eye.upper(m.x);
        let crease =
            eye.fold * 0.16 * bell((above - eye.crease) / 0.16) * smoothstep(1.5, 0.9, eye.along(m.x).abs());
        let edge = 0.03 * bell(above / 0.26);
        let lid = near - 0.13 - edge;
        let covered = smin(d, lid, 0.42) + crease;
        if m.z < 1.0 { covered } else { smax(covered, -eye.opening(m.x, m.y), 0.05) }
    }

    fn eyeball(&self, h: V3) -> f32 {
        let eye = &self.anatomy.eye;
        (h.mirrored() - eye.center).length() - eye.radius
    }

    fn ear(&self, m: V3) -> f32 {
        let q = m - v3(7.35, 0.55, -2.9);
        if q.length() > 5.5 {
            return q.length() - 3.4;
        }
        let q = v3(q.x * 0.91 + q.z * 0.42, q.y, q.z * 0.91 - q.x * 0.42);
        let q = v3(q.x, q.y * 0.97 + q.z * 0.2, q.z * 0.97 - q.y * 0.2);
        let shape = smin(
            ellipsoid(q, v3(0.25, 0.75, -0.2), v3(0.62, 2.25, 1.65)),
            ellipsoid(q, v3(0.25, -1.6, 0.25), v3(0.52, 1.25, 0.85)),
            0.8,
        );
        let scoop = ellipsoid(q, v3(0.95, 0.55, 0.15), v3(0.62, 1.45, 0.95));
        smax(shape, -scoop, 0.35) * 0.9
    }

    /// Cloth around the head and under the chin, never nearer than its own thickness to the bones.
    fn scarf_at(&self, p: V3, h: V3) -> f32 {
        // Narrower along the jaw, which it would otherwise leave a gap beside.
        let half = 6.0 + 1.0 * smoothstep(-6.5, 1.5, h.y);
        let oval = v3(h.x / half, (h.y - 0.1) / 9.1, 0.0).length();
        let face = if h.z > -2.0 { (oval - 1.0) * half } else { 5.0 };
        if face < -1.0 {
            return -face * 0.85;
        }
        let hood = ellipsoid(h, SKULL + v3(0.0, -0.6, -0.8), SKULL_RADII + v3(1.15, 1.1, 1.0));
        let side = ellipsoid(h, v3(0.0, -4.0, -3.2), v3(8.6, 9.5, 7.8));
        // Cloth on the shoulders ends under the chin; above it only the hood counts.
        let shoulders = || self.body(p, true) - 1.1 - 0.5 * smoothstep(-8.0, -14.0, p.y);
        let drape = if p.y > -1.5 { p.y + 6.0 } else { shoulders().max(p.y + 6.0) };
        let cloth = smin(smin(hood, side, 3.0), drape, 3.0);
        if cloth > 2.5 {
            return (cloth - 0.8) * 0.85;
        }
        let fold = folded(h);
        let cloth = cloth + fold;
        let cloth = smin(cloth, self.skull_and_jaw(h.mirrored()) - 0.75 + 0.3 * fold, 0.9);
        smax(cloth, -face, 0.5) * 0.85
    }

    /// First point of the surface on the line from the front at (x, y) of head space; for landmarks.
    pub(crate) fn front(&self, x: f32, y: f32) -> V3 {
        let mut h = v3(x, y, 9.0);
        for _ in 0..160 {
            let d = self.head(h, false);
            if d < 0.002 || h.z < -6.0 {
                break;
            }
            h.z -= (d * 0.6).max(0.004);
        }
        h
    }
}
