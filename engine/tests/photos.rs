//! The development photos: 58 faces of nobody. They are not in the repository, so elsewhere this says so and passes.

mod common;

use std::path::{Path, PathBuf};

use engine::codec::{Limits, decode};
use engine::{Engine, Face, Photo, SwapOptions};

/// Photos that need not have a face found: two of 58.
const MAY_MISS: usize = 2;
const PAIRS: usize = 50;
const MAX_POSE_ERROR_DEG: f32 = 3.2;

fn folder() -> Option<PathBuf> {
    let folder = common::photos();
    if folder.is_none() {
        eprintln!("SKIPPED: ../shared/photos is absent; it holds photos for development only");
    }
    folder
}

fn read(path: &Path) -> Photo {
    decode(&std::fs::read(path).expect("the photo is there"), &Limits::default()).expect("it is a photo")
}

fn synthetic(folder: &Path) -> Vec<Photo> {
    (1..=58).map(|i| read(&folder.join(format!("synthetic/s{i:02}.jpg")))).collect()
}

fn largest(engine: &Engine, photos: Vec<Photo>) -> Vec<(Photo, Face)> {
    photos
        .into_iter()
        .filter_map(|photo| engine.find_faces(&photo).into_iter().next().map(|face| (photo, face)))
        .collect()
}

#[test]
fn faces_are_found_and_swapped_with_their_pose() {
    let Some(folder) = folder() else { return };
    let engine = common::engine();
    let photos = synthetic(&folder);
    let total = photos.len();
    let subjects = largest(&engine, photos);
    eprintln!("a face in {} of {total} photos", subjects.len());
    assert!(subjects.len() + MAY_MISS >= total);

    let mut errors = Vec::new();
    for i in 0..PAIRS {
        let ((source, from), (target, onto)) = (&subjects[i], &subjects[(i + 1) % subjects.len()]);
        let swapped =
            engine.swap(source, from, target, &[onto], &SwapOptions::default()).expect("both have faces");
        assert_eq!((swapped.width(), swapped.height()), (target.width(), target.height()));
        let certificate = engine.certify(target, &[onto], &swapped).expect("one is made of the other");
        errors.push(certificate.faces[0].pose_error_deg);
    }
    let mean = errors.iter().sum::<f32>() / errors.len() as f32;
    eprintln!("{PAIRS} swaps, pose error {mean:.2} degrees in the mean");
    assert!(mean <= MAX_POSE_ERROR_DEG, "{mean} degrees");
}

#[test]
fn the_astronaut_has_one_face_and_looks_to_her_right() {
    let Some(folder) = folder() else { return };
    let engine = common::engine();
    let photo = read(&folder.join("astronaut.png"));
    let face = common::only_face(&engine, &photo);
    let [left, top, right, bottom] = face.bounds();
    // Her face lies here in the 512 x 512 picture.
    assert!(left > 150.0 && right < 300.0 && top > 40.0 && bottom < 220.0, "{:?}", face.bounds());
    assert!(face.pose().yaw_deg.abs() < 45.0 && face.score > 0.9);
}
