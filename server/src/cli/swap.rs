//! `mog swap`: one swap at the command line.

use std::path::PathBuf;

use anyhow::{anyhow, bail};
use clap::Args;
use contract::studio::Slot;
use contract::swaps::{OutputFormat, SwapOptions};
use engine::Engine;
use studio::{Failure, Opened};

use super::{ModelsFolder, read_file, write_file};

/// Graft the face of one photo onto the faces of another.
#[derive(Debug, Args)]
pub(super) struct Swap {
    /// The photo with the face to use.
    #[arg(long)]
    source: PathBuf,
    /// The photo to put it into.
    #[arg(long)]
    target: PathBuf,
    /// Where the result goes; its ending (.jpg, .jpeg or .png) says as what.
    #[arg(short, long)]
    output: PathBuf,
    /// How far the face's shape goes to the source's, 0 to 100.
    #[arg(long, default_value_t = SwapOptions::default().likeness)]
    likeness: u8,
    /// How far the skin's colour goes to the target's, 0 to 100.
    #[arg(long, default_value_t = SwapOptions::default().skin_tone)]
    skin_tone: u8,
    /// Which of the source's faces to use; 0 is the largest.
    #[arg(long, default_value_t = 0)]
    source_face: usize,
    /// Which of the target's faces to change, 0 being the largest; all of them if not given.
    #[arg(long)]
    target_face: Vec<usize>,
    #[command(flatten)]
    models: ModelsFolder,
}

impl Swap {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let format = self.format()?;
        let options = self.options();
        let engine = self.models.load()?;
        let source = open(&engine, Slot::Source, &self.source)?;
        let target = open(&engine, Slot::Target, &self.target)?;
        let swapped = studio::swap(&engine, &source, &target, &options).map_err(sentence)?;
        write_file(&self.output, &studio::encode(&swapped.photo, format)?)
    }

    fn format(&self) -> anyhow::Result<OutputFormat> {
        match self
            .output
            .extension()
            .and_then(|ending| ending.to_str())
            .map(str::to_ascii_lowercase)
            .as_deref()
        {
            Some("jpg" | "jpeg") => Ok(OutputFormat::Jpeg),
            Some("png") => Ok(OutputFormat::Png),
            _ => bail!("the output's name must end in .jpg, .jpeg or .png"),
        }
    }

    fn options(&self) -> SwapOptions {
        SwapOptions {
            likeness: self.likeness,
            skin_tone: self.skin_tone,
            source_face: self.source_face,
            target_faces: (!self.target_face.is_empty()).then(|| self.target_face.clone()),
        }
    }
}

fn open(engine: &Engine, slot: Slot, path: &std::path::Path) -> anyhow::Result<Opened> {
    Opened::read(engine, &read_file(path)?).map_err(|code| sentence(Failure::of(slot, code)))
}

fn sentence(failure: Failure) -> anyhow::Error {
    match failure.slot {
        Some(slot) => anyhow!("{} ({})", failure.code, slot.as_str()),
        None => anyhow!(failure.code),
    }
}
