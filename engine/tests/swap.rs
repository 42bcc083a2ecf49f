//! Swaps between schematic faces, and everything that must not be swapped.

mod common;

use common::{only_face, photo_of_face, photo_of_faces};
use engine::{Engine, Face, Photo, SwapError, SwapOptions};

fn swap_one(engine: &Engine, source: &Photo, target: &Photo) -> Photo {
    let (from, onto) = (only_face(engine, source), only_face(engine, target));
    let options = SwapOptions::default();
    engine.swap(source, &from, target, &[&onto], &options).expect("both faces are fine")
}

/// The schematic face in another light, so that a swap has something to do.
fn tinted(photo: &Photo) -> Photo {
    in_light(photo, [80, 92, 98])
}

/// Each channel dimmed to so many percent.
fn in_light(photo: &Photo, [r, g, b]: [u32; 3]) -> Photo {
    let dim = |v: u8, percent: u32| (u32::from(v) * percent / 100) as u8;
    let rgba = photo.rgba().chunks_exact(4).flat_map(|p| [dim(p[0], r), dim(p[1], g), dim(p[2], b), p[3]]);
    Photo::from_rgba(photo.width(), photo.height(), rgba.collect()).expect("sizes agree")
}

fn mean_difference(a: &Photo, b: &Photo) -> f64 {
    let sum: u64 = a.rgba().iter().zip(b.rgba()).map(|(x, y)| u64::from(x.abs_diff(*y))).sum();
    sum as f64 / a.rgba().len() as f64
}

#[test]
fn a_face_onto_itself_changes_hardly_anything() {
    let engine = common::engine();
    let photo = photo_of_face(400, 360, 300);
    let result = swap_one(&engine, &photo, &photo);
    let difference = mean_difference(&photo, &result);
    eprintln!("self-swap differs by {difference:.3} levels in the mean");
    assert!(difference < 1.0, "{difference}");
}

#[test]
fn everything_outside_the_face_and_all_alpha_stay() {
    let engine = common::engine();
    let (source, target) = (tinted(&photo_of_face(300, 300, 260)), photo_of_face(500, 420, 300));
    let face = only_face(&engine, &target);
    let result = swap_one(&engine, &source, &target);
    let [left, top, right, bottom] = face.bounds();
    let mut changed = 0;
    for (i, (old, new)) in target.rgba().chunks_exact(4).zip(result.rgba().chunks_exact(4)).enumerate() {
        let (x, y) = ((i % 500) as f32, (i / 500) as f32);
        assert_eq!(old[3], new[3], "alpha at {x}, {y}");
        if x < left - 1.0 || x > right + 1.0 || y < top - 1.0 || y > bottom + 1.0 {
            assert_eq!(old, new, "outside the face at {x}, {y}");
        }
        changed += usize::from(old != new);
    }
    assert!(changed > 1000, "the face itself did change ({changed} pixels)");
}

#[test]
fn several_faces_are_all_swapped_and_the_same_each_time() {
    let engine = common::engine();
    let target = photo_of_faces(700, 340, 260, &[[40, 40], [400, 50]]);
    let source = tinted(&photo_of_face(300, 300, 260));
    let from = only_face(&engine, &source);
    let faces = engine.find_faces(&target);
    assert_eq!(faces.len(), 2);
    let both: Vec<&Face> = faces.iter().collect();
    let swapped =
        engine.swap(&source, &from, &target, &both, &SwapOptions::default()).expect("both are fine");
    let certificate = engine.certify(&target, &both, &swapped).expect("one is made of the other");
    for (face, after) in faces.iter().zip(&certificate.faces) {
        assert!(after.pose_error_deg < 10.0);
        let [x, y, _] = face.landmarks[1];
        let at = (y as usize * 700 + x as usize) * 4;
        assert_ne!(swapped.rgba()[at..at + 3], target.rgba()[at..at + 3], "the nose at {x}, {y}");
    }
    let again = engine.swap(&source, &from, &target, &both, &SwapOptions::default()).expect("again");
    assert!(swapped == again);
    let one = engine.swap(&source, &from, &target, &both[..1], &SwapOptions::default()).expect("one");
    assert!(swapped != one);
}

#[test]
fn options_do_what_they_say_and_nothing_else_is_accepted() {
    let engine = common::engine();
    let (source, target) =
        (in_light(&photo_of_face(300, 300, 260), [45, 65, 95]), photo_of_face(400, 360, 300));
    let (from, onto) = (only_face(&engine, &source), only_face(&engine, &target));
    let with = |likeness: f32, skin_tone: f32| {
        engine.swap(&source, &from, &target, &[&onto], &SwapOptions { likeness, skin_tone })
    };
    let kept_tone = with(0.6, 0.0).expect("in range");
    let matched = with(0.6, 1.0).expect("in range");
    assert!(mean_difference(&matched, &target) < mean_difference(&kept_tone, &target));
    for bad in [-0.01, 1.01, f32::NAN, f32::INFINITY] {
        for error in [with(bad, 1.0), with(0.6, bad)] {
            assert_eq!(error.map(|_| ()).map_err(|e| e.code()), Err("option_out_of_range"));
        }
    }
}

