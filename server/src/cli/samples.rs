//! `mog samples`: draws the gallery of portraits of nobody, and grafts two of them for the first page.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use contract::swaps::SwapOptions;
use engine::photo::Photo;
use portrait::Portrait;
use studio::Opened;

use super::{EngineArgs, make_folder, read_file, write_file};

/// Side of a sample and of its thumbnail, in pixels.
const PICTURE_PX: u32 = 768;
const THUMBNAIL_PX: u32 = 128;

/// WebP quality of a sample, which is swapped with, and of what is only looked at. At these, WebP needs a third to a half of
/// the bytes that JPEG does (docs/adr/0044).
const QUALITY: f32 = 82.0;
const LOOK_QUALITY: f32 = 70.0;

/// Side of the pictures that the first page shows until it has made its own, in pixels: what a phone shows of it.
const FIRST_LOOK_PX: u32 = 640;

/// The graft that is made beforehand.
pub(crate) struct FirstLook {
    /// Whose face.
    pub(crate) source: &'static str,
    /// On whose picture.
    pub(crate) target: &'static str,
    /// The picture's name as it was, beside the samples.
    pub(crate) before: &'static str,
    /// The graft's.
    pub(crate) file: &'static str,
}

/// Two portraits that differ in all that a graft changes, and in what it leaves as it is.
pub(crate) const FIRST_LOOK: FirstLook = FirstLook {
    source: "laughter",
    target: "porcelain",
    before: "first-look-before.webp",
    file: "first-look.webp",
};

/// Draw the gallery of sample portraits, and graft two of them.
#[derive(Debug, Args)]
pub(super) struct Samples {
    /// Where they go.
    #[arg(long, default_value = "assets/samples")]
    to: PathBuf,
    #[command(flatten)]
    engine: EngineArgs,
}

impl Samples {
    pub(super) fn run(self) -> anyhow::Result<()> {
        make_folder(&self.to)?;
        for sample in portrait::gallery() {
            let sizes = [("", PICTURE_PX, QUALITY), ("-thumbnail", THUMBNAIL_PX, LOOK_QUALITY)];
            for (ending, side_px, quality) in sizes {
                let file = encode(&drawn(&sample.portrait, side_px)?, quality)?;
                write_file(&self.to.join(format!("{}{ending}.webp", sample.name)), &file)?;
            }
        }
        self.first_look()
    }

    /// Grafts the two portraits as the browser will, onto a smaller picture.
    fn first_look(&self) -> anyhow::Result<()> {
        let engine = self.engine.load()?;
        let target = portrait::gallery().into_iter().find(|sample| sample.name == FIRST_LOOK.target);
        let target = target.context("the first look's portrait is in the gallery")?.portrait;
        let before = encode(&drawn(&target, FIRST_LOOK_PX)?, LOOK_QUALITY)?;
        write_file(&self.to.join(FIRST_LOOK.before), &before)?;
        let open = |name: &str, file: &[u8]| {
            Opened::read(&engine, file).map_err(|code| anyhow!("{name}: {}", code.as_str()))
        };
        let source = read_file(&self.to.join(format!("{}.webp", FIRST_LOOK.source)))?;
        let source = open(FIRST_LOOK.source, &source)?;
        let target = open(FIRST_LOOK.target, &before)?;
        let swapped = studio::swap(&engine, &source, &target, &SwapOptions::default())
            .map_err(|failure| anyhow!("the first look: {}", failure.code.as_str()))?;
        let file = encode(&swapped.photo, LOOK_QUALITY)?;
        write_file(&self.to.join(FIRST_LOOK.file), &file)
    }
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
