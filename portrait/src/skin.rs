//! Complexion: the albedo of skin, lips and make-up, painted in head space.

use crate::anatomy::Anatomy;
use crate::color::{linear, skin_tone};
use crate::dice::{lattice, noise};
use crate::math::{V3, bell, bell2, smoothstep, v3};
use crate::parameters::{Beard, HairStyle, Portrait};
use crate::scalp;

/// What the lights meet at a point of skin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Complexion {
    pub(crate) albedo: V3,
    /// Strength of the highlight, 1 for bare skin.
    pub(crate) gloss: f32,
    /// Spread of the highlight, 0 mirror to 1 matt.
    pub(crate) roughness: f32,
}

/// The colours of one person, prepared once per picture.
pub(crate) struct Palette {
    base: V3,
    red: V3,
    lip: V3,
    lipstick: (V3, f32),
    shadow: (V3, f32),
    hair: V3,
    brow: V3,
    scalp: f32,
    beard: f32,
    blush: f32,
    freckles: f32,
    shine: f32,
    liner: f32,
    age: f32,
    tone: f32,
    seed: i32,
}

impl Palette {
    pub(crate) fn new(portrait: &Portrait) -> Palette {
        let (skin, hair) = (&portrait.skin, &portrait.hair);
        let base = skin_tone(skin.tone, skin.undertone);
        let red = base.times(v3(1.05, 0.72, 0.70));
        Palette {
            base,
            red,
            lip: base.times(v3(0.94, 0.58, 0.60)).mix(v3(0.34, 0.13, 0.12), 0.20 * (1.0 - skin.tone)),
            lipstick: (linear(skin.lipstick.0), skin.lipstick.1),
            shadow: (linear(skin.eye_shadow.0), skin.eye_shadow.1),
            hair: linear(hair.color),
            brow: linear(hair.color).mix(base * 0.3, 0.4),
            scalp: match hair.style {
                HairStyle::Bald => 0.0,
                HairStyle::Headscarf => 0.0,
                HairStyle::Buzz => 0.75,
                _ => 0.94,
            },
            beard: match hair.beard {
                Beard::None => 0.0,
                Beard::Stubble => 0.42,
                Beard::Short => 0.55,
                Beard::Full => 0.7,
            },
            blush: skin.blush,
            freckles: skin.freckles,
            shine: skin.shine,
            liner: skin.liner,
            age: portrait.identity.age,
            tone: skin.tone,
            seed: (hair.seed & 0xffff) as i32,
        }
    }

    /// Paints the point `h` of head space.
    pub(crate) fn at(&self, a: &Anatomy, h: V3) -> Complexion {
        let m = h.mirrored();
        let front = smoothstep(-3.0, 1.0, m.z);
        let mut c = self.flesh(a, h, m, front);
        let (mut gloss, mut roughness) = (self.gloss(m), 0.52 - 0.10 * self.shine);
        if front > 0.0 {
            c = self.eye_make_up(a, m, c);
            c = c.mix(self.brow, 0.84 * brow_mask(a, m));
            let lip = lip_mask(a, m);
            if lip > 0.0 {
                c = c.mix(self.lip_color(a, h), lip);
                gloss += lip * (0.35 + 0.6 * self.lipstick.1);
                roughness -= 0.14 * lip;
            }
            let seam = a.mouth.gap(m.x, m.y).max(0.0);
            c = c * (1.0 - 0.50 * bell(seam / 0.15) * smoothstep(1.06, 0.9, a.mouth.along(m.x)));
        }
        let hair = scalp::cover(h) * self.scalp;
        let strokes = 0.42 + 0.16 * noise(v3(h.x * 1.2, h.y * 9.0, h.z * 9.0));
        let c = c.mix(self.hair * strokes, hair);
        Complexion { albedo: c, gloss: gloss * (1.0 - hair), roughness }
    }

    fn flesh(&self, a: &Anatomy, h: V3, m: V3, front: f32) -> V3 {
        let blot = 0.5 * noise(h * 0.55) + 0.3 * noise(h * 1.7) + 0.2 * noise(h * 5.0);
        let mut c = self.base * (1.0 + 0.045 * blot);
        let cheek = bell2(sq((m.x - 4.3) / 3.0) + sq((m.y + 0.7) / 2.6));
        let nose = bell2(sq(m.x / 2.0) + sq((m.y + 0.9) / 1.6));
        let ear = smoothstep(6.9, 7.5, m.x) * smoothstep(-1.0, -2.5, m.z);
        let chin = bell2(sq(m.x / 2.0) + sq((m.y + 8.0) / 1.6));
        let red = (cheek * (0.25 + 0.75 * self.blush) + nose * 0.42 + chin * 0.2) * front + ear * 0.5;
        c = c.mix(self.red, (red * (0.62 + 0.25 * blot)).clamp(0.0, 0.8));
        let under = a.eye.lower(m.x) - 0.55;
        let hollow = bell2(sq((m.x - 2.7) / 1.5) + sq((m.y - under) / 0.7));
        c = c.times(
            V3::default().mix(v3(-0.10, -0.14, -0.11), hollow * (0.45 + 0.6 * self.age)) + v3(1.0, 1.0, 1.0),
        );
        let lid = bell2(sq((m.x - 3.2) / 1.9) + sq((m.y - 3.25) / 0.9));
        c = c.times(v3(1.0, 0.93, 0.92).mix(v3(1.0, 1.0, 1.0), 1.0 - lid));
        let c = self.freckled(h, c, (cheek + nose * 1.2 + 0.10) * front * smoothstep(-7.5, -5.5, m.y));
        let (x, y) = ((m.x - a.ala.x * 0.6) / 0.42, (m.y - a.ala.y + 0.46) / 0.22);
        let c = c.times(v3(1.0, 1.0, 1.0) - v3(0.42, 0.52, 0.54) * (bell2(x * x + y * y) * front));
        self.bearded(a, h, c)
    }

