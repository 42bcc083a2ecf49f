//! From a form to pixels: which point of the surface each pixel sees, and how open it lies to the light.

use crate::camera::Camera;
use crate::form::{Form, Material};
use crate::math::{V3, smoothstep};
use crate::parallel::for_each_row;

/// What one pixel sees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// Distance from the lens.
    pub(crate) t: f32,
    pub(crate) normal: V3,
    pub(crate) material: Material,
}

/// One picture's worth of hits, row by row; `None` is backdrop.
pub(crate) struct Hits {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) cells: Vec<Option<Hit>>,
}

/// Pixels along a side of the tiles that share the first, coarse steps.
const TILE: usize = 8;
/// Beyond this the subject has ended.
const FAR: f32 = 100.0;
/// Displacements make the distance an estimate; shorter steps keep it safe.
const CAUTION: f32 = 0.82;

/// Follows every pixel's ray to the surface.
///
/// Of each square of four pixels one is marched; the others are taken between their marched neighbours wherever
/// these lie on one smooth piece of surface, which spares two thirds of the work.
pub(crate) fn trace(form: &Form, camera: &Camera, width: usize, height: usize) -> Hits {
    let mut cells: Vec<Option<Hit>> = vec![None; width * height];
    let mut starts: Vec<Option<f32>> = vec![None; width.div_ceil(TILE) * height.div_ceil(TILE)];
    for_each_row(&mut starts, width.div_ceil(TILE), |ty, row| {
        for (tx, start) in row.iter_mut().enumerate() {
            let center = ((tx as f32 + 0.5) * TILE as f32, (ty as f32 + 0.5) * TILE as f32);
            *start = tile_start(form, camera, center);
        }
    });
    let start_of = |x: usize, y: usize| starts[(y / TILE) * width.div_ceil(TILE) + x / TILE];
    let follow = |x: usize, y: usize| {
        start_of(x, y).and_then(|t| march(form, camera, (x as f32 + 0.5, y as f32 + 0.5), t))
    };
    for_each_row(&mut cells, width * 2, |pair, rows| {
        for x in (0..width).step_by(2) {
            rows[x] = follow(x, pair * 2);
        }
    });
    let coarse: Vec<Option<Hit>> = (0..height)
        .step_by(2)
        .flat_map(|y| cells[y * width..(y + 1) * width].iter().step_by(2).copied())
        .collect();
    let grid = (width.div_ceil(2), height.div_ceil(2));
    for_each_row(&mut cells, width, |y, row| {
        for (x, cell) in row.iter_mut().enumerate().filter(|(x, _)| x % 2 == 1 || y % 2 == 1) {
            *cell = match between(&coarse, grid, x, y) {
                Between::Smooth(hit) => Some(hit),
                Between::Nothing => None,
                Between::Edge => follow(x, y),
            };
        }
    });
    Hits { width, height, cells }
}

/// What lies between marched neighbours.
enum Between {
    Smooth(Hit),
    Nothing,
    Edge,
}

fn between(coarse: &[Option<Hit>], grid: (usize, usize), x: usize, y: usize) -> Between {
    let at = |gx: usize, gy: usize| coarse[gy.min(grid.1 - 1) * grid.0 + gx.min(grid.0 - 1)];
    let (gx, gy) = (x / 2, y / 2);
    let around = [at(gx, gy), at(gx + x % 2, gy), at(gx, gy + y % 2), at(gx + x % 2, gy + y % 2)];
    let Some(first) = around[0] else {
        return if around.iter().all(Option::is_none) { Between::Nothing } else { Between::Edge };
    };
    let (mut t, mut normal) = (0.0, V3::default());
    for hit in around {
        let Some(hit) = hit else { return Between::Edge };
        let same = hit.material == first.material && (hit.t - first.t).abs() < 0.3;
        if !same || hit.normal.dot(first.normal) < 0.97 {
            return Between::Edge;
        }
        t += hit.t * 0.25;
        normal += hit.normal;
    }
    Between::Smooth(Hit { t, normal: normal.unit(), material: first.material })
}

/// How far all rays of a tile may go before one of them could touch anything.
fn tile_start(form: &Form, camera: &Camera, center: (f32, f32)) -> Option<f32> {
    let ray = camera.ray(center.0, center.1);
    let spread = TILE as f32 * 0.75 / (camera.scale() * 72.0);
    let mut t = 40.0;
    while t < FAR {
        let d = form.distance(camera.eye() + ray * t) * CAUTION;
        if d < spread * t {
            return Some(t - spread * t * 0.5);
        }
        t += d;
    }
    None
}

