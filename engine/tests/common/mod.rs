//! What the engine's tests share: the models, pictures made by formula, the development photos.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::PathBuf;

use engine::convert::convert;
use engine::models::{Manifest, Package};
use engine::{Engine, Face, ModelFiles, Photo, cpu};

/// The engine, from the records set-up wrote.
pub(crate) fn engine() -> Engine {
    Engine::load(&models(), &cpu()).expect("set-up's records load")
}

/// The records set-up wrote; a test without them cannot say anything and must fail.
pub(crate) fn models() -> ModelFiles {
    let folder =
        std::env::var_os("MOG_MODELS").map_or_else(|| workspace().join("assets/models"), PathBuf::from);
    let absent = |e| panic!("no models in {} ({e}): run `cargo xtask models` first", folder.display());
    ModelFiles::read(|name| std::fs::read(folder.join(name))).unwrap_or_else(absent)
}

/// Cargo runs tests in their package's folder; a path fixed when compiling would be another clone's.
pub(crate) fn workspace() -> PathBuf {
    PathBuf::from("..")
}

/// The packages that carry the models: of faces, and of hands.
pub(crate) fn packages() -> [Package; 2] {
    let manifest = Manifest::embedded().expect("the manifest parses");
    manifest.packages.try_into().expect("faces and hands")
}

/// A package's file, where npm put it; a test without it must fail, too.
pub(crate) fn packaged(package: &Package, file: &str) -> Vec<u8> {
    let path = workspace().join("node_modules").join(&package.name).join(file);
    let absent = |e| panic!("no {} ({e}): run `cargo xtask models` first", path.display());
    std::fs::read(&path).unwrap_or_else(absent)
}

/// The record of that name, converted anew: the models' folder of a browser build may lack it.
pub(crate) fn record(name: &str) -> Vec<u8> {
    let of = |package: &Package| convert(package, |file| Some(packaged(package, file))).expect("it converts");
    let mut records = packages().iter().flat_map(of).collect::<Vec<_>>().into_iter();
    records.find(|record| record.file_name == name).expect("it is one of them").bytes
}

/// A fixture's list of numbers.
pub(crate) fn numbers(case: &serde_json::Value, key: &str) -> Vec<f32> {
    let list = case[key].as_array().expect("the fixture has this list");
    list.iter().map(|v| v.as_f64().expect("a number") as f32).collect()
}

/// Photos of nobody that developers have and the repository has not; none elsewhere.
pub(crate) fn photos() -> Option<PathBuf> {
    let folder = workspace().join("../shared/photos");
    folder.join("synthetic").is_dir().then_some(folder)
}

/// RGB bytes of the schematic face of `fixtures/make.py`, `side` x `side`.
pub(crate) fn schematic_face(side: usize) -> Vec<u8> {
    const PARTS: [([f64; 4], [u8; 3]); 10] = [
        ([0.50, 0.50, 0.33, 0.43], [205, 160, 135]),
        ([0.50, 0.16, 0.30, 0.13], [60, 40, 30]),
        ([0.37, 0.42, 0.07, 0.03], [240, 240, 238]),
        ([0.63, 0.42, 0.07, 0.03], [240, 240, 238]),
        ([0.37, 0.42, 0.03, 0.03], [50, 35, 25]),
        ([0.63, 0.42, 0.03, 0.03], [50, 35, 25]),
        ([0.37, 0.35, 0.09, 0.015], [70, 45, 35]),
        ([0.63, 0.35, 0.09, 0.015], [70, 45, 35]),
        ([0.50, 0.57, 0.05, 0.04], [180, 130, 110]),
        ([0.50, 0.72, 0.11, 0.03], [170, 80, 80]),
    ];
    let place = |i: usize| (i as f64 + 0.5) / side as f64;
    let square = |v: f64| v * v;
    (0..side * side)
        .flat_map(|i| {
            let (x, y) = (place(i % side), place(i / side));
            let ground = [40.0 + 60.0 * x, 60.0 + 50.0 * y, 110.0 + 40.0 * x * y].map(|v| v as u8);
            let inside = |p: &[f64; 4]| square((x - p[0]) / p[2]) + square((y - p[1]) / p[3]) <= 1.0;
            PARTS.iter().rev().find(|(p, _)| inside(p)).map_or(ground, |&(_, colour)| colour)
        })
        .collect()
}

/// RGB bytes of the pattern of `fixtures/make.py`.
pub(crate) fn pattern(side: usize) -> Vec<u8> {
    (0..side * side * 3).map(|n| ((n * 7919 + n / 97 * 104_729) % 251) as u8).collect()
}

/// A photo of the schematic face, `side` x `side`, at the middle of a `width` x `height` ground.
pub(crate) fn photo_of_face(width: u32, height: u32, side: u32) -> Photo {
    photo_of_faces(width, height, side, &[[(width - side) / 2, (height - side) / 2]])
}

/// The same with a face at each place (left, top).
pub(crate) fn photo_of_faces(width: u32, height: u32, side: u32, places: &[[u32; 2]]) -> Photo {
    let face = schematic_face(side as usize);
    let mut rgba: Vec<u8> = (0..width * height).flat_map(|i| [40, 60, 110, (i % 200) as u8 + 55]).collect();
    for [left, top] in places {
        for (i, rgb) in face.chunks_exact(3).enumerate() {
            let (x, y) = (left + i as u32 % side, top + i as u32 / side);
            rgba[((y * width + x) * 4) as usize..][..3].copy_from_slice(rgb);
        }
    }
    Photo::from_rgba(width, height, rgba).expect("sizes agree")
}

/// The one face of a photo that has one.
pub(crate) fn only_face(engine: &Engine, photo: &Photo) -> Face {
    let faces = engine.find_faces(photo);
    assert_eq!(faces.len(), 1, "one face is drawn");
    faces.into_iter().next().expect("counted above")
}

/// Marsaglia's xorshift: a test's own, repeatable disorder.
pub(crate) struct Xorshift(pub(crate) u64);

impl Xorshift {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}
