//! Light on every pixel, and its journey under the skin.

use crate::camera::Camera;
use crate::dice::noise;
use crate::eye;
use crate::form::{Form, Material};
use crate::lamps::Lamps;
use crate::math::{V3, exp, smoothstep, v3};
use crate::parallel::for_each_row;
use crate::skin::Palette;
use crate::trace::{Hit, Hits, Openness, OpennessMap};

/// A pixel before its light is gathered: `under` is diffuse light that will spread if `skin`, `over` stays.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lit {
    under: V3,
    albedo: V3,
    over: V3,
    depth: f32,
    skin: bool,
}

/// Everything shading needs to know about one picture.
pub(crate) struct Studio<'a> {
    pub(crate) form: &'a Form,
    pub(crate) camera: &'a Camera,
    pub(crate) lamps: &'a Lamps,
    pub(crate) palette: &'a Palette,
    pub(crate) gaze: V3,
    pub(crate) iris: [f32; 3],
    pub(crate) cloth: V3,
    pub(crate) scarf: V3,
    /// Share of the key light that hair lets through to a point of the world.
    pub(crate) through_hair: &'a (dyn Fn(V3) -> f32 + Sync),
}

impl Studio<'_> {
    /// Lights every pixel of `hits`.
    pub(crate) fn light(&self, hits: &Hits, open: &OpennessMap) -> Vec<Lit> {
        let mut out = vec![Lit::default(); hits.cells.len()];
        for_each_row(&mut out, hits.width, |y, row| {
            for (x, lit) in row.iter_mut().enumerate() {
                if let Some(hit) = hits.cells[y * hits.width + x] {
                    let view = -self.camera.ray(x as f32 + 0.5, y as f32 + 0.5);
                    let p = self.camera.eye() - view * hit.t;
                    let mut at = open.at(x, y, hit.t);
                    at.key *= (self.through_hair)(p);
                    *lit = self.pixel(p, view, &hit, at);
                }
            }
        });
        out
    }

    fn pixel(&self, p: V3, view: V3, hit: &Hit, open: Openness) -> Lit {
        let lit = match hit.material {
            Material::Skin => self.skin(p, view, hit.normal, open),
            Material::Eye => self.eyeball(p, view, hit.normal, open),
            Material::Mouth => self.mouth(p, hit.normal, open),
            Material::Cloth => self.woven(p, view, hit.normal, open, self.cloth, 5.0),
            Material::Scarf => self.woven(p, view, hit.normal, open, self.scarf, 7.0),
        };
        Lit { depth: hit.t, ..lit }
    }

    fn skin(&self, p: V3, view: V3, n: V3, open: Openness) -> Lit {
        let h = self.form.to_head(p);
        let c = self.palette.at(&self.form.anatomy, h);
        let pores =
            v3(noise(h * 13.0), noise(h * 13.0 + v3(9.0, 0.0, 0.0)), noise(h * 13.0 + v3(0.0, 9.0, 0.0)));
        let bumpy = (n + pores * 0.03).unit();
        let over = self.lamps.highlight(bumpy, view, c.roughness, open) * c.gloss
            + self.lamps.rim(n, view, open).times(c.albedo.map(|v| v * 0.6 + 0.16));
        Lit { under: self.lamps.on_skin(n, open), albedo: c.albedo, over, depth: 0.0, skin: true }
    }

    fn eyeball(&self, p: V3, view: V3, n: V3, open: Openness) -> Lit {
        let h = self.form.to_head(p);
        let key = self.form.direction_to_head(self.lamps.key);
        let c = eye::paint(&self.form.anatomy.eye, h, self.gaze, key, self.iris);
        // Eyes are wet and lit from inside as much as from outside: shadows fall softer on them.
        let softer = Openness { sky: 0.45 + 0.55 * open.sky, key: 0.35 + 0.65 * open.key };
        let soft_normal = (n + view * 0.6).unit();
        let light = self.lamps.on_skin(soft_normal, softer);
        let over = c.glow + self.lamps.highlight(n, view, 0.22, softer) * 0.25;
        Lit { under: light, albedo: c.diffuse * self.lamps.on_eyes, over, depth: 0.0, skin: false }
    }

    fn mouth(&self, p: V3, n: V3, open: Openness) -> Lit {
        let h = self.form.to_head(p);
        let mouth = &self.form.anatomy.mouth;
        let inside = smoothstep(0.0, 0.35, mouth.upper_inner(h.x) - h.y);
        let lip_shadow = 0.45 + 0.55 * inside;
        let albedo = if self.form.is_tooth(h) {
            let gap = tooth_gap(h.x);
            v3(0.80, 0.76, 0.69) * (lip_shadow * gap * (1.0 - 0.10 * h.x.abs()))
        } else {
            v3(0.16, 0.03, 0.03) * 0.4
        };
        let light = self
            .lamps
            .on_skin((n + v3(0.0, 0.0, 1.0)).unit(), Openness { sky: 0.7, key: 0.3 + 0.5 * open.key });
        Lit { under: light, albedo, over: V3::default(), depth: 0.0, skin: false }
    }

    fn woven(&self, p: V3, view: V3, n: V3, open: Openness, color: V3, fine: f32) -> Lit {
        let soft = noise(p * 0.5) * 0.05 + noise(v3(p.x * fine, p.y * fine * 1.6, p.z * fine)) * 0.035;
        let albedo = color * (1.0 + soft);
        let fuzz = (1.0 - n.dot(view).clamp(0.0, 1.0)) * 0.22;
        let over = self.lamps.rim(n, view, open).times(color.map(|v| v * 0.7 + 0.10)) * 0.8
            + color * (fuzz * fuzz * open.sky * 2.0);
        Lit { under: self.lamps.on_cloth(n, open), albedo, over, depth: 0.0, skin: false }
    }
}

