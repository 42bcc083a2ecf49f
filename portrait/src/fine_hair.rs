//! The small hairs: brows, lashes and beard.

use crate::color::{linear, skin_tone};
use crate::dice::Dice;
use crate::form::Form;
use crate::math::{V3, lerp, sin_cos, smoothstep, v3};
use crate::parameters::{Beard, Portrait};
use crate::scalp;
use crate::strands::{Strand, strand_color};

/// Strands of both brows, both eyes' lashes, and the beard.
pub(crate) fn grow(portrait: &Portrait, form: &Form, detail: f32) -> Vec<Strand> {
    let mut out = Vec::new();
    for side in [-1.0, 1.0] {
        let mut dice = Dice::new(portrait.hair.seed ^ if side < 0.0 { 0x4252_4f57 } else { 0x574f_5242 });
        brow(portrait, form, side, &mut dice, &mut out);
        lashes(portrait, form, side, &mut dice, &mut out);
    }
    beard(portrait, form, detail, &mut out);
    out
}

fn brow(portrait: &Portrait, form: &Form, side: f32, dice: &mut Dice, out: &mut Vec<Strand>) {
    let brow = &form.anatomy.brow;
    let skin = skin_tone(portrait.skin.tone, portrait.skin.undertone);
    // Brows are a little lighter than dark hair and darker than fair hair.
    let color = linear(portrait.hair.color).mix(skin * 0.32, 0.45) * 0.9;
    let count = (420.0 + 140.0 * portrait.identity.brow_weight) as usize;
    for _ in 0..count {
        let t = dice.unit();
        let across = dice.trait_value() * 0.62;
        let [x, y] = brow.at(t);
        let y = y + across * brow.thickness(t);
        let [x1, y1] = brow.at((t + 0.05).min(1.05));
        let [x0, y0] = brow.at(t - 0.05);
        let along = v3(x1 - x0, y1 - y0, 0.0).unit();
        let rise = lerp(1.15, -0.15, smoothstep(0.0, 0.55, t)) - across * 0.6 * smoothstep(0.15, 0.5, t);
        let (s, c) = sin_cos(rise);
        let way = v3(along.x * c - along.y * s, along.x * s + along.y * c, 0.0);
        let length = dice.within(0.28, 0.50);
        let points = (0..4)
            .map(|i| {
                let f = i as f32 / 3.0 * length;
                let h = v3(x, y, 0.0) + way.mix(along, f * 0.5) * f;
                let front = form.front(h.x, h.y);
                form.to_world(v3(front.x * side, front.y, front.z + 0.03))
            })
            .collect();
        let fade = smoothstep(-0.02, 0.16, t) * 0.20 + 0.20;
        let color = strand_color(color, portrait.hair.grey * 0.7, dice);
        out.push(Strand { points, width: 0.045, tip: 0.33, color, opacity: fade, mass: false });
    }
}

fn lashes(portrait: &Portrait, form: &Form, side: f32, dice: &mut Dice, out: &mut Vec<Strand>) {
    let eye = &form.anatomy.eye;
    let full = portrait.skin.liner;
    let ink = v3(0.012, 0.008, 0.007).mix(linear(portrait.hair.color) * 0.3, 0.3 * (1.0 - full));
    let count = 110;
    for i in 0..count * 2 {
        let upper = i < count;
        let u = lerp(-0.82, 1.0, (i % count) as f32 / count as f32) + dice.within(-0.02, 0.02);
        let x = eye.center.x + u * eye.half_width;
        let y = if upper { eye.upper(x) } else { eye.lower(x) };
        let front = form.front(x, y + if upper { 0.04 } else { -0.04 });
        let grow = if upper { 0.17 + 0.15 * full } else { 0.09 + 0.05 * full }
            * (0.65 + 0.5 * smoothstep(-0.8, 0.8, u))
            * dice.within(0.8, 1.15);
        let rise = if upper { 0.85 } else { -0.75 };
        let way = v3(0.62 * u + 0.20, rise * 0.30, 0.85);
        let points: Vec<V3> = (0..5)
            .map(|k| {
                let f = k as f32 / 4.0;
                let h = front + way * (grow * f) + v3(0.0, rise * grow * 0.75 * f * f, 0.05);
                form.to_world(v3(h.x * side, h.y, h.z))
            })
            .collect();
        let opacity = if upper { 0.45 + 0.30 * full } else { 0.12 + 0.22 * full };
        out.push(Strand { points, width: 0.045, tip: 0.33, color: ink, opacity, mass: false });
    }
}

fn beard(portrait: &Portrait, form: &Form, detail: f32, out: &mut Vec<Strand>) {
    let (length, step) = match portrait.hair.beard {
        Beard::None => return,
        Beard::Stubble => (0.12, 0.06),
        Beard::Short => (0.34, 0.10),
        Beard::Full => (1.3, 0.25),
    };
    let mut dice = Dice::new(portrait.hair.seed ^ 0x0042_4541_5244);
    let color = linear(portrait.hair.color);
    let count = (22_000.0 * detail.max(0.3)) as usize;
    let wide = 0.035 / detail.max(0.3).sqrt();
    for _ in 0..count {
        // Roots by casting from the middle of the head outwards and down.
        let way = v3(dice.within(-1.0, 1.0), dice.within(-0.95, 0.35), dice.within(-0.12, 1.0)).unit();
        let h = surface(form, way);
        let mask = scalp::beard(&form.anatomy, h);
        if dice.unit() > mask {
            continue;
        }
        let out_of = form.direction_to_head(form.normal(form.to_world(h), 0.2));
        let fall = v3(0.15 * way.x, -0.75, 0.1)
            + out_of * 0.75
            + v3(dice.trait_value(), dice.trait_value(), dice.trait_value()) * 0.40;
        let reach = length
            * dice.within(0.6, 1.1)
            * (0.45 + 0.55 * mask)
            * smoothstep(0.5, -3.0, h.y).max(0.3)
            * trimmed(form, h);
        let n = ((reach / step) as usize).clamp(2, 8);
        let points = (0..=n)
            .map(|i| {
                let f = i as f32 / n as f32 * reach;
                form.to_world(h + fall.unit() * f + v3(0.0, -0.12 * f * f, 0.0))
            })
            .collect();
        let color = strand_color(color, portrait.hair.grey, &mut dice);
        let stubble = portrait.hair.beard == Beard::Stubble;
        out.push(Strand {
            points,
            width: wide,
            tip: 0.33,
            color,
            opacity: if stubble { 0.32 } else { 0.85 },
            mass: !stubble,
        });
    }
}

/// Share of its length that a beard keeps at `h`: short over the lip and on the throat.
fn trimmed(form: &Form, h: V3) -> f32 {
    let mouth = &form.anatomy.mouth;
    let over_lip =
        smoothstep(mouth.half_width + 1.2, mouth.half_width, h.x.abs()) * smoothstep(-5.0, -4.2, h.y);
    (1.0 - 0.72 * over_lip) * lerp(0.4, 1.0, smoothstep(-0.5, 2.0, h.z))
}

/// The skin in direction `way` from the middle of the lower head.
fn surface(form: &Form, way: V3) -> V3 {
    let origin = v3(0.0, -3.0, -0.8);
    let mut t = 7.0;
    for _ in 0..24 {
        let d = form.distance(form.to_world(origin + way * t));
        if d.abs() < 0.02 {
            break;
        }
        t -= d * 0.8;
    }
    origin + way * t
}
