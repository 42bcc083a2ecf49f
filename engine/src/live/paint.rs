//! One face of one frame: light, tone and mask are smooth and measured small, the face itself is drawn at the frame's own
//! resolution, and only the pixels under it are touched.

use super::surface::{Look, Surface};
use crate::face::size_px;
use crate::graft::{
    Canvas, Membrane, Shading, Strength, ToneMatch, facing, find_mask, is_mouth, keeps_mouth, measure_tone,
    oklab_from_srgb, output_mesh, srgb_from_oklab, trust_of_facing,
};
use crate::image_f32::{Patch, Rect};
use crate::numeric::bounds;
use crate::photo::Photo;
use crate::source::SourceTexture;
use crate::topology::Topology;

/// The size at which light, tone and mask are measured.
const COARSE_FACE_PX: f32 = 80.0;
/// Room around the mesh, in frame pixels.
const MARGIN_PX: f32 = 4.0;
/// How much of a frame's tone is taken in: light changes slowly, noise does not.
const TONE_SHARE: f32 = 0.15;

/// What a face is painted with.
pub(super) struct Job<'a> {
    pub(super) topology: &'a Topology,
    pub(super) source: &'a SourceTexture,
    pub(super) strength: Strength,
}

/// What a cell of the coarse canvas tells the pixels around it: the sRGB to add, and the mask.
///
/// Tone, light and seam change a colour in ways that are costly for each pixel of the frame, and smooth: the cell's own colour
/// goes through all of them, and a pixel that differs from it keeps its difference, times the contrast.
type Field = [f32; 4];

/// Working memory, kept from frame to frame.
#[derive(Debug, Default)]
pub(super) struct Painter {
    coarse: Surface,
    fine: Surface,
    fields: Vec<Field>,
    vertices: Vec<[f32; 3]>,
}

impl Painter {
    /// Paints the source's face over the one at `target`; `tone` is that of the frames before.
    ///
    /// None when nothing of it lies in the frame.
    pub(super) fn paint(
        &mut self,
        job: &Job<'_>,
        target: &[[f32; 3]],
        tone: &mut Option<ToneMatch>,
        frame: &mut Photo,
    ) -> Option<()> {
        let shaped = output_mesh(&job.source.landmarks, target, job.strength.likeness)?;
        let rect = Rect::around(bounds(&shaped), MARGIN_PX, frame)?;
        let face = size_px(target);
        let patch = Patch::cut(frame, rect, COARSE_FACE_PX / face);
        let trust: Vec<f32> = facing(job.topology, &shaped).into_iter().map(trust_of_facing).collect();
        let keep_mouth = keeps_mouth(target);
        let is_open = |corners: &[usize; 3]| keep_mouth && is_mouth(corners);
        let look = Look { topology: job.topology, trust: &trust, is_open: &is_open };
        let texture = &job.source.pyramid;
        let mut canvas = Canvas::new(&patch, target, &shaped);
        let (width, height, level) = (canvas.width, canvas.height, texture.level(canvas.face_px));
        self.coarse.draw([width, height], &canvas.shaped, &look, level);
        let contrast = self.measure(&mut canvas, job.topology, tone, job.strength.skin_tone);
        self.vertices.clear();
        let (left, top) = (rect.x0 as f32, rect.y0 as f32);
        self.vertices.extend(shaped.iter().map(|p| [p[0] - left, p[1] - top, p[2]]));
        self.fine.draw([rect.width(), rect.height()], &self.vertices, &look, texture.level(face));
        self.compose(&patch, contrast, frame);
        Some(())
    }

