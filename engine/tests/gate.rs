//! The source gate on portraits of nobody, whose pose and light are known, and on what is done to them.

mod common;

use std::sync::LazyLock;

use common::only_face;
use engine::gate::{Kind, Measures, Severity};
use engine::{Engine, Face, Photo};
use portrait::{Light, Portrait, Pose, gallery, render};

/// Drawn small where that is no matter: drawing takes longer than measuring.
const SIDE: u32 = 512;
const SMALL_SIDE: u32 = 256;
const NOSE_TIP: usize = 4;
const CHIN: usize = 152;

fn photo_of(portrait: &Portrait, side: u32) -> Photo {
    let drawing = render(portrait, side, side);
    Photo::from_rgba(drawing.width, drawing.height, drawing.rgba).expect("sizes agree")
}

/// A gallery's portrait that looks into the camera in even light.
fn plain() -> Portrait {
    gallery().remove(1).portrait
}

/// The same, drawn once.
static PLAIN: LazyLock<Photo> = LazyLock::new(|| photo_of(&plain(), SIDE));

fn measure(engine: &Engine, photo: &Photo) -> Measures {
    engine.measure_source(photo, &only_face(engine, photo)).expect("its own face can be measured")
}

fn kinds(measures: &Measures) -> Vec<(Kind, Severity)> {
    measures.findings().iter().map(|finding| (finding.kind, finding.severity)).collect()
}

fn of_portrait(engine: &Engine, portrait: &Portrait) -> Measures {
    let measures = measure(engine, &photo_of(portrait, SMALL_SIDE));
    eprintln!("{measures:.2?}");
    measures
}

/// The photo with each pixel, at its place, changed.
fn changed(photo: &Photo, change: impl Fn(f32, f32, [f32; 3]) -> [f32; 3]) -> Photo {
    let width = photo.width() as usize;
    let pixel = |(i, p): (usize, &[u8])| {
        let [x, y] = [i % width, i / width].map(|v| v as f32 + 0.5);
        let [r, g, b] = change(x, y, [p[0], p[1], p[2]].map(f32::from)).map(|v| (v + 0.5) as u8);
        [r, g, b, 255]
    };
    let rgba = photo.rgba().chunks_exact(4).enumerate().flat_map(pixel).collect();
    Photo::from_rgba(photo.width(), photo.height(), rgba).expect("sizes agree")
}

/// Blurred by a Gaussian of that standard deviation, in pixels.
fn blurred(photo: &Photo, radius: u16) -> Photo {
    let picture = image::RgbaImage::from_raw(photo.width(), photo.height(), photo.rgba().to_vec());
    let picture = image::imageops::blur(&picture.expect("sizes agree"), f32::from(radius));
    Photo::from_rgba(photo.width(), photo.height(), picture.into_raw()).expect("sizes agree")
}

#[test]
fn the_gallery_has_nothing_severe_and_its_first_two_nothing_at_all() {
    let engine = common::engine();
    for sample in gallery() {
        let found = kinds(&of_portrait(&engine, &sample.portrait));
        assert!(found.iter().all(|&(_, severity)| severity == Severity::Mild), "{}: {found:?}", sample.name);
    }
    let first = photo_of(&gallery().remove(0).portrait, SIDE);
    for photo in [&first, &PLAIN] {
        assert_eq!(kinds(&measure(&engine, photo)), []);
    }
}

#[test]
fn a_turned_head_is_found_with_its_side() {
    let engine = common::engine();
    for yaw_deg in [-45.0, 45.0] {
        let portrait = Portrait { pose: Pose { yaw_deg, ..Pose::default() }, ..plain() };
        let found = of_portrait(&engine, &portrait).findings();
        let turned = found.iter().find(|finding| finding.kind == Kind::Turned);
        assert!(turned.is_some_and(|finding| finding.value * yaw_deg > 0.0), "{yaw_deg}: {found:?}");
    }
    let tilted = Portrait { pose: Pose { roll_deg: 40.0, ..Pose::default() }, ..plain() };
    assert!(kinds(&of_portrait(&engine, &tilted)).contains(&(Kind::Tilted, Severity::Mild)));
}

#[test]
fn a_small_face_is_found() {
    let engine = common::engine();
    let (large, small) = (measure(&engine, &PLAIN), measure(&engine, &photo_of(&plain(), SIDE / 4)));
    assert!((large.eye_distance_px / small.eye_distance_px - 4.0).abs() < 0.2);
    assert!(kinds(&small).contains(&(Kind::Small, Severity::Severe)), "{small:?}");
}

#[test]
fn a_blur_of_a_known_radius_is_measured_as_that() {
    let engine = common::engine();
    let sharp = &*PLAIN;
    let eyes_px = measure(&engine, sharp).eye_distance_px;
    for radius in [3, 5, 8] {
        let measured = measure(&engine, &blurred(sharp, radius)).blur_percent;
        let wanted = 100.0 * f32::from(radius) / eyes_px;
        eprintln!("a blur of {wanted:.2} % of the eye distance reads as {measured:.2} %");
        assert!((measured / wanted - 1.0).abs() < 0.35, "{measured} is not {wanted}");
    }
    let found = kinds(&measure(&engine, &blurred(sharp, 8)));
    assert!(found.contains(&(Kind::Blurred, Severity::Severe)), "{found:?}");
}

