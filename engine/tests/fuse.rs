//! Several photos of one face fused: what one lacks another fills, and light from one side is evened out.

mod common;

use common::only_face;
use engine::{Engine, Face, Photo, SwapError, SwapOptions};
use portrait::{Portrait, Pose, gallery, render};

const SIDE: u32 = 384;
const CHIN: usize = 152;
const MOUTH: usize = 14;
/// A cheek on the picture's left, and the other.
const CHEEKS: [usize; 2] = [50, 280];

fn portrait_photo(portrait: &Portrait) -> Photo {
    let drawing = render(portrait, SIDE, SIDE);
    Photo::from_rgba(drawing.width, drawing.height, drawing.rgba).expect("sizes agree")
}

fn subject(engine: &Engine, number: usize, yaw_deg: f32) -> (Photo, Face) {
    let still = gallery().remove(number).portrait;
    let photo = portrait_photo(&Portrait { pose: Pose { yaw_deg, ..Pose::default() }, ..still });
    let face = only_face(engine, &photo);
    (photo, face)
}

/// The rows of a photo, with the face that was found while it was whole.
fn rows((photo, face): &(Photo, Face), from: u32, to: u32) -> (Photo, Face) {
    let row = photo.width() as usize * 4;
    let rgba = photo.rgba()[from as usize * row..to as usize * row].to_vec();
    let landmarks = face.landmarks.iter().map(|p| [p[0], p[1] - from as f32, p[2]]).collect();
    let photo = Photo::from_rgba(photo.width(), to - from, rgba).expect("sizes agree");
    (photo, Face { landmarks, ..face.clone() })
}

fn swap(engine: &Engine, sources: &[&(Photo, Face)], target: &(Photo, Face)) -> Photo {
    let photos: Vec<(&Photo, &Face)> = sources.iter().map(|(photo, face)| (photo, face)).collect();
    let source = engine.fuse(&photos).expect("the faces are fine");
    engine.swap_fused(&source, &target.0, &[&target.1], &SwapOptions::default()).expect("so is the target's")
}

/// Mean difference of two photos around a landmark, in levels.
fn gap(a: &Photo, b: &Photo, at: [f32; 3]) -> f32 {
    let pixels = around(at).flat_map(|i| (i * 4..i * 4 + 3).map(|j| a.rgba()[j].abs_diff(b.rgba()[j])));
    let all: Vec<f32> = pixels.map(f32::from).collect();
    all.iter().sum::<f32>() / all.len() as f32
}

fn level(photo: &Photo, at: [f32; 3]) -> f32 {
    let all: Vec<f32> = around(at).map(|i| f32::from(photo.rgba()[i * 4 + 1])).collect();
    all.iter().sum::<f32>() / all.len() as f32
}

fn around([x, y, _]: [f32; 3]) -> impl Iterator<Item = usize> {
    let (x, y) = (x as usize, y as usize - 10);
    (y - 6..y + 6).flat_map(move |y| (x - 6..x + 6).map(move |x| y * SIDE as usize + x))
}

