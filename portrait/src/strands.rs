//! Hair as strands: what a strand is, the shadow a mass of them throws, and how they are drawn.

use crate::camera::Camera;
use crate::fine_hair;
use crate::form::{Form, SKULL};
use crate::hair;
use crate::lamps::Lamps;
use crate::math::{V3, exp, lerp, smoothstep, v3};
use crate::parameters::Portrait;

/// One hair, root to tip, in the world.
pub(crate) struct Strand {
    pub(crate) points: Vec<V3>,
    /// Centimetres across at the root.
    pub(crate) width: f32,
    /// Width of the tip, as a share of the root's.
    pub(crate) tip: f32,
    pub(crate) color: V3,
    pub(crate) opacity: f32,
    /// Lit as part of a mass, rather than drawn as ink on skin.
    pub(crate) mass: bool,
}

/// All hair of one head.
pub(crate) struct Wig {
    strands: Vec<Strand>,
    shadow: ShadowMap,
    /// Centre about which the mass is shaded, and the head's up direction, in the world.
    center: V3,
    up: V3,
}

impl Wig {
    pub(crate) fn grow(portrait: &Portrait, form: &Form, lamps: &Lamps, px_per_cm: f32) -> Wig {
        // Strands thinner than a pixel are wasted: fewer, wider ones give the same mass.
        let detail = (px_per_cm / 60.0).clamp(0.16, 1.0);
        let mut strands = hair::grow(portrait, form, detail);
        let shadow = ShadowMap::new(&strands, lamps.key);
        strands.extend(fine_hair::grow(portrait, form, detail));
        Wig { strands, shadow, center: form.to_world(SKULL), up: form.direction_to_world(V3::UP) }
    }

    /// Share of the key light that arrives at a point of skin under the hair.
    pub(crate) fn light_reaching_skin(&self, p: V3) -> f32 {
        let lit = self.shadow.average(p, 2, |behind| 1.0 - 0.85 * smoothstep(0.15, 1.4, behind));
        0.12 + 0.88 * lit
    }

    fn light_reaching_strand(&self, p: V3) -> f32 {
        self.shadow.average(p, 1, |behind| exp(-0.62 * (behind - 0.12).max(0.0)))
    }

    /// Direction out of the mass of hair at `p`.
    fn outward(&self, p: V3) -> V3 {
        let below = (p - self.center).dot(self.up).clamp(-18.0, 0.5);
        (p - (self.center + self.up * below)).unit()
    }
}

/// Depth of the first strand the key light meets, on a grid across its direction.
struct ShadowMap {
    right: V3,
    up: V3,
    toward: V3,
    depths: Vec<f32>,
}

/// Cells along a side, and their size in centimetres.
const CELLS: i32 = 240;
const CELL_CM: f32 = 0.2;

impl ShadowMap {
    fn new(strands: &[Strand], key: V3) -> ShadowMap {
        let right = V3::UP.cross(key).unit();
        let mut map = ShadowMap { right, up: key.cross(right), toward: key, depths: Vec::new() };
        if strands.is_empty() {
            return map;
        }
        map.depths = vec![1e6; (CELLS * CELLS) as usize];
        for p in strands.iter().flat_map(|s| s.points.iter()) {
            let (x, y, depth) = map.cell(*p);
            if let Some(i) = index(x as i32, y as i32) {
                map.depths[i] = map.depths[i].min(depth);
            }
        }
        map
    }

    fn cell(&self, p: V3) -> (f32, f32, f32) {
        let half = CELLS as f32 * 0.5;
        (p.dot(self.right) / CELL_CM + half, p.dot(self.up) / CELL_CM + half, -p.dot(self.toward))
    }

    /// Mean of `light(distance behind the first strand)` over the cells within `reach`.
    fn average(&self, p: V3, reach: i32, light: impl Fn(f32) -> f32) -> f32 {
        if self.depths.is_empty() {
            return 1.0;
        }
        let (x, y, depth) = self.cell(p);
        let mut sum = 0.0;
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let first = index(x as i32 + dx, y as i32 + dy).map_or(1e6, |i| self.depths[i]);
                sum += if first > 1e5 { 1.0 } else { light(depth - first) };
            }
        }
        sum / ((2 * reach + 1) * (2 * reach + 1)) as f32
    }
}