/// Dark lines between teeth, fainter than one thinks.
fn tooth_gap(x: f32) -> f32 {
    let edges = [0.0, 0.84, 1.5, 2.2];
    let near = edges.iter().map(|e| (x.abs() - e).abs()).fold(9.0, f32::min);
    0.72 + 0.28 * smoothstep(0.0, 0.09, near)
}

/// Spreads light under the skin (separable, after Jimenez et al. 2015) and returns the picture with its depth.
pub(crate) fn gather(lit: &mut [Lit], width: usize, px_per_cm: f32) -> Vec<(V3, f32)> {
    // Two rounds of two passes approximate the sum of Gaussians that skin's profile is.
    for reach_cm in [0.14, 0.42] {
        let radius = reach_cm * px_per_cm;
        if radius > 0.6 {
            blur(lit, width, radius, true);
            blur(lit, width, radius, false);
        }
    }
    lit.iter().map(|l| (l.under.times(l.albedo) + l.over, l.depth)).collect()
}

fn blur(lit: &mut [Lit], width: usize, radius: f32, along_x: bool) {
    let height = lit.len() / width;
    let taps: Vec<(i32, V3)> = (-4i32..=4)
        .map(|i| {
            let x = i as f32 / 4.0 * 2.0;
            ((i as f32 * radius * 0.5) as i32, v3(exp(-x * x), exp(-x * x * 4.0), exp(-x * x * 8.0)))
        })
        .collect();
    let source: Vec<V3> = lit.iter().map(|l| l.under).collect();
    let before: Vec<(f32, bool)> = lit.iter().map(|l| (l.depth, l.skin)).collect();
    for_each_row(lit, width, |y, row| {
        for (x, l) in row.iter_mut().enumerate().filter(|(_, l)| l.skin) {
            let (mut sum, mut total) = (V3::default(), V3::default());
            for &(d, w) in &taps {
                let (sx, sy) = if along_x { (x as i32 + d, y as i32) } else { (x as i32, y as i32 + d) };
                if sx < 0 || sy < 0 || sx >= width as i32 || sy >= height as i32 {
                    continue;
                }
                let i = sy as usize * width + sx as usize;
                if before[i].1 && (before[i].0 - l.depth).abs() < 0.7 {
                    sum += source[i].times(w);
                    total += w;
                }
            }
            l.under = v3(sum.x / total.x, sum.y / total.y, sum.z / total.z);
        }
    });
}
