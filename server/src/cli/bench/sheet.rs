//! Contact sheets: source, target and result of many pairs side by side with what was measured, for one's own eyes.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::slice;

use anyhow::{Context, anyhow, bail};
use contract::swaps::SwapOptions;
use engine::Engine;
use engine::certificate::Reading;
use studio::Opened;

use super::page::{PAIRS, Page, cropped};
use crate::cli::{make_folder, read_file, write_file};

/// Endings of the photos that are looked for.
const ENDINGS: [&str; 4] = ["jpg", "jpeg", "png", "webp"];

/// What to make sheets of.
pub(super) struct Sheet {
    pub(super) engine: Engine,
    pub(super) folder: PathBuf,
    pub(super) pairs: Option<PathBuf>,
    pub(super) to: PathBuf,
}

impl Sheet {
    /// Writes `sheet-01.png` and so on, `certificates.csv`, and each result as a PNG of its own.
    pub(super) fn run(self) -> anyhow::Result<()> {
        let photos = self.photos()?;
        let pairs = self.pairs(&photos)?;
        make_folder(&self.to)?;
        let mut csv =
            "pair,source,target,pose_error_deg,expression_error_percent,seam_delta_e,sharpness_ratio\n"
                .to_owned();
        let mut all: Vec<[Reading; 4]> = Vec::new();
        for (number, group) in pairs.chunks(PAIRS).enumerate() {
            let mut page = Page::new(group.len());
            for (source, target) in group {
                let (pictures, readings) = self.pair(&photos, source, target)?;
                page.add(all.len() + 1, &pictures, &readings);
                all.push(readings);
                let values = readings.map(|reading| format!("{:.3}", reading.value)).join(",");
                csv += &format!("{},{source},{target},{values}\n", all.len());
            }
            write_file(&self.to.join(format!("sheet-{:02}.png", number + 1)), &page.encode()?)?;
        }
        write_file(&self.to.join("certificates.csv"), csv.as_bytes())?;
        let mut out = std::io::stdout().lock();
        write!(out, "{csv}")?;
        writeln!(
            out,
            "median of {},,,{}",
            all.len(),
            medians(&all).map(|value| format!("{value:.3}")).join(",")
        )?;
        Ok(())
    }

    /// The folder's photos that show somebody, by their names without endings.
    fn photos(&self) -> anyhow::Result<BTreeMap<String, Opened>> {
        let mut photos = BTreeMap::new();
        let entries = std::fs::read_dir(&self.folder)
            .with_context(|| format!("cannot read {}", self.folder.display()))?;
        for path in entries.map(|entry| entry.map(|entry| entry.path())) {
            let path = path?;
            let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
            if !ENDINGS.iter().any(|known| ending == *known) {
                continue;
            }
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let opened =
                Opened::read(&self.engine, &read_file(&path)?).map_err(|code| anyhow!("{name}: {code}"))?;
            if opened.faces().is_empty() {
                writeln!(std::io::stderr(), "{name}: no face")?;
            } else {
                photos.insert(name, opened);
            }
        }
        Ok(photos)
    }

    /// Names of sources and targets: those of the file, or each photo onto the next.
    fn pairs(&self, photos: &BTreeMap<String, Opened>) -> anyhow::Result<Vec<(String, String)>> {
        let Some(path) = &self.pairs else { return Ok(each_onto_the_next(photos.keys())) };
        let text = String::from_utf8(read_file(path)?)?;
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| pair_of(line, path)).collect()
    }

    /// Swaps one pair: its three pictures, cut out around the faces, and what was measured.
    fn pair(
        &self,
        photos: &BTreeMap<String, Opened>,
        source: &str,
        target: &str,
    ) -> anyhow::Result<([image::RgbImage; 3], [Reading; 4])> {
        let photo = |name: &str| photos.get(name).with_context(|| format!("no face in a photo {name}"));
        let (from, onto) = (photo(source)?, photo(target)?);
        let options = SwapOptions { target_faces: Some(vec![0]), ..SwapOptions::default() };
        let failed = |failure: studio::Failure| anyhow!("{source} onto {target}: {}", failure.code);
        let swapped = studio::swap(&self.engine, slice::from_ref(from), onto, &options).map_err(failed)?;
        let certificate = studio::certify(&self.engine, onto, &swapped.photo, &options).map_err(failed)?;
        let [face] = certificate.faces.as_slice() else { bail!("one face was swapped") };
        write_file(
            &self.to.join(format!("{source}-{target}.png")),
            &engine::codec::encode_png(&swapped.photo)?,
        )?;
        let bounds = |opened: &Opened| opened.faces()[0].bounds();
        let pictures = [
            cropped(from.photo(), bounds(from))?,
            cropped(onto.photo(), bounds(onto))?,
            cropped(&swapped.photo, bounds(onto))?,
        ];
        Ok((pictures, face.readings()))
    }
}

fn each_onto_the_next<'a>(names: impl Iterator<Item = &'a String> + Clone) -> Vec<(String, String)> {
    let next = names.clone().cycle().skip(1);
    names.cloned().zip(next.cloned()).collect()
}

fn pair_of(line: &str, path: &Path) -> anyhow::Result<(String, String)> {
    match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        [source, target] => Ok(((*source).to_owned(), (*target).to_owned())),
        _ => bail!("{}: {line:?} is not a source and a target", path.display()),
    }
}

/// The median of each measure; 0 of none.
fn medians(all: &[[Reading; 4]]) -> [f32; 4] {
    [0, 1, 2, 3].map(|measure| {
        let mut values: Vec<f32> = all.iter().map(|readings| readings[measure].value).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_goes_onto_the_next_and_the_last_onto_the_first() {
        let names = ["a", "b", "c"].map(str::to_owned);
        let pairs = each_onto_the_next(names.iter());
        let joined: Vec<String> = pairs.iter().map(|(source, target)| format!("{source}{target}")).collect();
        assert_eq!(joined, ["ab", "bc", "ca"]);
    }

    #[test]
    fn a_line_names_two() {
        assert!(pair_of(" s01  s02 ", Path::new("pairs.txt")).is_ok());
        assert!(pair_of("s01", Path::new("pairs.txt")).is_err());
    }
}
