//! The studio: a large key, a fill, two rims and the room, and what they do to a surface.

use crate::color::linear;
use crate::math::{V3, exp, pow, sin_cos, smoothstep, v3};
use crate::parameters::{Backdrop, Light};
use crate::trace::Openness;

/// Light directions point from the subject to the lamp, in the world.
pub(crate) struct Lamps {
    pub(crate) key: V3,
    pub(crate) key_color: V3,
    /// How much of this light eyes may take: deep skin is exposed for, and its whites must not glow.
    pub(crate) on_eyes: f32,
    fill: V3,
    fill_color: V3,
    rims: [V3; 2],
    rim_color: V3,
    sky: V3,
    ground: V3,
}

fn direction(azimuth_deg: f32, elevation_deg: f32) -> V3 {
    let (sa, ca) = sin_cos(azimuth_deg.to_radians());
    let (se, ce) = sin_cos(elevation_deg.to_radians());
    v3(sa * ce, se, ca * ce)
}

impl Lamps {
    /// The lamps for a sitter: a photographer opens up for deep skin and stops down for fair.
    pub(crate) fn new(light: &Light, backdrop: &Backdrop, tone: f32) -> Lamps {
        let exposure = 0.96 + 0.30 * tone;
        let warm = v3(1.08, 0.99, 0.88);
        let cool = v3(0.94, 0.99, 1.07);
        let side = if light.azimuth_deg < 0.0 { 1.0 } else { -1.0 };
        let glow = linear(backdrop.glow);
        let tint = glow * (1.0 / glow.luma().max(0.05));
        Lamps {
            key: direction(light.azimuth_deg, light.elevation_deg),
            key_color: cool.mix(warm, light.warmth * 0.5 + 0.5) * (1.16 * exposure * light.key),
            on_eyes: 0.96 / exposure,
            fill: direction(34.0 * side, 2.0),
            fill_color: v3(0.94, 0.98, 1.04).mix(tint, 0.25) * (0.42 * exposure * light.fill),
            rims: [direction(128.0 * side, 24.0), direction(-142.0 * side, 30.0)],
            rim_color: cool.mix(tint, 0.45).mix(warm, 0.35) * (0.9 * light.rim),
            sky: v3(0.27, 0.28, 0.30).mix(tint * 0.27, 0.25) * exposure,
            ground: v3(0.20, 0.165, 0.15).mix(tint * 0.16, 0.25) * exposure,
        }
    }

    /// Diffuse light on skin: it wraps past the terminator, red farthest, because it travels under the surface.
    pub(crate) fn on_skin(&self, n: V3, open: Openness) -> V3 {
        let wrap = v3(0.64, 0.50, 0.45);
        let key = wrapped(n.dot(self.key), wrap).times(open_color(open.key));
        let fill = wrapped(n.dot(self.fill), v3(0.8, 0.75, 0.72));
        key.times(self.key_color)
            + fill.times(self.fill_color) * (0.3 + 0.7 * open.sky)
            + self.room(n, open.sky)
    }

    /// Diffuse light on anything else.
    pub(crate) fn on_cloth(&self, n: V3, open: Openness) -> V3 {
        let key = (n.dot(self.key) * 0.75 + 0.25).max(0.0) * open.key;
        let fill = (n.dot(self.fill) * 0.6 + 0.4).max(0.0);
        self.key_color * key + self.fill_color * (fill * open.sky) + self.room(n, open.sky)
    }

    /// Light from everywhere: sky above, floor below; creases keep their warmth.
    fn room(&self, n: V3, sky: f32) -> V3 {
        let up = self.ground.mix(self.sky, smoothstep(-1.0, 1.0, n.y));
        up.times(v3(pow(sky, 0.60), pow(sky, 0.85), pow(sky, 0.95)))
    }

