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
pub(crate) fn trace(form: &Form, camera: &Camera, width: usize, height: usize) -> Hits {
    let mut cells: Vec<Option<Hit>> = vec![None; width * height];
    for_each_row(&mut cells, width * TILE, |band, rows| {
        let tall = rows.len() / width;
        for left in (0..width).step_by(TILE) {
            let center = (left as f32 + TILE as f32 * 0.5, (band * TILE) as f32 + TILE as f32 * 0.5);
            let Some(start) = tile_start(form, camera, center) else { continue };
            for y in 0..tall {
                for x in left..(left + TILE).min(width) {
                    let pixel = (x as f32 + 0.5, (band * TILE + y) as f32 + 0.5);
                    rows[y * width + x] = march(form, camera, pixel, start);
                }
            }
        }
    });
    Hits { width, height, cells }
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
    for _ in 0..72 {
        let d = form.distance(camera.eye() + ray * t);
        if d < near * 0.2 {
            let p = camera.eye() + ray * t;
            return Some(Hit { t, normal: form.normal(p, near.clamp(0.012, 0.05)), material: form.material(p) });
        }
        t += (d * CAUTION).max(near * 0.2);
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
    for reach in [0.15, 0.4, 0.9, 1.8, 3.2] {
        closed += weight * (reach - form.distance(p + n * reach)).max(0.0) / reach;
        weight *= 0.78;
    }
    Openness { sky: (1.0 - closed * 0.36).clamp(0.0, 1.0), key: soft_shadow(form, p + n * 0.08, key) }
}

/// Penumbra by the narrowest pass of the ray to the light (Quilez), wide because the key is a large softbox.
fn soft_shadow(form: &Form, p: V3, key: V3) -> f32 {
    let (mut lit, mut t): (f32, f32) = (1.0, 0.12);
    for _ in 0..26 {
        let d = form.distance(p + key * t);
        lit = lit.min(0.5 + 0.5 * d / (0.11 * t + 0.03));
        if lit <= 0.0 || t > 16.0 {
            break;
        }
        t += d.abs().clamp(0.12, 1.6);
    }
    let s = lit.clamp(0.0, 1.0);
    s * s * (3.0 - 2.0 * s)
}
