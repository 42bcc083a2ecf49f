//! Measures the invisible mark: `cargo run --release -p engine --example watermark -- [photos] [portraits] [sides ...]`.
//!
//! Marks procedural portraits, and the photos of a folder if one is given (`-` for none), at each of the sides in
//! pixels, sends them on every way of `tests/common/travel.rs` and reads them back; then reads pictures without a mark.
//! Prints the tables of `docs/PROVENANCE.md`.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a command with a stopwatch, and its answer"
)]

#[path = "../tests/common/mottling.rs"]
mod mottling;
#[path = "../tests/common/travel.rs"]
mod travel;

use std::path::Path;
use std::time::{Duration, Instant};

use engine::Photo;
use engine::watermark::{detect, embed};
use image::imageops::{FilterType, resize};
use mottling::mottling;
use portrait::Portrait;
use travel::{PROMISED, WAYS, from, psnr_db, to};

const PORTRAITS: u64 = 40;
const SIDES: [u32; 3] = [512, 768, 2048];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().filter(|name| *name != "-");
    let portraits = arguments.get(1).map_or(Ok(PORTRAITS), |n| n.parse())?;
    let sides: Vec<u32> = arguments.iter().skip(2).map(|n| n.parse()).collect::<Result<_, _>>()?;
    let photos = folder.map_or_else(|| Ok(Vec::new()), |folder| read_all(Path::new(folder)))?;
    for side in if sides.is_empty() { SIDES.to_vec() } else { sides } {
        let drawn = (0..portraits).map(|seed| drawn(seed, side));
        measure(side, drawn.chain(photos.iter().map(|photo| sized(photo, side))));
    }
    Ok(())
}

fn read_all(folder: &Path) -> Result<Vec<Photo>, Box<dyn std::error::Error>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "jpg" || ending == "png"));
    paths.iter().map(|path| Ok(from(&image::open(path)?.to_rgb8()))).collect()
}

fn drawn(seed: u64, side: u32) -> Photo {
    // Larger ones are enlarged: what is measured is the mark, not the portrait.
    let drawing = portrait::render(&Portrait::nobody(seed), side.min(1024), side.min(1024));
    let photo = Photo::from_rgba(drawing.width, drawing.height, drawing.rgba).expect("sizes agree");
    sized(&photo, side)
}

fn sized(photo: &Photo, side: u32) -> Photo {
    let picture = to(photo);
    let height = (side * picture.height()).div_ceil(picture.width());
    from(&resize(&picture, side, height, FilterType::Lanczos3))
}

#[derive(Default)]
struct Tally {
    read: usize,
    wrong: usize,
    agreement: f64,
}

fn measure(side: u32, pictures: impl Iterator<Item = Photo>) {
    let mut tallies: Vec<Tally> = WAYS.iter().map(|_| Tally::default()).collect();
    let (mut count, mut unmarked, mut worst_db, mut sum_db) = (0, 0, f64::MAX, 0.0);
    let mut seen: Vec<f32> = Vec::new();
    let (mut embedding, mut detecting) = (Duration::ZERO, Duration::ZERO);
    for (seed, picture) in (1u32..).zip(pictures) {
        count += 1;
        unmarked += usize::from(detect(&picture).is_some());
        let payload = u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut marked = picture.clone();
        let start = Instant::now();
        embed(&mut marked, payload);
        embedding += start.elapsed();
        let db = psnr_db(&picture, &marked);
        (worst_db, sum_db) = (worst_db.min(db), sum_db + db);
        seen.extend(mottling(&picture, &marked));
        for (way, tally) in WAYS.iter().zip(&mut tallies) {
            let arrived = (way.go)(&marked, seed);
            let start = Instant::now();
            let found = detect(&arrived);
            detecting += start.elapsed();
            tally.read += usize::from(found.is_some_and(|found| found.payload == payload));
            tally.wrong += usize::from(found.is_some_and(|found| found.payload != payload));
            tally.agreement += found.map_or(0.0, |found| f64::from(found.agreement));
        }
    }
    let pictures = f64::from(count);
    println!("\n{count} pictures of {side} px: PSNR {:.2} dB, the worst {worst_db:.2}; ", sum_db / pictures);
    println!(
        "embedding {:.0} ms, reading {:.0} ms each; ",
        millis(embedding) / pictures,
        millis(detecting) / pictures / WAYS.len() as f64
    );
    seen.sort_by(f32::total_cmp);
    if let (Some(median), Some(worst)) = (seen.get(seen.len() / 2), seen.last()) {
        println!(
            "the worst flat block of {} pictures that have one: {median:.2} grey levels in the median, {worst:.2} at most; ",
            seen.len()
        );
    }
    println!("a mark read in {unmarked} of {count} unmarked ones.\n");
    println!("| on its way | read | read wrongly | bits heard right, where read |\n|---|---|---|---|");
    for (i, (way, tally)) in WAYS.iter().zip(&tallies).enumerate() {
        let promised = if i < PROMISED { ", promised" } else { "" };
        let share = 100.0 * tally.read as f64 / pictures;
        let agreement = 100.0 * tally.agreement / (tally.read + tally.wrong).max(1) as f64;
        println!(
            "| {}{promised} | {} of {count} ({share:.1} %) | {} | {agreement:.0} % |",
            way.name, tally.read, tally.wrong
        );
    }
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