fn index(x: i32, y: i32) -> Option<usize> {
    ((0..CELLS).contains(&x) && (0..CELLS).contains(&y)).then_some((y * CELLS + x) as usize)
}

/// A point of a strand on the picture.
#[derive(Clone, Copy)]
struct Vertex {
    at: [f32; 2],
    depth: f32,
    width: f32,
    color: V3,
    opacity: f32,
}

/// Draws every strand over `layer` (colour and depth), hidden where something is in front of it.
pub(crate) fn draw_strands(wig: &Wig, camera: &Camera, lamps: &Lamps, layer: &mut [(V3, f32)], width: usize) {
    for strand in &wig.strands {
        let mut last: Option<Vertex> = None;
        for i in 0..strand.points.len() {
            let vertex = vertex(wig, camera, lamps, strand, i);
            if let Some(from) = last {
                segment(layer, width, from, vertex, strand);
            }
            last = Some(vertex);
        }
    }
}

fn vertex(wig: &Wig, camera: &Camera, lamps: &Lamps, strand: &Strand, i: usize) -> Vertex {
    let p = strand.points[i];
    let last = strand.points.len() - 1;
    let t = i as f32 / last as f32;
    let (at, depth) = camera.project(p);
    let color = if strand.mass {
        let along = (strand.points[(i + 1).min(last)] - strand.points[i.saturating_sub(1)]).unit();
        let view = (camera.eye() - p).unit();
        let root = 0.6 + 0.4 * smoothstep(0.0, 3.0, i as f32);
        let shade = wig.light_reaching_strand(p) * root;
        lamps.on_strand(along, wig.outward(p), view, strand.color * (0.72 + 0.42 * t), shade)
    } else {
        strand.color
    };
    let taper = lerp(1.0, strand.tip, t * t);
    // Hair comes out of skin gradually, or the hair line would be a row of pegs.
    let opacity = if strand.mass { strand.opacity * (i as f32 / 3.0).min(1.0) } else { strand.opacity };
    Vertex { at, depth, width: strand.width * taper * camera.scale(), color, opacity }
}

/// One straight piece, stepped along its longer axis.
fn segment(layer: &mut [(V3, f32)], width: usize, a: Vertex, b: Vertex, strand: &Strand) {
    let (dx, dy) = (b.at[0] - a.at[0], b.at[1] - a.at[1]);
    let steep = dy.abs() > dx.abs();
    let steps = dx.abs().max(dy.abs()).ceil().max(1.0);
    let slant = (dx * dx + dy * dy).sqrt() / dx.abs().max(dy.abs()).max(1e-3);
    let height = layer.len() / width;
    // Hair may lie in the surface it grows from; ink always does.
    let grace = if strand.mass { 0.12 } else { 0.30 };
    for k in 0..steps as i32 {
        let t = k as f32 / steps;
        let (x, y) = (a.at[0] + dx * t, a.at[1] + dy * t);
        let depth = lerp(a.depth, b.depth, t);
        let color = a.color.mix(b.color, t);
        let span = lerp(a.width, b.width, t) * slant.min(1.5);
        let opacity = lerp(a.opacity, b.opacity, t);
        let (wide, opacity) = if span < 1.0 { (1.0, opacity * span) } else { (span, opacity) };
        let middle = if steep { x } else { y };
        let first = (middle - wide * 0.5 + 0.5).floor() as i32;
        let count = ((wide + 0.5) as i32).max(1);
        for m in first..first + count {
            let (px, py) = if steep { (m, y as i32) } else { (x as i32, m) };
            if px < 0 || py < 0 || px >= width as i32 || py >= height as i32 {
                continue;
            }
            let cell = &mut layer[py as usize * width + px as usize];
            if depth - grace < cell.1 {
                cell.0 = cell.0.mix(color, opacity);
                if strand.mass && opacity > 0.6 {
                    cell.1 = cell.1.min(depth + grace * 0.9);
                }
            }
        }
    }
}

/// Colour of one strand: lighter and darker by chance, some grey.
pub(crate) fn strand_color(base: V3, grey: f32, dice: &mut crate::dice::Dice) -> V3 {
    let tone = dice.within(0.80, 1.20);
    if dice.unit() < grey {
        let v = dice.within(0.30, 0.52);
        return base.mix(v3(v, v * 0.98, v * 0.96), 0.75);
    }
    base.times(v3(tone, tone * dice.within(0.96, 1.04), tone * dice.within(0.92, 1.06)))
}