#[test]
fn no_target_face_is_an_error() {
    let engine = common::engine();
    let photo = photo_of_face(300, 300, 260);
    let face = only_face(&engine, &photo);
    let error = engine.swap(&photo, &face, &photo, &[], &SwapOptions::default()).expect_err("nothing to do");
    assert_eq!((error.code(), error), ("no_face_in_target", SwapError::NoTargetFace));
}

#[test]
fn faces_that_are_none_give_errors_on_either_side() {
    let engine = common::engine();
    let photo = photo_of_face(300, 300, 260);
    let good = only_face(&engine, &photo);
    let change = |f: &dyn Fn(usize, [f32; 3]) -> [f32; 3]| {
        let landmarks = good.landmarks.iter().enumerate().map(|(i, &p)| f(i, p)).collect();
        Face { landmarks, ..good.clone() }
    };
    let bad = [
        ("not a number", change(&|i, p| if i == 77 { [f32::NAN; 3] } else { p })),
        ("all numbers gone", change(&|_, _| [f32::NAN; 3])),
        ("infinite", change(&|_, [x, y, _]| [x, y, f32::INFINITY])),
        ("one spot", change(&|_, _| [120.0, 120.0, 0.0])),
        ("a line", change(&|_, [x, _, _]| [x, 100.0, 0.0])),
        ("off the photo", change(&|_, [x, y, z]| [x + 5000.0, y, z])),
        ("above the photo", change(&|_, [x, y, z]| [x, y - 700.0, z])),
        ("tiny", change(&|_, p| p.map(|v| v / 40.0))),
        ("huge", change(&|_, p| p.map(|v| v * 1e9))),
        ("short", Face { landmarks: good.landmarks[..467].to_vec(), ..good.clone() }),
        ("none", Face { landmarks: Vec::new(), ..good.clone() }),
    ];
    for (name, face) in &bad {
        for (source, target) in [(face, &good), (&good, face)] {
            let result = engine.swap(&photo, source, &photo, &[target], &SwapOptions::default());
            assert_eq!(result.map(|_| ()).map_err(|e| e.code()), Err("face_too_small"), "{name}");
        }
        let _ = (face.bounds(), face.outline(), face.pose());
    }
}

#[test]
fn odd_but_possible_landmarks_never_panic() {
    let engine = common::engine();
    let photo = photo_of_face(300, 300, 260);
    let good = only_face(&engine, &photo);
    let mut random = common::Xorshift(5);
    for round in 0..12 {
        let spread = [3.0, 40.0, 400.0][round % 3];
        let mut noise = || (random.below(2001) as f32 / 1000.0 - 1.0) * spread;
        let landmarks = good.landmarks.iter().map(|p| p.map(|v| v + noise())).collect();
        let face = Face { landmarks, ..good.clone() };
        let _ = engine.swap(&photo, &face, &photo, &[&good], &SwapOptions::default());
        let _ = engine.swap(&photo, &good, &photo, &[&face], &SwapOptions::default());
    }
}

#[test]
fn photos_without_faces_have_none() {
    let engine = common::engine();
    let grey = Photo::from_rgba(640, 480, vec![128; 640 * 480 * 4]).expect("sizes agree");
    assert!(engine.find_faces(&grey).is_empty());
    let dot = Photo::from_rgba(1, 1, vec![200; 4]).expect("sizes agree");
    assert!(engine.find_faces(&dot).is_empty());
    let strip = Photo::from_rgba(3000, 2, vec![90; 3000 * 2 * 4]).expect("sizes agree");
    assert!(engine.find_faces(&strip).is_empty());
}

#[test]
fn a_small_face_in_a_large_photo_is_found() {
    let engine = common::engine();
    let photo = photo_of_faces(2600, 1500, 200, &[[2100, 900]]);
    let face = only_face(&engine, &photo);
    let [left, top, right, bottom] = face.bounds();
    assert!(left > 2080.0 && right < 2320.0 && top > 880.0 && bottom < 1120.0, "{:?}", face.bounds());
}

#[test]
fn a_face_wider_than_the_working_size_is_swapped_in_bounds_too() {
    let engine = common::engine();
    let (source, target) = (tinted(&photo_of_face(500, 500, 460)), photo_of_face(2600, 2400, 2200));
    let face = only_face(&engine, &target);
    assert!(face.size_px() > 1100.0, "{}", face.size_px());
    let result = swap_one(&engine, &source, &target);
    let [left, top, right, bottom] = face.bounds();
    let mut changed = 0u32;
    for (i, (old, new)) in target.rgba().chunks_exact(4).zip(result.rgba().chunks_exact(4)).enumerate() {
        let (x, y) = ((i % 2600) as f32, (i / 2600) as f32);
        let is_outside = x < left - 4.0 || x > right + 4.0 || y < top - 4.0 || y > bottom + 4.0;
        assert!(old == new || !is_outside, "outside the face at {x}, {y}");
        assert_eq!(old[3], new[3]);
        changed += u32::from(old != new);
    }
    assert!(f64::from(changed) > 0.05 * f64::from(face.size_px()).powi(2), "{changed} pixels changed");
}