    /// Highlights: a broad and a tight lobe from the key, the fill's sheen, and the rims at grazing angles.
    pub(crate) fn highlight(&self, n: V3, view: V3, roughness: f32, open: Openness) -> V3 {
        let broad = lobe(n, view, self.key, roughness);
        let tight = lobe(n, view, self.key, roughness * 0.55);
        let key = (broad * 0.75 + tight * 0.25) * (0.15 + 0.85 * open.key);
        let fill = lobe(n, view, self.fill, roughness * 1.15) * open.sky;
        self.key_color * key + self.fill_color * fill
    }

    /// Light from behind that catches edges.
    pub(crate) fn rim(&self, n: V3, view: V3, open: Openness) -> V3 {
        let edge = pow(1.0 - n.dot(view).clamp(0.0, 1.0), 3.0);
        let from = self.rims.iter().map(|&r| smoothstep(0.0, 0.9, n.dot(r))).sum::<f32>();
        self.rim_color * (edge * from * open.sky * open.sky * smoothstep(-0.45, 0.25, n.y))
    }

    /// Light on a strand (Kajiya and Kay 1989, with Marschner's two highlights), `t` along it and `n` out of the mass.
    pub(crate) fn on_strand(&self, t: V3, n: V3, view: V3, color: V3, shade: f32) -> V3 {
        let across = |l: V3| {
            let c = t.dot(l);
            (1.0 - c * c).max(0.0).sqrt()
        };
        let wrap = (n.dot(self.key) * 0.62 + 0.38).max(0.0);
        let body = self.key_color * (1.7 * wrap * (0.35 + 0.65 * across(self.key)) * shade)
            + self.fill_color * (0.55 * (n.dot(self.fill) * 0.5 + 0.5).max(0.0) * (0.4 + 0.6 * shade))
            + self.ground.mix(self.sky, n.y * 0.5 + 0.5) * (0.35 + 0.65 * shade) * 0.75;
        let half = (self.key + view).unit();
        let first = pow(across_of((t + n * 0.10).unit(), half), 90.0);
        let second = pow(across_of((t - n * 0.16).unit(), half), 22.0);
        let gleam = self.key_color * (first * 0.08 * shade * wrap)
            + self.key_color.times(color) * (second * 1.4 * shade * wrap);
        let edge = pow(1.0 - n.dot(view).abs().min(1.0), 2.0);
        let behind = self.rims.iter().map(|&r| smoothstep(-0.1, 0.9, n.dot(r)) * across(r)).sum::<f32>();
        let rim =
            self.rim_color.times(color.map(|v| v * 0.8 + 0.06)) * (behind * edge * 0.9 * (0.3 + 0.7 * shade));
        body.times(color) + gleam + rim
    }
}

fn across_of(t: V3, l: V3) -> f32 {
    let c = t.dot(l);
    (1.0 - c * c).max(0.0).sqrt()
}

fn wrapped(cosine: f32, wrap: V3) -> V3 {
    wrap.map(|w| ((cosine + w) / (1.0 + w)).max(0.0))
}

/// A penumbra through skin is red at its edge.
fn open_color(open: f32) -> V3 {
    v3(pow(open, 0.80), pow(open, 1.02), pow(open, 1.10))
}

/// One Gaussian highlight lobe with Schlick's Fresnel for skin (reflectance 0.028).
fn lobe(n: V3, view: V3, light: V3, roughness: f32) -> f32 {
    let half = (light + view).unit();
    let c = n.dot(half).clamp(0.05, 1.0);
    let tan2 = (1.0 - c * c) / (c * c);
    let m2 = roughness * roughness;
    let spread = exp(-tan2 / m2) / (m2 * c * c * c * c * 3.1);
    let grazing = 1.0 - view.dot(half).clamp(0.0, 1.0);
    let fresnel = 0.028 + 0.972 * pow(grazing, 5.0);
    spread * fresnel * smoothstep(-0.05, 0.45, n.dot(light)) * 0.62
}