fn march(form: &Form, camera: &Camera, pixel: (f32, f32), start: f32) -> Option<Hit> {
    let ray = camera.ray(pixel.0, pixel.1);
    let near = 0.25 / camera.scale();
    let mut t = start;
    // Rays that skim a cheek take many short steps; they must not end before they are past it.
    for _ in 0..220 {
        let d = form.distance(camera.eye() + ray * t);
        if d < near * 0.5 {
            let p = camera.eye() + ray * t;
            return Some(Hit {
                t,
                normal: form.normal(p, near.clamp(0.012, 0.05)),
                material: form.material(p),
            });
        }
        t += (d * CAUTION).max(near * 0.9);
        if t > FAR {
            return None;
        }
    }
    None
}

/// How open a point is: to the sky around it, and to the key light; both 0..1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Openness {
    pub(crate) sky: f32,
    pub(crate) key: f32,
}

/// Openness on a grid of one value per `step` pixels; it is smooth, so a quarter of the pixels is plenty.
pub(crate) struct OpennessMap {
    step: usize,
    width: usize,
    values: Vec<(f32, Openness)>,
}

impl OpennessMap {
    pub(crate) fn new(form: &Form, camera: &Camera, hits: &Hits, key: V3, step: usize) -> OpennessMap {
        let width = hits.width.div_ceil(step);
        let height = hits.height.div_ceil(step);
        let mut values = vec![(0.0, Openness::default()); width * height];
        for_each_row(&mut values, width, |gy, row| {
            for (gx, cell) in row.iter_mut().enumerate() {
                if let Some((x, y, hit)) = any_hit(hits, gx * step, gy * step, step) {
                    let p = camera.eye() + camera.ray(x as f32 + 0.5, y as f32 + 0.5) * hit.t;
                    *cell = (hit.t, openness(form, p, hit.normal, key));
                }
            }
        });
        OpennessMap { step, width, values }
    }

    /// The value for a pixel: its four neighbours of the grid, those at another depth left out.
    pub(crate) fn at(&self, x: usize, y: usize, t: f32) -> Openness {
        let fx = (x as f32 + 0.5) / self.step as f32 - 0.5;
        let fy = (y as f32 + 0.5) / self.step as f32 - 0.5;
        let (x0, y0) = (fx.floor(), fy.floor());
        let (mut sum, mut total) = (Openness::default(), 1e-5);
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let gx = ((x0 as i32 + dx).max(0) as usize).min(self.width - 1);
            let gy = ((y0 as i32 + dy).max(0) as usize).min(self.values.len() / self.width - 1);
            let (depth, open) = self.values[gy * self.width + gx];
            let wx = 1.0 - (fx - x0 - dx as f32).abs();
            let wy = 1.0 - (fy - y0 - dy as f32).abs();
            let w = (wx * wy + 1e-3) * smoothstep(1.2, 0.2, (depth - t).abs()).max(1e-3);
            sum.sky += open.sky * w;
            sum.key += open.key * w;
            total += w;
        }
        Openness { sky: sum.sky / total, key: sum.key / total }
    }
}

fn any_hit(hits: &Hits, x: usize, y: usize, step: usize) -> Option<(usize, usize, Hit)> {
    let tries = [(step / 2, step / 2), (0, 0), (step - 1, step - 1), (0, step - 1), (step - 1, 0)];
    tries.iter().find_map(|&(dx, dy)| {
        let (x, y) = ((x + dx).min(hits.width - 1), (y + dy).min(hits.height - 1));
        hits.cells[y * hits.width + x].map(|hit| (x, y, hit))
    })
}

fn openness(form: &Form, p: V3, n: V3, key: V3) -> Openness {
    let mut closed = 0.0;
    let mut weight = 1.0;
    for reach in [0.25, 0.6, 1.2, 2.2, 3.6] {
        closed += weight * (reach - form.distance(p + n * reach)).max(0.0) / reach;
        weight *= 0.78;
    }
    Openness { sky: (1.0 - closed * 0.27).clamp(0.25, 1.0), key: soft_shadow(form, p + n * 0.08, key) }
}

/// Penumbra by the narrowest pass of the ray to the light (Quilez), wide because the key is a large softbox.
fn soft_shadow(form: &Form, p: V3, key: V3) -> f32 {
    let (mut lit, mut t): (f32, f32) = (1.0, 0.12);
    for _ in 0..26 {
        let d = form.distance(p + key * t);
        lit = lit.min(0.5 + 0.5 * d / (0.34 * t + 0.05));
        if lit <= 0.0 || t > 16.0 {
            break;
        }
        t += d.abs().clamp(0.12, 1.6);
    }
    let s = lit.clamp(0.0, 1.0);
    0.30 + 0.70 * s * s * (3.0 - 2.0 * s)
}