    fn freckled(&self, h: V3, c: V3, where_: f32) -> V3 {
        if self.freckles <= 0.0 || h.z < -1.0 {
            return c;
        }
        let mut ink: f32 = 0.0;
        for (cell, size) in [(0.42, 0.085), (0.27, 0.05)] {
            let (u, v) = (h.x / cell, h.y / cell);
            for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let (i, j) = ((u - 0.5).floor() as i32 + dx, (v - 0.5).floor() as i32 + dy);
                let dice = |k: i32| lattice(i, j, k + self.seed);
                let (x, y) = ((i as f32 + dice(1)) * cell - h.x, (j as f32 + dice(2)) * cell - h.y);
                let r = size * (0.6 + 0.9 * dice(4));
                if dice(3) < 0.75 * where_ * self.freckles {
                    ink = ink.max(bell2((x * x + y * y) / (r * r)) * (0.4 + 0.5 * dice(5)));
                }
            }
        }
        c.mix(c.times(v3(0.62, 0.42, 0.30)), ink)
    }

    fn bearded(&self, a: &Anatomy, h: V3, c: V3) -> V3 {
        if self.beard <= 0.0 {
            return c;
        }
        let mask = scalp::beard(a, h);
        let grain = 0.85 + 0.3 * noise(h * 9.0);
        c.mix(self.hair.mix(v3(0.10, 0.10, 0.11), 0.25) * 0.8, (mask * self.beard * grain).clamp(0.0, 0.92))
    }

    fn eye_make_up(&self, a: &Anatomy, m: V3, mut c: V3) -> V3 {
        let eye = &a.eye;
        let u = eye.along(m.x);
        if u.abs() > 1.7 || (m.y - eye.center.y).abs() > 3.0 {
            return c;
        }
        let wide = smoothstep(1.55, 0.8, u.abs());
        let above = m.y - eye.upper(m.x);
        let lid = smoothstep(-0.1, 0.05, above) * smoothstep(1.15, 0.15, above) * wide;
        c = c.mix(self.shadow.0, (lid * self.shadow.1 * 0.8).min(0.9));
        let fold = eye.fold * bell((above - eye.crease) / 0.14) * smoothstep(1.25, 0.8, u.abs());
        c = c.mix(c.times(v3(0.58, 0.45, 0.42)), 0.55 * fold);
        let below = eye.lower(m.x) - m.y;
        let rim = bell(above.max(0.0) / 0.19) * smoothstep(1.12, 0.9, u.abs()) * smoothstep(-0.2, 0.0, above);
        let low = bell(below.max(0.0) / 0.10) * smoothstep(1.1, 0.9, u.abs()) * smoothstep(-0.2, 0.0, below);
        let wing = bell((m.y - eye.axis(m.x) - 0.32 * (u - 0.85)) / 0.14)
            * smoothstep(0.8, 1.0, u)
            * smoothstep(1.38, 1.2, u);
        c = c.mix(v3(0.02, 0.014, 0.012), (rim * (0.50 + 0.45 * self.liner)).min(0.95));
        c = c.mix(v3(0.02, 0.014, 0.012), wing * self.liner * 0.9);
        c.mix(c.times(v3(0.70, 0.50, 0.48)), low * (0.35 + 0.4 * self.liner))
    }

    fn lip_color(&self, a: &Anatomy, h: V3) -> V3 {
        let lines = noise(v3(h.x * 5.5, h.y * 0.9, 3.0)) * 0.6 + noise(v3(h.x * 11.0, h.y * 1.2, 7.0)) * 0.4;
        let inner = bell((a.mouth.gap(h.x.abs(), h.y).max(0.0)) / 0.7);
        let bare = self.lip.times(v3(1.0, 1.0 - 0.12 * inner, 1.0 - 0.10 * inner));
        bare.mix(self.lipstick.0, self.lipstick.1 * 0.62)
            * (1.0 + 0.07 * lines * (1.0 - 0.6 * self.lipstick.1))
    }

    /// Oil where faces are oily.
    fn gloss(&self, m: V3) -> f32 {
        let zone = bell(m.x / 1.6) * smoothstep(-2.0, 0.0, m.y)
            + 0.6 * bell2(sq((m.x - 4.6) / 1.8) + sq((m.y - 0.4) / 1.4));
        (0.55 + 0.55 * zone) * (0.45 + 0.85 * self.shine + 0.25 * self.tone)
    }
}

/// 1 on the red of the lips, fading over the border.
fn lip_mask(a: &Anatomy, m: V3) -> f32 {
    let mouth = &a.mouth;
    if m.y > -2.0 || m.y < -9.5 || m.z < 1.5 || mouth.along(m.x) > 1.05 {
        return 0.0;
    }
    let top = mouth.upper_outer(m.x) - m.y;
    let bottom = m.y - mouth.lower_outer(m.x);
    smoothstep(-0.14, 0.18, top) * smoothstep(-0.18, 0.24, bottom) * smoothstep(1.04, 0.86, mouth.along(m.x))
}

/// The shade that brow hairs lie in.
fn brow_mask(a: &Anatomy, m: V3) -> f32 {
    let brow = &a.brow;
    let t = (m.x - brow.inner[0]) / (brow.outer[0] - brow.inner[0]);
    if !(-0.15..1.1).contains(&t) {
        return 0.0;
    }
    let off = (m.y - brow.at(t)[1]) / (brow.thickness(t) * 0.62);
    bell(off) * smoothstep(-0.08, 0.22, t) * smoothstep(1.06, 0.85, t)
}

fn sq(x: f32) -> f32 {
    x * x
}
