//! The optical graft: one face's appearance onto another's place, pose, expression and light.
//!
//! Stages, each in its file: the output mesh ([`shape`]) is drawn with the source's pixels ([`warp`], [`raster`]),
//! masked where both pictures show skin ([`mask`], [`skin`]), matched in colour ([`colour`], [`relight`]) and in detail
//! ([`matter`]), made to look where the target does ([`gaze`]), joined without a seam ([`membrane`]) and written back ([`composite`]). Several photos of the source are fused
//! before ([`fuse`], [`pyramid`]).
//!
//! All stages work on a patch of the target around the face, reduced if the face is wider than
//! [`WORKING_FACE_PX`]: time and memory are bounded for any photo.

mod areas;
mod canvas;
mod colour;
mod composite;
mod eyewear;
mod fuse;
mod gaze;
mod hands;
mod inspect;
mod local_mean;
mod mask;
mod matter;
mod membrane;
mod occlusion;
mod places;
mod pyramid;
mod raster;
mod relight;
mod shape;
mod skin;
mod strands;
mod unglaze;
mod warp;

pub(crate) use canvas::Canvas;
pub(crate) use colour::{ToneMatch, measure_tone, oklab_from_srgb, srgb_from_oklab};
pub(crate) use fuse::fuse;
pub(crate) use inspect::{Inspection, inspect, texture_places};
pub(crate) use mask::find as find_mask;
pub(crate) use membrane::Membrane;
pub(crate) use pyramid::{Level, Pyramid};
pub(crate) use relight::Shading;
pub(crate) use shape::output_mesh;
pub(crate) use warp::{facing, is_mouth, keeps_mouth, trust_of_facing};

use crate::face::size_px;
use crate::hands::Hand;
use crate::image_f32::{Patch, Rect};
use crate::numeric::bounds;
use crate::photo::Photo;
use crate::source::SourceTexture;
use crate::topology::Topology;

/// Largest face, in pixels of its size, that is grafted at the photo's own resolution.
const WORKING_FACE_PX: f32 = 1024.0;
/// Room around the mesh, in photo pixels.
const MARGIN_PX: f32 = 4.0;
/// A source denser than this many times the target is reduced to the target's density, or it would alias.
const MAX_DENSITY: f32 = 1.0 / 0.75;

/// A face to take from, or to put onto: its photo, 468 landmarks in photo pixels, and the hands before it.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) photo: &'a Photo,
    pub(crate) landmarks: &'a [[f32; 3]],
    pub(crate) hands: &'a [Hand],
}

/// What the caller may choose; each in `0..=1`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strength {
    pub(crate) likeness: f32,
    pub(crate) skin_tone: f32,
}

/// Whose face is put on.
#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    /// One photo, at its own resolution.
    Photo(Subject<'a>),
    /// Photos fused.
    Texture(&'a SourceTexture),
}

impl Source<'_> {
    fn landmarks(&self) -> &[[f32; 3]] {
        match self {
            Self::Photo(subject) => subject.landmarks,
            Self::Texture(texture) => &texture.landmarks,
        }
    }
}

/// Draws `source`'s face onto `target`'s in `out`, which starts as a copy of the target's photo.
///
/// None when either face lies wholly outside its photo.
pub(crate) fn graft(
    topology: &Topology,
    source: Source<'_>,
    target: Subject<'_>,
    strength: Strength,
    out: &mut Photo,
) -> Option<()> {
    let shaped = shape::output_mesh(source.landmarks(), target.landmarks, strength.likeness)?;
    let rect = Rect::around(bounds(&shaped), MARGIN_PX, target.photo)?;
    let scale = (WORKING_FACE_PX / size_px(target.landmarks)).min(1.0);
    let patch = Patch::cut(target.photo, rect, scale);
    let mut canvas = Canvas::new(&patch, target.landmarks, &shaped);
    hands::cover(&mut canvas, &patch, target.hands);
    draw(&mut canvas, topology, source)?;
    mask::find(&mut canvas, topology);
    if let Some(tone) = colour::measure_tone(&canvas) {
        colour::match_tone(&mut canvas, &tone, strength.skin_tone);
    }
    relight::follow_target(&mut canvas, strength.skin_tone);
    matter::match_detail(&mut canvas, strength.skin_tone);
    canvas.finish_colours();
    gaze::follow_target(&mut canvas, &patch.image);
    membrane::join(&mut canvas);
    unglaze::borrow(&mut canvas);
    composite::write_back(&canvas, &patch, out);
    Some(())
}

fn draw(canvas: &mut Canvas<'_>, topology: &Topology, source: Source<'_>) -> Option<()> {
    match source {
        Source::Photo(subject) => {
            let texture = source_texture(subject, canvas.face_px)?;
            let painter = warp::Painter::new(topology, &texture);
            warp::draw_source(canvas, topology, |spot| painter.look(spot));
        }
        Source::Texture(source) => {
            let level = source.pyramid.level(canvas.face_px);
            warp::draw_source(canvas, topology, |spot| level.look(topology, spot));
        }
    }
    Some(())
}

/// The source's pixels at about the density they will be drawn at, and its landmarks among them.
fn source_texture(source: Subject<'_>, drawn_size_px: f32) -> Option<warp::Texture> {
    let rect = Rect::around(bounds(source.landmarks), 2.0 * MARGIN_PX, source.photo)?;
    let ratio = drawn_size_px / size_px(source.landmarks);
    let scale = if ratio * MAX_DENSITY < 1.0 { ratio } else { 1.0 };
    let patch = Patch::cut(source.photo, rect, scale);
    Some(warp::Texture::new(patch, source))
}
