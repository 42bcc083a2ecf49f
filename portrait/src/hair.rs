//! Growing the hair of the head: roots on the scalp, guides that fall and are combed, strands around each guide.

use crate::color::linear;
use crate::dice::{Dice, noise};
use crate::form::{Form, SKULL, SKULL_RADII};
use crate::math::{V3, bell, lerp, sin_cos, smoothstep, v3};
use crate::parameters::{Hair, HairStyle, Portrait};
use crate::scalp::over_line;
use crate::strands::{Strand, strand_color};

/// How a style grows: numbers a barber would name.
struct Cut {
    guides: usize,
    children: usize,
    /// Centimetres a strand grows between two points.
    step: f32,
    /// Share of the way to straight down that each step turns.
    gravity: f32,
    /// Distance kept from the head, least and most.
    lift: (f32, f32),
    /// Centimetres from the root over which a strand rises to that distance.
    rise: f32,
    /// How far children stand from their guide, centimetres, at root and tip.
    spread: (f32, f32),
    width: f32,
    /// Share of its guide's length that the shortest child reaches.
    shortest: f32,
    /// Width of a tip, as a share of the root's.
    tip: f32,
    /// Amplitude of the wave, centimetres, and turns per centimetre.
    wave: (f32, f32),
}

fn cut(hair: &Hair) -> Option<Cut> {
    let (v, c) = (hair.volume, hair.curl);
    Some(match hair.style {
        HairStyle::Bald | HairStyle::Headscarf => return None,
        HairStyle::Buzz => Cut {
            guides: 5200,
            children: 5,
            step: 0.16,
            gravity: 0.0,
            lift: (0.02, 0.10),
            rise: 2.2,
            spread: (0.22, 0.22),
            width: 0.028,
            shortest: 0.72,
            tip: 0.33,
            wave: (0.0, 0.0),
        },
        HairStyle::Crop => Cut {
            guides: 2600,
            children: 10,
            step: 0.36,
            gravity: 0.02,
            lift: (0.15, 0.6 + 1.3 * v),
            rise: 2.2,
            spread: (0.26, 0.16),
            width: 0.042,
            shortest: 0.78,
            tip: 0.55,
            wave: (0.03 + 0.25 * c, 0.20 + 0.25 * c),
        },
        HairStyle::Curls => Cut {
            guides: 3000,
            children: 8,
            step: 0.20,
            gravity: 0.0,
            lift: (0.3, 1.3 + 1.7 * v),
            rise: 0.8,
            spread: (0.24, 0.20),
            width: 0.058,
            shortest: 0.80,
            tip: 0.75,
            wave: (0.20 + 0.06 * c, 0.40 + 0.30 * c),
        },
        HairStyle::Bob => Cut {
            guides: 2300,
            children: 13,
            step: 0.70,
            gravity: 0.20,
            lift: (0.15, 0.7 + 0.9 * v),
            rise: 8.0,
            spread: (0.30, 0.26),
            width: 0.062,
            shortest: 0.97,
            tip: 0.85,
            wave: (0.03 + 0.36 * c, 0.09 + 0.10 * c),
        },
        HairStyle::Long => Cut {
            guides: 2300,
            children: 14,
            step: 0.85,
            gravity: 0.20,
            lift: (0.15, 0.7 + 1.0 * v),
            rise: 8.0,
            spread: (0.30, 0.34),
            width: 0.066,
            shortest: 0.92,
            tip: 0.80,
            wave: (0.05 + 0.55 * c, 0.06 + 0.07 * c),
        },
        HairStyle::Bun => Cut {
            guides: 1800,
            children: 12,
            step: 0.62,
            gravity: 0.0,
            lift: (0.06, 0.32 + 0.3 * v),
            rise: 2.2,
            spread: (0.24, 0.10),
            width: 0.045,
            shortest: 0.72,
            tip: 0.33,
            wave: (0.02 + 0.1 * c, 0.15),
        },
    })
}

