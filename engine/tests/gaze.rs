//! Whoever looks aside looks aside with another face, too.

mod common;

use common::only_face;
use engine::{Engine, Photo, SwapOptions};
use portrait::{Drawing, Landmark, Landmarks, Portrait, Side, gallery, render};

const SIDE: u32 = 512;

/// A sample that looks so far to a side, -1 to 1.
fn looking(sample: usize, aside: f32) -> (Drawing, Photo) {
    let mut portrait: Portrait = gallery()[sample].portrait.clone();
    portrait.expression.gaze = [aside, 0.0];
    let drawing = render(&portrait, SIDE, SIDE);
    let photo = Photo::from_rgba(SIDE, SIDE, drawing.rgba.clone()).expect("sizes agree");
    (drawing, photo)
}

fn swap(engine: &Engine, source: &Photo, target: &Photo) -> Photo {
    let (from, onto) = (only_face(engine, source), only_face(engine, target));
    engine.swap(source, &from, target, &[&onto], &SwapOptions::default()).expect("both faces are fine")
}

/// Where the dark of an eye's opening lies: 0 at the picture's left corner, 1 at the right one.
fn dark_of_eye(photo: &Photo, landmarks: &Landmarks, side: Side) -> f32 {
    let at = |landmark| landmarks.get(landmark).expect("a portrait has eyes");
    let (outer, inner) = (at(Landmark::EyeOuter(side)), at(Landmark::EyeInner(side)));
    let ([x0, x1], y) = ([outer[0].min(inner[0]), outer[0].max(inner[0])], at(Landmark::EyeCenter(side))[1]);
    let columns = (x0 + 0.1 * (x1 - x0)) as u32..(x1 - 0.1 * (x1 - x0)) as u32;
    let (mut sum, mut total) = (0f32, 0f32);
    for (x, dy) in columns.flat_map(|x| [-1, 0, 1].map(|dy| (x, dy))) {
        let row = (y as i32 + dy) as u32;
        let pixel = &photo.rgba()[((row * SIDE + x) * 4) as usize..][..3];
        let luma = pixel.iter().map(|&v| f32::from(v)).sum::<f32>() / 3.0;
        let dark = (140.0 - luma).max(0f32);
        sum += dark * (x as f32 - x0) / (x1 - x0);
        total += dark;
    }
    sum / total
}

#[test]
fn a_gaze_to_either_side_survives() {
    let engine = common::engine();
    let (_, source) = looking(0, 0.0);
    let mut gazes = Vec::new();
    for aside in [-1.0, 1.0] {
        let (drawing, target) = looking(2, aside);
        let result = swap(&engine, &source, &target);
        for side in [Side::Left, Side::Right] {
            let [before, after] = [&target, &result].map(|p| dark_of_eye(p, &drawing.landmarks, side));
            eprintln!("looking {aside}, {side:?} eye: {before:.2} of the eye's width, then {after:.2}");
            assert!((before - after).abs() < 0.1, "the gaze went from {before} to {after}");
            gazes.push(before);
        }
    }
    assert!((gazes[0] - gazes[2]).abs() > 0.2, "the target itself hardly looks aside: {gazes:?}");
}
