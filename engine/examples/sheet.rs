//! A contact sheet over a folder of photos, with measurements: `sheet <models> <photos> <out> [first] [count]`.
//!
//! Every photo's face goes onto the next photo's; each row of a sheet is source, target, result. For looking at the
//! graft with one's own eyes after a change.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "numbers and timings are what it is for")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use engine::codec::{Limits, decode, encode_png};
use engine::{Engine, Face, ModelFiles, Photo, SwapOptions, cpu};

const SIDE: usize = 384;
const ROWS: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [models, photos, out, rest @ ..] = arguments.as_slice() else {
        return Err("usage: sheet <models> <photos> <out> [first] [count]".into());
    };
    let number = |i: usize| rest.get(i).and_then(|a| a.to_str()).and_then(|a| a.parse::<usize>().ok());
    let engine = load(models)?;
    let subjects = find_all(&engine, photos)?;
    std::fs::create_dir_all(out)?;
    let (first, count) = (number(0).unwrap_or(0), number(1).unwrap_or(50));
    let mut rows = Vec::new();
    let (mut spent, mut errors) = (Duration::ZERO, Vec::new());
    for i in (first..first + count).map(|i| i % subjects.len()) {
        let (source, target) = (&subjects[i], &subjects[(i + 1) % subjects.len()]);
        let start = Instant::now();
        let options = SwapOptions::default();
        let swapped = engine.swap(&source.photo, &source.face, &target.photo, &[&target.face], &options)?;
        spent += start.elapsed();
        let quality = engine.quality(&swapped, &target.face);
        println!("{} on {}: {quality:?}", source.name, target.name);
        errors.push(quality.pose_error_deg);
        rows.push([source.photo.clone(), target.photo.clone(), swapped]);
        if rows.len() == ROWS {
            write_sheet(&out.join(format!("{}.png", i + 1 - ROWS)), &rows)?;
            rows.clear();
        }
    }
    let mean = errors.iter().sum::<f32>() / errors.len() as f32;
    println!("{} swaps, {:?} each, mean pose error {mean:.2} deg", errors.len(), spent / errors.len() as u32);
    Ok(())
}

struct Subject {
    name: String,
    photo: Photo,
    face: Face,
}

fn load(folder: &Path) -> Result<Engine, Box<dyn Error>> {
    let models = ModelFiles::read(|name| std::fs::read(folder.join(name)))?;
    Ok(Engine::load(&models, &cpu())?)
}

fn find_all(engine: &Engine, folder: &Path) -> Result<Vec<Subject>, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut subjects = Vec::new();
    let mut spent = Duration::ZERO;
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "jpg" || e == "png")) {
        let photo = decode(&std::fs::read(path)?, &Limits::default())?;
        let start = Instant::now();
        let faces = engine.find_faces(&photo);
        spent += start.elapsed();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if faces.len() != 1 {
            println!("{name}: {} faces", faces.len());
        }
        subjects.extend(faces.into_iter().next().map(|face| Subject { name, photo, face }));
    }
    println!("{} photos with a face, {:?} each", subjects.len(), spent / subjects.len().max(1) as u32);
    Ok(subjects)
}

fn write_sheet(path: &Path, rows: &[[Photo; 3]]) -> Result<(), Box<dyn Error>> {
    let (width, height) = (SIDE * 3, SIDE * rows.len());
    let mut rgba = vec![255u8; width * height * 4];
    for y in 0..height {
        for x in 0..width {
            let photo = &rows[y / SIDE][x / SIDE];
            let scale = |at: usize, size: u32| at % SIDE * size as usize / SIDE;
            let from = (scale(y, photo.height()) * photo.width() as usize + scale(x, photo.width())) * 4;
            let to = (y * width + x) * 4;
            rgba[to..to + 4].copy_from_slice(&photo.rgba()[from..from + 4]);
        }
    }
    std::fs::write(path, encode_png(&Photo::from_rgba(width as u32, height as u32, rgba)?)?)?;
    Ok(())
}