    /// Fills `fields` from the coarse drawing, and says how much differences from it grow.
    fn measure(
        &mut self,
        canvas: &mut Canvas<'_>,
        topology: &Topology,
        tone: &mut Option<ToneMatch>,
        amount: f32,
    ) -> f32 {
        for (i, spot) in self.coarse.spots.iter().enumerate().filter(|(_, spot)| spot[3] > 0.0) {
            canvas.drawn[i] = [spot[0], spot[1], spot[2]];
            canvas.drawn_lab[i] = oklab_from_srgb(canvas.drawn[i]);
            (canvas.coverage[i], canvas.trust[i]) = (1.0, spot[3]);
        }
        find_mask(canvas, topology);
        // There is no time to borrow the target's light and detail for them: it shows as it is.
        canvas.mask.iter_mut().zip(&canvas.rims).for_each(|(mask, rim)| *mask *= 1.0 - rim);
        *tone = match (*tone, measure_tone(canvas)) {
            (Some(before), Some(now)) => Some(before.towards(now, TONE_SHARE)),
            (before, now) => now.or(before),
        };
        let toned = |lab: [f32; 3]| tone.map_or(lab, |tone| tone.apply(lab, amount));
        canvas.drawn_lab.iter_mut().for_each(|lab| *lab = toned(*lab));
        let shading = Shading::measure(canvas);
        let contrast = tone.map_or(1.0, |tone| 1.0 + (tone.lightness_contrast() - 1.0) * amount);
        self.fields.clear();
        self.fields.resize(canvas.mask.len(), [0.0; 4]);
        for (i, field) in self.fields.iter_mut().enumerate() {
            // Beside the mesh nothing is drawn; pixels between there and here are told what the target's colour would become.
            let (before, mut lab) = if canvas.coverage[i] > 0.0 {
                (canvas.drawn[i], canvas.drawn_lab[i])
            } else {
                (canvas.under[i], toned(canvas.under_lab[i]))
            };
            let light = shading.at(i % canvas.width, i / canvas.width);
            (0..3).for_each(|k| lab[k] += light[k] * amount);
            canvas.drawn[i] = srgb_from_oklab(lab);
            let [red, green, blue] = core::array::from_fn(|k| canvas.drawn[i][k] - contrast * before[k]);
            *field = [red, green, blue, canvas.mask[i]];
        }
        if let Some(membrane) = Membrane::measure(canvas) {
            for (i, field) in self.fields.iter_mut().enumerate() {
                let seam = membrane.at(i % canvas.width, i / canvas.width);
                (0..3).for_each(|k| field[k] += seam[k]);
            }
        }
        contrast
    }

    /// Blends the fine drawing into the frame.
    fn compose(&self, patch: &Patch, contrast: f32, frame: &mut Photo) {
        let (width, height) = (patch.image.width, patch.image.height);
        for y in 0..self.fine.height {
            let row = &mut frame.row_mut(patch.rect.y0 + y)[patch.rect.x0 * 4..patch.rect.x1 * 4];
            let spots = &self.fine.spots[y * self.fine.width..][..self.fine.width];
            let (rows, fy) = between((y as f32 + 0.5) * patch.scale[1] - 0.5, height);
            for (x, (pixel, spot)) in row.chunks_exact_mut(4).zip(spots).enumerate() {
                if spot[3] == 0.0 {
                    continue;
                }
                let (columns, fx) = between((x as f32 + 0.5) * patch.scale[0] - 0.5, width);
                let corner = |r: usize, c: usize| &self.fields[rows[r] * width + columns[c]];
                let field = blend([corner(0, 0), corner(0, 1), corner(1, 0), corner(1, 1)], fx, fy);
                if field[3] <= 0.0 {
                    continue;
                }
                for k in 0..3 {
                    let old = f32::from(pixel[k]);
                    let new = (spot[k] * contrast + field[k]).clamp(0.0, 1.0) * 255.0;
                    pixel[k] = (old + (new - old) * field[3] + 0.5) as u8;
                }
            }
        }
    }
}

/// The two cells that a place lies between, and how far it is from the first.
#[inline]
fn between(at: f32, size: usize) -> ([usize; 2], f32) {
    let at = at.clamp(0.0, (size - 1) as f32);
    let low = at as usize;
    ([low, (low + 1).min(size - 1)], at - low as f32)
}

#[inline]
fn blend([a, b, c, d]: [&Field; 4], fx: f32, fy: f32) -> Field {
    let mut out = [0.0; 4];
    for k in 0..4 {
        let top = a[k] + (b[k] - a[k]) * fx;
        let bottom = c[k] + (d[k] - c[k]) * fx;
        out[k] = top + (bottom - top) * fy;
    }
    out
}
