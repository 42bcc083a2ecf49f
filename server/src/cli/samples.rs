//! `mog samples`: draws the gallery of portraits of nobody, and grafts two of them for the first page.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;
use contract::swaps::SwapOptions;
use engine::codec;
use engine::photo::Photo;
use portrait::Portrait;
use studio::Opened;

use super::{ModelsFolder, make_folder, read_file, write_file};

/// Side of a sample and of its thumbnail, in pixels.
const PICTURE_PX: u32 = 768;
const THUMBNAIL_PX: u32 = 160;

/// JPEG quality of a sample.
const QUALITY: u8 = 90;

/// JPEG quality of the graft that the first page shows until it has made its own.
const FIRST_LOOK_QUALITY: u8 = 80;

/// The graft that is made beforehand.
pub(crate) struct FirstLook {
    /// Whose face.
    pub(crate) source: &'static str,
    /// On whose picture.
    pub(crate) target: &'static str,
    /// The file's name, beside the samples.
    pub(crate) file: &'static str,
}

/// Two portraits that differ in all that a graft changes, and in what it leaves as it is.
pub(crate) const FIRST_LOOK: FirstLook =
    FirstLook { source: "laughter", target: "porcelain", file: "first-look.jpg" };

/// Draw the gallery of sample portraits, and graft two of them.
#[derive(Debug, Args)]
pub(super) struct Samples {
    /// Where they go.
    #[arg(long, default_value = "assets/samples")]
    to: PathBuf,
    #[command(flatten)]
    models: ModelsFolder,
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
        self.first_look()
    }

    /// Grafts the two portraits as the browser will, from the same files.
    fn first_look(&self) -> anyhow::Result<()> {
        let engine = self.models.load()?;
        let open = |name: &str| {
            let file = read_file(&self.to.join(format!("{name}.jpg")))?;
            Opened::read(&engine, &file).map_err(|code| anyhow!("{name}: {}", code.as_str()))
        };
        let (source, target) = (open(FIRST_LOOK.source)?, open(FIRST_LOOK.target)?);
        let swapped = studio::swap(&engine, &source, &target, &SwapOptions::default())
            .map_err(|failure| anyhow!("the first look: {}", failure.code.as_str()))?;
        let file = codec::encode_jpeg(&swapped.photo, FIRST_LOOK_QUALITY)?;
        write_file(&self.to.join(FIRST_LOOK.file), &file)
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
