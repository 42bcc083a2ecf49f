//! `mog swap`: one swap at the command line.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{anyhow, bail};
use clap::Args;
use contract::studio::{MOST_MORE_SOURCES, Slot};
use contract::swaps::{LabelCorner, LabelOptions, LabelSize, OutputFormat, SwapOptions};
use engine::Engine;
use engine::certificate::{Certificate, FaceCertificate, Grade, Reading};
use platform::provenance::{Origin, ProvenanceService};
use serde::Serialize;
use studio::{Failure, Opened};

use super::{EngineArgs, read_file, write_file};
use crate::ports::{SystemClock, SystemRandom};

/// A certificate with what its values are worth.
#[derive(Debug, Serialize)]
struct GradedCertificate<'a> {
    /// The worst of all.
    grade: Grade,
    /// Each face's measures, one by one.
    readings: Vec<[Reading; 4]>,
    background: Grade,
    #[serde(flatten)]
    certificate: &'a Certificate,
}

impl<'a> GradedCertificate<'a> {
    fn of(certificate: &'a Certificate) -> Self {
        Self {
            grade: certificate.grade(),
            readings: certificate.faces.iter().map(FaceCertificate::readings).collect(),
            background: certificate.background().grade,
            certificate,
        }
    }
}

/// Whom the manifest's certificate names: the command line has no instance, and makes a key for each picture.
const SIGNED_BY: &str = "MOG AI, command line";

/// Graft the face of one photo onto the faces of another.
#[derive(Debug, Args)]
pub(super) struct Swap {
    /// The photo with the face to use.
    #[arg(long)]
    source: PathBuf,
    /// Another photo of the same person, whose largest face is fused with the source's; up to four of them.
    #[arg(long, value_name = "FILE")]
    also: Vec<PathBuf>,
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
    /// The corner of the label: top-left, top-right, bottom-left or bottom-right.
    #[arg(long, default_value = "bottom-right", value_parser = label_corner)]
    label_corner: LabelCorner,
    /// The label's size: small, medium or large.
    #[arg(long, default_value = "medium", value_parser = label_size)]
    label_size: LabelSize,
    /// Where the quality certificate goes, as JSON (docs/QUALITY.md).
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineArgs,
}

impl Swap {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let format = self.format()?;
        let options = self.options();
        let engine = self.engine.load()?;
        if self.also.len() > MOST_MORE_SOURCES {
            bail!("a face can come from {} photos at most: give --also less often", MOST_MORE_SOURCES + 1);
        }
        let paths = std::iter::once(&self.source).chain(&self.also);
        let source_files = paths.map(|path| read_file(path)).collect::<anyhow::Result<Vec<_>>>()?;
        let target_file = read_file(&self.target)?;
        let sources = source_files.iter().map(|file| open(&engine, Slot::Source, file));
        let sources = sources.collect::<anyhow::Result<Vec<_>>>()?;
        let target = open(&engine, Slot::Target, &target_file)?;
        let swapped = studio::swap(&engine, &sources, &target, &options).map_err(sentence)?;
        if let Some(path) = &self.certificate {
            let certificate =
                studio::certify(&engine, &target, &swapped.photo, &options).map_err(sentence)?;
            write_file(path, &serde_json::to_vec_pretty(&GradedCertificate::of(&certificate))?)?;
        }
        let provenance = ProvenanceService::passing(SIGNED_BY, Arc::new(SystemClock), &SystemRandom)?;
        let source_files: Vec<&[u8]> = source_files.iter().map(Vec::as_slice).collect();
        let (sources, target) = (source_files.as_slice(), target_file.as_slice());
        let origin = Origin { id: swapped.fingerprint(), label: options.label, sources, target };
        write_file(&self.output, &provenance.mark(swapped, format, &origin)?)
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

    fn label(&self) -> LabelOptions {
        LabelOptions { corner: self.label_corner, size: self.label_size }
    }

    fn options(&self) -> SwapOptions {
        SwapOptions {
            likeness: self.likeness,
            skin_tone: self.skin_tone,
            source_face: self.source_face,
            target_faces: (!self.target_face.is_empty()).then(|| self.target_face.clone()),
            label: self.label(),
        }
    }
}

fn label_corner(name: &str) -> Result<LabelCorner, String> {
    match name {
        "top-left" => Ok(LabelCorner::TopLeft),
        "top-right" => Ok(LabelCorner::TopRight),
        "bottom-left" => Ok(LabelCorner::BottomLeft),
        "bottom-right" => Ok(LabelCorner::BottomRight),
        _ => Err("top-left, top-right, bottom-left or bottom-right".to_owned()),
    }
}

fn label_size(name: &str) -> Result<LabelSize, String> {
    match name {
        "small" => Ok(LabelSize::Small),
        "medium" => Ok(LabelSize::Medium),
        "large" => Ok(LabelSize::Large),
        _ => Err("small, medium or large".to_owned()),
    }
}

fn open(engine: &Engine, slot: Slot, file: &[u8]) -> anyhow::Result<Opened> {
    Opened::read(engine, file).map_err(|code| sentence(Failure::of(slot, code)))
}

fn sentence(failure: Failure) -> anyhow::Error {
    match failure.slot {
        Some(slot) => anyhow!("{} ({})", failure.code, slot.as_str()),
        None => anyhow!(failure.code),
    }
}
