//! `mog samples`: draws the gallery of portraits of nobody, and grafts two of them for the first page.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;
use contract::assets::SampleView;
use contract::swaps::SwapOptions;
use engine::photo::Photo;
use portrait::{Portrait, Pose};
use studio::Opened;

use super::{EngineArgs, make_folder, read_file, write_file};

/// Side of a sample's thumbnail, in pixels.
const THUMBNAIL_PX: u32 = 128;

/// WebP quality of a sample, which is swapped with, and of what is only looked at. At these, WebP needs a third to a half of
/// the bytes that JPEG does (docs/adr/0044).
const QUALITY: f32 = 82.0;
const LOOK_QUALITY: f32 = 60.0;

/// The graft that is made beforehand.
pub(crate) struct FirstLook {
    /// Whose face.
    pub(crate) source: &'static str,
    /// On whose picture.
    pub(crate) target: &'static str,
    /// The graft's name, beside the samples.
    pub(crate) file: &'static str,
}

/// Two portraits that differ in all that a graft changes, and in what it leaves as it is.
pub(crate) const FIRST_LOOK: FirstLook =
    FirstLook { source: "laughter", target: "porcelain", file: "first-look.webp" };

/// Draw the gallery of sample portraits, and graft two of them.
#[derive(Debug, Args)]
pub(super) struct Samples {
    /// Where they go.
    #[arg(long, default_value = "assets/samples")]
    to: PathBuf,
    /// Draw a clip for a browser's fake camera instead: a portrait that looks about, as motion JPEG, in this file
    #[arg(long, value_name = "FILE")]
    clip: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineArgs,
}

impl Samples {
    pub(super) fn run(self) -> anyhow::Result<()> {
        if let Some(file) = &self.clip {
            return write_file(file, &clip()?);
        }
        make_folder(&self.to)?;
        for sample in portrait::gallery() {
            let sizes = [
                ("", SampleView::PICTURE_PX, QUALITY),
                ("-look", SampleView::LOOK_PX, LOOK_QUALITY),
                ("-thumbnail", THUMBNAIL_PX, LOOK_QUALITY),
            ];
            for (ending, side_px, quality) in sizes {
                let file = encode(&drawn(&sample.portrait, side_px)?, quality)?;
                write_file(&self.to.join(format!("{}{ending}.webp", sample.name)), &file)?;
            }
        }
        self.first_look()
    }

    /// Grafts the two portraits as the browser will, onto the smaller picture.
    fn first_look(&self) -> anyhow::Result<()> {
        let engine = self.engine.load()?;
        let before = read_file(&self.to.join(format!("{}-look.webp", FIRST_LOOK.target)))?;
        let open = |name: &str, file: &[u8]| {
            Opened::read(&engine, file).map_err(|code| anyhow!("{name}: {}", code.as_str()))
        };
        let source = read_file(&self.to.join(format!("{}.webp", FIRST_LOOK.source)))?;
        let sources = [open(FIRST_LOOK.source, &source)?];
        let target = open(FIRST_LOOK.target, &before)?;
        let swapped = studio::swap(&engine, &sources, &target, &SwapOptions::default())
            .map_err(|failure| anyhow!("the first look: {}", failure.code.as_str()))?;
        let file = encode(&swapped.photo, LOOK_QUALITY)?;
        write_file(&self.to.join(FIRST_LOOK.file), &file)
    }
}

/// Frames of the clip, which begins again where it ends; 30 a second.
const CLIP_FRAMES: u32 = 60;
/// Of those, one is drawn and the others repeat it: as a camera's pictures do, when the head is slower than the shutter.
const CLIP_STEP: u32 = 3;
/// The clip's size in pixels, and the side of the portrait within.
const CLIP_SIZE: (u32, u32) = (1280, 720);
const CLIP_PORTRAIT_PX: u32 = 560;

/// A head that turns, nods and blinks in front of a grey wall.
fn clip() -> anyhow::Result<Vec<u8>> {
    let sitter = portrait::gallery().swap_remove(1).portrait;
    let mut file = Vec::new();
    for at in (0..CLIP_FRAMES).step_by(CLIP_STEP as usize) {
        let turn = std::f32::consts::TAU * at as f32 / CLIP_FRAMES as f32;
        let mut moved = sitter.clone();
        moved.pose =
            Pose { yaw_deg: 14.0 * turn.sin(), pitch_deg: 5.0 * turn.cos(), roll_deg: 4.0 * turn.sin() };
        moved.expression.smile = 0.5 + 0.4 * turn.cos();
        moved.expression.blink = if at == CLIP_FRAMES / 2 { 0.9 } else { 0.0 };
        let left = 360.0 + 90.0 * turn.sin();
        let frame = on_a_wall(&drawn(&moved, CLIP_PORTRAIT_PX)?, left as usize)?;
        let frame = engine::codec::encode_jpeg(&frame, 92)?;
        (0..CLIP_STEP).for_each(|_| file.extend_from_slice(&frame));
    }
    Ok(file)
}

/// A picture of the clip's size with the portrait at its foot.
fn on_a_wall(portrait: &Photo, left: usize) -> anyhow::Result<Photo> {
    let (width, height) = CLIP_SIZE;
    let mut rgba = [112, 118, 122, 255].repeat((width * height) as usize);
    let top = (height - portrait.height()) as usize;
    for (y, row) in portrait.rgba().chunks_exact(portrait.width() as usize * 4).enumerate() {
        rgba[((top + y) * width as usize + left) * 4..][..row.len()].copy_from_slice(row);
    }
    Ok(Photo::from_rgba(width, height, rgba)?)
}

/// A photo as lossy WebP, which every browser that runs the app can show.
fn encode(photo: &Photo, quality: f32) -> anyhow::Result<Vec<u8>> {
    let encoded = webp::Encoder::from_rgba(photo.rgba(), photo.width(), photo.height());
    let file = encoded.encode_simple(false, quality);
    Ok(file.map_err(|why| anyhow!("libwebp refuses the picture: {why:?}"))?.to_vec())
}

/// A portrait as the engine takes it.
pub(super) fn drawn(portrait: &Portrait, side_px: u32) -> anyhow::Result<Photo> {
    let drawing = portrait::render(portrait, side_px, side_px);
    Ok(Photo::from_rgba(drawing.width, drawing.height, drawing.rgba)?)
}