#[test]
fn one_photo_fused_is_nearly_the_photo_itself() {
    let engine = common::engine();
    let (source, target) = (subject(&engine, 0, 0.0), subject(&engine, 1, 0.0));
    let fused = swap(&engine, &[&source], &target);
    let options = SwapOptions::default();
    let plain = engine.swap(&source.0, &source.1, &target.0, &[&target.1], &options).expect("both are fine");
    let sum: u64 = plain.rgba().iter().zip(fused.rgba()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let mean = sum as f32 / plain.rgba().len() as f32;
    eprintln!("fused and plain differ by {mean:.2} levels in the mean");
    assert!(mean < 1.5, "{mean}");
}

#[test]
fn a_chin_cut_by_one_picture_comes_from_another() {
    let engine = common::engine();
    let (source, target) = (subject(&engine, 0, 0.0), subject(&engine, 1, 0.0));
    let mouth = source.1.landmarks[MOUTH][1] as u32;
    let nose = source.1.landmarks[4][1] as u32;
    let (without_chin, without_brow) = (rows(&source, 0, mouth), rows(&source, nose - 40, SIDE));
    let whole = swap(&engine, &[&source], &target);
    let both = swap(&engine, &[&without_chin, &without_brow], &target);
    let cut = swap(&engine, &[&without_chin], &target);
    let at = target.1.landmarks[CHIN];
    let (filled, lacking) = (gap(&whole, &both, at), gap(&whole, &cut, at));
    eprintln!("chin: {filled:.1} levels from the whole photo's with both parts, {lacking:.1} with one");
    assert!(filled < 0.5 * lacking, "{filled} of {lacking}");
    // What nobody shows is the target's own, not the last row of the picture drawn out.
    assert!(gap(&target.0, &cut, at) < 2.0, "{}", gap(&target.0, &cut, at));
}

#[test]
fn a_side_in_the_shade_is_evened_out() {
    let engine = common::engine();
    let (source, target) = (subject(&engine, 0, 0.0), subject(&engine, 1, 0.0));
    let middle = source.1.landmarks[4][0];
    let shade = |i: usize| 0.7 + 0.3 * ((i as f32 % SIDE as f32 - middle) / 60.0 + 0.5).clamp(0.0, 1.0);
    let rgba = source.0.rgba().chunks_exact(4).enumerate().flat_map(|(i, p)| {
        let [r, g, b] = [p[0], p[1], p[2]].map(|v| (f32::from(v) * shade(i)) as u8);
        [r, g, b, p[3]]
    });
    let shaded = Photo::from_rgba(SIDE, SIDE, rgba.collect()).expect("sizes agree");
    let keep = SwapOptions { skin_tone: 0.0, ..SwapOptions::default() };
    let plain = engine.swap(&shaded, &source.1, &target.0, &[&target.1], &keep).expect("both are fine");
    let fused = engine.fuse(&[(&shaded, &source.1)]).expect("the face is fine");
    let fused = engine.swap_fused(&fused, &target.0, &[&target.1], &keep).expect("both are fine");
    let contrast = |photo: &Photo| {
        let [left, right] = CHEEKS.map(|i| level(photo, target.1.landmarks[i]));
        (right - left).abs()
    };
    eprintln!("cheeks differ by {:.1} levels, fused by {:.1}", contrast(&plain), contrast(&fused));
    assert!(contrast(&fused) < 0.7 * contrast(&plain), "{} of {}", contrast(&fused), contrast(&plain));
}

#[test]
fn two_sides_of_a_head_are_better_than_one() {
    let engine = common::engine();
    let (left, right) = (subject(&engine, 0, -28.0), subject(&engine, 0, 28.0));
    let (front, target) = (subject(&engine, 0, 0.0), subject(&engine, 1, 0.0));
    let whole = swap(&engine, &[&front], &target);
    let cheek = |photo: &Photo| CHEEKS.map(|i| gap(&whole, photo, target.1.landmarks[i])).iter().sum::<f32>();
    let both = cheek(&swap(&engine, &[&left, &right], &target));
    let single = cheek(&swap(&engine, &[&left], &target)).max(cheek(&swap(&engine, &[&right], &target)));
    eprintln!("cheeks: {both:.1} levels from the front's with both sides, up to {single:.1} with one");
    assert!(both < single + 1.0, "{both} against {single}");
}

#[test]
fn no_photo_is_no_source_and_a_bad_one_is_refused() {
    let engine = common::engine();
    assert_eq!(engine.fuse(&[]).expect_err("nothing to fuse"), SwapError::NoSourceFace);
    assert_eq!(SwapError::NoSourceFace.code(), "no_face_in_source");
    let (photo, face) = subject(&engine, 0, 0.0);
    let bad = Face { landmarks: Vec::new(), ..face.clone() };
    assert_eq!(
        engine.fuse(&[(&photo, &face), (&photo, &bad)]).expect_err("one is no good"),
        SwapError::FaceUnusable
    );
}
