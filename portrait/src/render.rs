//! One portrait, from parameters to pixels.

use crate::camera::Camera;
use crate::color::{encode, film, linear};
use crate::eye;
use crate::form::Form;
use crate::lamps::Lamps;
use crate::landmarks::{Landmarks, locate};
use crate::math::{V3, bell2, pow, smoothstep, v3};
use crate::parallel::for_each_row;
use crate::parameters::{Backdrop, Portrait};
use crate::shade::{Studio, gather};
use crate::skin::Palette;
use crate::strands::{Wig, draw_strands};
use crate::trace::{OpennessMap, trace};

/// The shortest side rendered, pixels; smaller requests are raised to it.
pub const MIN_SIDE: u32 = 16;
/// The longest side rendered, pixels; larger requests are lowered to it.
pub const MAX_SIDE: u32 = 2048;

/// A finished picture and the truth about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width in pixels: the one asked for, within [`MIN_SIDE`]..=[`MAX_SIDE`].
    pub width: u32,
    /// Height in pixels, with the same limits.
    pub height: u32,
    /// `width * height * 4` bytes, sRGB with opaque alpha, row by row from the top left.
    pub rgba: Vec<u8>,
    /// Where the features are.
    pub landmarks: Landmarks,
}

/// Renders a portrait. Sides outside [`MIN_SIDE`]..=[`MAX_SIDE`] are clamped, and so are parameters outside their
/// ranges; the result depends on nothing but the arguments.
#[must_use]
pub fn render(portrait: &Portrait, width: u32, height: u32) -> Drawing {
    draw(portrait, width.clamp(MIN_SIDE, MAX_SIDE), height.clamp(MIN_SIDE, MAX_SIDE), Finish::Picture)
}

/// Depth of the backdrop: behind everything.
const BEHIND: f32 = 1e6;

/// One person cut out of the backdrop: alpha is coverage, colour is not multiplied by it.
pub(crate) fn cut_out(portrait: &Portrait, width: u32, height: u32) -> Drawing {
    draw(portrait, width, height, Finish::CutOut)
}

fn draw(portrait: &Portrait, width: u32, height: u32, finish: Finish) -> Drawing {
    let portrait = portrait.clamped();
    let form = Form::new(&portrait);
    let gaze = eye::gaze(&portrait.expression, |d| form.direction_to_head(d));
    let samples = samples_per_side(width, height);
    let layer = paint(&portrait, &form, gaze, width as usize * samples, height as usize * samples);
    let camera = Camera::new(width as f32, height as f32);
    let rgba = develop(&layer, width as usize, height as usize, samples, finish);
    Drawing { width, height, rgba, landmarks: locate(&form, &camera, gaze) }
}

/// The backdrop alone, as [`render`] would show it behind nobody.
pub(crate) fn empty_stage(backdrop: &Backdrop, width: u32, height: u32) -> Vec<u8> {
    let mut layer = vec![(V3::default(), 0.0); (width * height) as usize];
    hang(backdrop, &mut layer, width as usize, height as usize);
    develop(&layer, width as usize, height as usize, 1, Finish::Picture)
}

/// Samples along a pixel's side: small pictures need more to stay smooth, large ones can afford fewer.
fn samples_per_side(width: u32, height: u32) -> usize {
    match width.max(height) {
        0..=160 => 4,
        161..=320 => 3,
        321..=1100 => 2,
        _ => 1,
    }
}

/// Linear light and depth for every sample.
fn paint(portrait: &Portrait, form: &Form, gaze: V3, width: usize, height: usize) -> Vec<(V3, f32)> {
    let camera = Camera::new(width as f32, height as f32);
    let lamps = Lamps::new(&portrait.light, &portrait.backdrop, portrait.skin.tone);
    let palette = Palette::new(portrait);
    let wig = Wig::grow(portrait, form, &lamps, camera.scale());
    let hits = trace(form, &camera, width, height);
    let open = OpennessMap::new(form, &camera, &hits, lamps.key, openness_step(camera.scale()));
    let studio = Studio {
        form,
        camera: &camera,
        lamps: &lamps,
        palette: &palette,
        gaze,
        iris: portrait.identity.iris,
        cloth: linear(portrait.garment.color),
        scarf: linear(portrait.hair.scarf),
        through_hair: &|p| wig.light_reaching_skin(p),
    };
    let mut lit = studio.light(&hits, &open);
    let mut layer = gather(&mut lit, width, camera.scale());
    drop(lit);
    hang(&portrait.backdrop, &mut layer, width, height);
    draw_strands(&wig, &camera, &lamps, &mut layer, width);
    layer
}

/// Openness changes over millimetres: one value for each, whatever the picture's size.
fn openness_step(px_per_cm: f32) -> usize {
    ((px_per_cm * 0.17) as usize).clamp(1, 10)
}

/// Puts the backdrop behind everything.
fn hang(backdrop: &Backdrop, layer: &mut [(V3, f32)], width: usize, height: usize) {
    let (glow, edge) = (linear(backdrop.glow), linear(backdrop.edge));
    for_each_row(layer, width, |y, row| {
        for (x, cell) in row.iter_mut().enumerate().filter(|(_, c)| c.1 <= 0.0) {
            let u = (x as f32 / width as f32 - 0.54) * (width as f32 / width.min(height) as f32).min(1.15);
            let v = (y as f32 / height as f32 - 0.40) * height as f32 / width.min(height) as f32;
            let falloff = pow(bell2((u * u + v * v * 0.85) / 1.0), 0.75);
            let floor = 1.0 - 0.25 * smoothstep(0.3, 0.8, v);
            *cell = (edge.mix(glow, falloff) * (1.12 * floor), BEHIND);
        }
    });
}

/// What leaves the darkroom.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Finish {
    /// Opaque, with a vignette.
    Picture,
    /// Without the backdrop.
    CutOut,
}

/// Averages the samples and makes a photograph of the light.
fn develop(layer: &[(V3, f32)], width: usize, height: usize, samples: usize, finish: Finish) -> Vec<u8> {
    let mut rgba = vec![255u8; width * height * 4];
    for_each_row(&mut rgba, width * 4, |y, row| {
        for (x, px) in row.chunks_exact_mut(4).enumerate() {
            let (mut sum, mut count) = (V3::default(), 0.0);
            for sy in 0..samples {
                let start = (y * samples + sy) * width * samples + x * samples;
                for cell in &layer[start..start + samples] {
                    if finish == Finish::Picture || cell.1 < BEHIND {
                        sum += film(cell.0);
                        count += 1.0;
                    }
                }
            }
            let mean = sum * (1.0 / f32::max(count, 1.0));
            if finish == Finish::Picture {
                px[..3].copy_from_slice(&encode(vignette(mean, x, y, width, height)));
            } else {
                px[..3].copy_from_slice(&encode(mean));
                px[3] = (count / (samples * samples) as f32 * 255.0 + 0.5) as u8;
            }
        }
    });
    rgba
}

fn vignette(c: V3, x: usize, y: usize, width: usize, height: usize) -> V3 {
    let d = v3(x as f32 / width as f32 - 0.5, y as f32 / height as f32 - 0.5, 0.0);
    c * (1.0 - 0.22 * smoothstep(0.18, 0.62, d.dot(d)))
}