/// Where a bun sits, and its radius.
const BUN: V3 = v3(0.0, 13.4, -5.2);
const BUN_RADIUS: f32 = 3.0;

/// All strands of the head's hair. `detail` below 1 grows fewer, wider ones for small pictures.
pub(crate) fn grow(portrait: &Portrait, form: &Form, detail: f32) -> Vec<Strand> {
    let Some(cut) = cut(&portrait.hair) else { return Vec::new() };
    let mut salon = Salon {
        form,
        hair: &portrait.hair,
        dice: Dice::new(portrait.hair.seed ^ 0x4841_4952),
        cut,
        detail,
        out: Vec::new(),
    };
    salon.head();
    if portrait.hair.style == HairStyle::Bun {
        salon.bun();
    }
    salon.out
}

struct Salon<'a> {
    form: &'a Form,
    hair: &'a Hair,
    dice: Dice,
    cut: Cut,
    detail: f32,
    out: Vec<Strand>,
}

impl Salon<'_> {
    fn head(&mut self) {
        let n = (self.cut.guides as f32 * (self.detail * 2.0).clamp(0.3, 1.0)) as usize;
        for i in 0..n {
            // A Fibonacci sphere covers the skull evenly; chance would leave bald spots.
            let y = 1.0 - 2.0 * (i as f32 + 0.5) / n as f32;
            let r = (1.0 - y * y).max(0.0).sqrt();
            let (s, c) = sin_cos((i as f32 * 2.399_963).rem_euclid(std::f32::consts::TAU));
            let way = v3(r * c, y, r * s);
            let stray = v3(self.dice.trait_value(), self.dice.trait_value(), self.dice.trait_value()) * 0.03;
            let way = (way + stray).unit();
            let root = SKULL + way.times(SKULL_RADII);
            // Towards the hair line hair thins out.
            let threshold = self.dice.unit();
            if over_line(root) > threshold * threshold * 0.9 - 0.05 + self.shaved(root) {
                let guide = self.guide(
                    root,
                    v3(way.x / SKULL_RADII.x, way.y / SKULL_RADII.y, way.z / SKULL_RADII.z).unit(),
                );
                self.tuft(&guide);
            }
        }
    }

    /// Share of its length that short hair keeps towards the hair line, where long strands would stick out.
    fn edging(&self, root: V3) -> f32 {
        match self.hair.style {
            HairStyle::Crop | HairStyle::Curls => lerp(0.3, 1.0, smoothstep(0.0, 2.2, over_line(root))),
            _ => 1.0,
        }
    }

    /// 0 where a crop is cut short, at the sides; 1 for every other style.
    fn crown(&self, h: V3) -> f32 {
        if self.hair.style == HairStyle::Crop { smoothstep(6.9, 5.0, h.x.abs()) } else { 1.0 }
    }

    /// How far over the hair line a style begins: curls are cropped away at the nape.
    fn shaved(&self, root: V3) -> f32 {
        if self.hair.style == HairStyle::Curls { 9.0 * smoothstep(1.5, 0.5, root.y) } else { 0.0 }
    }

    /// Centimetres of hair at a root.
    fn length(&mut self, root: V3) -> f32 {
        let top = smoothstep(5.0, 9.0, root.y) * self.crown(root);
        let blunt = matches!(self.hair.style, HairStyle::Bob | HairStyle::Long | HairStyle::Curls);
        let chance = if blunt { self.dice.within(0.98, 1.02) } else { self.dice.within(0.82, 1.12) };
        chance
            * self.edging(root)
            * match self.hair.style {
                HairStyle::Buzz => 0.42,
                HairStyle::Crop => lerp(0.9, 4.6 + 1.2 * self.hair.volume, top),
                HairStyle::Curls => lerp(0.8, 4.6, top) + 1.4 * self.hair.volume,
                HairStyle::Bob => 8.0 + (root.y + 3.0) * 1.15,
                HairStyle::Long => 25.0 + (root.y + 3.0) * 1.1,
                _ => 30.0,
            }
    }

    /// Direction in which the comb leads at a point of head space, `out` being away from the skull.
    fn comb(&self, h: V3, out: V3) -> V3 {
        let part = self.hair.parting * 3.2;
        let away = if h.x < part { -1.0 } else { 1.0 };
        let top = smoothstep(5.5, 9.5, h.y) * self.crown(h);
        match self.hair.style {
            HairStyle::Buzz => out * 0.5 + v3(0.0, -0.8, 0.5),
            HairStyle::Crop => {
                let rise = 0.35 + 0.9 * smoothstep(1.0, 4.0, h.z);
                let sweep = v3(if part < 0.0 { 0.7 } else { -0.7 }, rise, -0.35 + 0.2 * self.hair.volume)
                    + out * ((0.5 + 0.7 * self.hair.volume) * smoothstep(0.1, 0.8, out.y));
                v3(0.0, -0.7, -1.1).mix(sweep, top) + out * 0.12
            }
            HairStyle::Curls => {
                // Each lock wanders its own way over the crown.
                let wander = |k: f32| noise(h * 0.9 + v3(k, 0.0, 0.0)) * 1.3;
                let off_brow = v3(0.0, 2.0, -1.6) * smoothstep(0.5, 3.0, h.z);
                out * 0.9 + off_brow + v3(wander(11.0), wander(23.0) - 0.2, wander(37.0))
            }
            HairStyle::Bun => (BUN - h).unit(),
            _ => v3(away * 1.0, 0.10, -0.42) + out * (0.12 + 0.22 * self.hair.volume),
        }
    }

    /// One combed and fallen curve, in the world.
    fn guide(&mut self, root: V3, out: V3) -> Vec<V3> {
        let form = self.form;
        let step = self.cut.step;
        let steps = ((self.length(root) / step) as usize).clamp(2, 48);
        let lift = lerp(self.cut.lift.0, self.cut.lift.1, self.dice.unit());
        let mut p = form.to_world(root);
        p = p - form.direction_to_world(out) * (form.distance(p) - 0.02).clamp(-0.5, 0.5);
        let mut way = form.direction_to_world(self.comb(root, out).unit());
        let mut points = vec![p];
        for k in 1..=steps {
            let h = form.to_head(p);
            way = self.steer(way, h, k as f32 * step);
            p += way * step;
            p = self.hold(p, lift * smoothstep(0.0, self.cut.rise, k as f32 * step));
            points.push(p);
            if self.hair.style == HairStyle::Bun && (BUN - form.to_head(p)).length() < BUN_RADIUS * 0.8 {
                break;
            }
        }
        points
    }

    fn steer(&self, way: V3, h: V3, grown: f32) -> V3 {
        let form = self.form;
        match self.hair.style {
            HairStyle::Bun => form.direction_to_world((BUN - h).unit()),
            HairStyle::Bob | HairStyle::Long => {
                let pull = self.cut.gravity * (0.35 + 0.65 * smoothstep(0.0, 5.0, grown));
                let mut w = way.mix(v3(0.0, -1.0, 0.0), pull);
                // Hair parts before a face: what would fall over it is drawn aside and back.
                let frame = bell((h.x / 8.2).clamp(-1.0, 1.0))
                    * smoothstep(-1.5, 2.0, h.z)
                    * smoothstep(8.6, 6.5, h.y);
                let side = if h.x < 0.0 { -1.0 } else { 1.0 };
                w += form.direction_to_world(v3(side * 0.55, 0.0, -0.60)) * frame;
                w.unit()
            }
            HairStyle::Curls => {
                let turn = |k: f32| noise(h * 0.8 + v3(k, grown * 0.7, 0.0));
                let off_brow =
                    v3(0.0, 0.30, -0.15) * (smoothstep(1.0, 4.0, h.z) * smoothstep(10.0, 8.0, h.y));
                (way + off_brow + v3(turn(3.0), turn(17.0), turn(29.0)) * 0.9).unit()
            }
            _ => {
                // What is combed into the head lies along it instead.
                let out = form.direction_to_world((h - SKULL).unit());
                (way + out * (-way.dot(out)).max(0.0) + v3(0.0, -self.cut.gravity, 0.0)).unit()
            }
        }
    }

    /// Keeps a point `clearance` away from head and shoulders: out of them, and, above the ears, not far off either,
    /// or the parting would stand up like a tent.
    fn hold(&self, p: V3, clearance: f32) -> V3 {
        let d = self.form.distance(p);
        let cling = match self.hair.style {
            HairStyle::Bob | HairStyle::Long => 0.5 * smoothstep(-2.0, 4.0, self.form.to_head(p).y),
            HairStyle::Buzz | HairStyle::Bun => 0.0,
            _ => 0.7,
        };
        let push = if d < clearance { clearance - d } else { (clearance - d) * cling };
        if push.abs() < 0.01 { p } else { p + self.form.normal(p, 0.6) * push.clamp(-0.6, 0.6) }
    }

    /// The strands around one guide.
    fn tuft(&mut self, guide: &[V3]) {
        let base = linear(self.hair.color);
        let children = ((self.cut.children as f32 * self.detail) as usize).max(2);
        let wider = self.cut.children as f32 / children as f32 * self.backing(guide[0]);
        let phase = self.dice.within(0.0, std::f32::consts::TAU) + 2.0 * noise(guide[0] * 0.4);
        for _ in 0..children {
            let color = strand_color(base, self.hair.grey, &mut self.dice);
            let off = v3(self.dice.trait_value(), self.dice.trait_value(), self.dice.trait_value());
            let keep = self.dice.within(self.cut.shortest, 1.0);
            let own = phase + self.dice.within(-0.5, 0.5);
            let points = self.child(guide, off, own, keep);
            self.out.push(Strand {
                points,
                width: self.cut.width * (0.4 + 0.6 * wider),
                tip: self.cut.tip,
                color,
                opacity: 0.9,
                mass: true,
            });
        }
    }

    /// How much wider strands are behind the neck, where nothing else would close the gaps between them.
    fn backing(&self, root: V3) -> f32 {
        match self.hair.style {
            HairStyle::Bob | HairStyle::Long => 1.0 + 4.0 * smoothstep(-3.0, -7.0, self.form.to_head(root).z),
            _ => 1.0,
        }
    }

    fn child(&self, guide: &[V3], off: V3, phase: f32, keep: f32) -> Vec<V3> {
        let last = guide.len() - 1;
        let count = ((guide.len() as f32 * keep) as usize).max(3).min(guide.len());
        let at = |i: usize| {
            let t = i as f32 / last as f32;
            let grown = i as f32 * self.cut.step;
            let spread = lerp(self.cut.spread.0, self.cut.spread.1, t);
            let (s, c) = sin_cos(phase + grown * self.cut.wave.1 * std::f32::consts::TAU);
            let amplitude = self.cut.wave.0 * smoothstep(0.0, self.cut.rise.min(2.5), grown);
            guide[i] + off * spread + v3(s, 0.3 * c, c) * amplitude
        };
        (0..count).map(at).collect()
    }

    /// A knot of hair wound about itself.
    fn bun(&mut self) {
        for _ in 0..420 {
            let (a, tilt) = (self.dice.within(0.0, std::f32::consts::TAU), self.dice.within(-0.9, 0.9));
            let radius = BUN_RADIUS * self.dice.within(0.86, 1.03);
            let turns = self.dice.within(1.2, 2.4);
            let guide: Vec<V3> = (0..16)
                .map(|i| {
                    let (s, c) = sin_cos(a + turns * i as f32 / 15.0);
                    let lean = tilt + 0.35 * s;
                    let (ls, lc) = sin_cos(lean);
                    self.form.to_world(BUN + v3(c * lc, ls * 0.82, s * lc) * radius)
                })
                .collect();
            self.tuft(&guide);
        }
    }
}
