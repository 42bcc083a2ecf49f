//! `mog samples`: draws the gallery of portraits of nobody.

use std::path::PathBuf;

use clap::Args;
use engine::codec;
use engine::photo::Photo;
use portrait::Portrait;

use super::{make_folder, write_file};

/// Side of a sample and of its thumbnail, in pixels.
const PICTURE_PX: u32 = 768;
const THUMBNAIL_PX: u32 = 160;

/// JPEG quality of a sample.
const QUALITY: u8 = 90;

/// Draw the gallery of sample portraits.
#[derive(Debug, Args)]
pub(super) struct Samples {
    /// Where they go.
    #[arg(long, default_value = "assets/samples")]
    to: PathBuf,
}

impl Samples {
    pub(super) fn run(self) -> anyhow::Result<()> {
        make_folder(&self.to)?;
        for sample in portrait::gallery() {
            for (ending, side_px) in [("", PICTURE_PX), ("-thumbnail", THUMBNAIL_PX)] {
                let file = draw(&sample.portrait, side_px)?;
                write_file(&self.to.join(format!("{}{ending}.jpg", sample.name)), &file)?;
            }
        }
        Ok(())
    }
}

fn draw(portrait: &Portrait, side_px: u32) -> anyhow::Result<Vec<u8>> {
    let photo = drawn(portrait, side_px)?;
    Ok(codec::encode_jpeg(&photo, QUALITY)?)
}

/// A portrait as the engine takes it.
pub(super) fn drawn(portrait: &Portrait, side_px: u32) -> anyhow::Result<Photo> {
    let drawing = portrait::render(portrait, side_px, side_px);
    Ok(Photo::from_rgba(drawing.width, drawing.height, drawing.rgba)?)
}