#[test]
fn light_that_is_missing_or_too_much_is_found() {
    let engine = common::engine();
    let photo = &*PLAIN;
    let dim = changed(photo, |_, _, rgb| rgb.map(|v| 0.2 * v));
    let glaring = changed(photo, |_, _, rgb| rgb.map(|v| (1.9 * v).min(255.0)));
    assert!(kinds(&measure(&engine, &dim)).contains(&(Kind::Dark, Severity::Severe)));
    assert!(kinds(&measure(&engine, &glaring)).iter().any(|&(kind, _)| kind == Kind::Bright));
}

#[test]
fn light_from_one_side_is_found_and_grows_as_the_other_side_loses_it() {
    let engine = common::engine();
    let lit = |fill| {
        let light = Light { azimuth_deg: -88.0, elevation_deg: 5.0, fill, rim: 0.0, ..Light::default() };
        of_portrait(&engine, &Portrait { light, ..plain() })
    };
    let (filled, hard) = (lit(1.0), lit(0.05));
    assert!(hard.lighting_stops > filled.lighting_stops + 0.5, "{filled:?} {hard:?}");
    assert!(kinds(&hard).iter().any(|&(kind, _)| kind == Kind::OneSided), "{hard:?}");
}

#[test]
fn dark_lenses_and_a_mask_are_found_each_at_its_place() {
    let engine = common::engine();
    let photo = &*PLAIN;
    let face = only_face(&engine, photo);
    let eyes = [[33, 133], [362, 263]].map(|[a, b]| {
        let middle = |k: usize| (face.landmarks[a][k] + face.landmarks[b][k]) / 2.0;
        [middle(0), middle(1)]
    });
    let half = (eyes[1][0] - eyes[0][0]) * 0.42;
    let lenses = changed(photo, |x, y, rgb| {
        let is_lens = eyes.iter().any(|eye| ((x - eye[0]) / half).hypot((y - eye[1]) / (0.75 * half)) < 1.0);
        let is_bridge = (eyes[0][0]..eyes[1][0]).contains(&x) && (y - eyes[0][1]).abs() < 0.15 * half;
        if is_lens || is_bridge { [14.0; 3] } else { rgb }
    });
    let seen = measure_with(&engine, &lenses, &face);
    assert!(seen.eyes_covered_percent > 50.0 && seen.mouth_covered_percent < 10.0, "{seen:?}");

    let (nose, chin) = (face.landmarks[NOSE_TIP], face.landmarks[CHIN]);
    let [left, _, right, _] = face.bounds();
    let room = 0.04 * (right - left);
    let mask = changed(photo, |x, y, rgb| {
        let is_mask = y > nose[1] - 0.25 * (chin[1] - nose[1]) && x > left + room && x < right - room;
        if is_mask { [150.0, 200.0, 225.0] } else { rgb }
    });
    let seen = measure_with(&engine, &mask, &face);
    assert!(seen.mouth_covered_percent > 60.0 && seen.eyes_covered_percent < 4.0, "{seen:?}");
}

/// Measured where the face was found before something was drawn over it.
fn measure_with(engine: &Engine, photo: &Photo, face: &Face) -> Measures {
    engine.measure_source(photo, face).expect("the face is in the photo")
}

#[test]
fn a_border_through_the_face_cuts_what_it_cuts() {
    let engine = common::engine();
    let photo = &*PLAIN;
    let face = only_face(&engine, photo);
    assert_eq!(measure_with(&engine, photo, &face).cut_percent, 0.0);
    // Everything from the middle of the face on is cut away.
    let [left, _, right, _] = face.bounds();
    let width = ((left + right) / 2.0) as u32;
    let stride = SIDE as usize * 4;
    let rgba = photo.rgba().chunks_exact(stride).flat_map(|row| row[..width as usize * 4].to_vec()).collect();
    let half = Photo::from_rgba(width, SIDE, rgba).expect("sizes agree");
    let cut = measure_with(&engine, &half, &face);
    assert!((40.0..60.0).contains(&cut.cut_percent), "{cut:?}");
    assert!(kinds(&cut).contains(&(Kind::Cut, Severity::Severe)));
}

#[test]
fn landmarks_of_no_face_are_not_measured() {
    let engine = common::engine();
    let photo = &*PLAIN;
    let none = Face { score: 1.0, landmarks: Vec::new(), irises: Vec::new(), hands: Vec::new() };
    assert_eq!(engine.measure_source(photo, &none), None);
    let away = Face {
        irises: Vec::new(),
        hands: Vec::new(),
        score: 1.0,
        landmarks: only_face(&engine, photo).landmarks.iter().map(|p| [p[0] + 999.0, p[1], p[2]]).collect(),
    };
    assert_eq!(engine.measure_source(photo, &away), None);
}
