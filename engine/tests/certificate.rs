//! The quality certificate of pictures whose faults are known.

mod common;

use std::sync::LazyLock;

use common::only_face;
use engine::certificate::{CertifyError, Grade};
use engine::{Engine, Face, Photo, SwapOptions};
use portrait::{Expression, Portrait, Pose, gallery, render};

const SIDE: u32 = 384;

fn photo_of(portrait: &Portrait) -> Photo {
    let drawing = render(portrait, SIDE, SIDE);
    Photo::from_rgba(drawing.width, drawing.height, drawing.rgba).expect("sizes agree")
}

fn sample(index: usize) -> Portrait {
    gallery().remove(index).portrait
}

/// The photo with pixels changed where a place says so.
fn changed(photo: &Photo, change: impl Fn(u32, u32, [u8; 3]) -> [u8; 3]) -> Photo {
    let pixel = |(i, p): (usize, &[u8])| {
        let [r, g, b] = change(i as u32 % SIDE, i as u32 / SIDE, [p[0], p[1], p[2]]);
        [r, g, b, p[3]]
    };
    let rgba = photo.rgba().chunks_exact(4).enumerate().flat_map(pixel).collect();
    Photo::from_rgba(SIDE, SIDE, rgba).expect("sizes agree")
}

/// Drawn once: that takes longer than measuring.
static TARGET: LazyLock<Photo> = LazyLock::new(|| photo_of(&sample(1)));

fn found(engine: &Engine) -> (Photo, Face) {
    (TARGET.clone(), only_face(engine, &TARGET))
}

#[test]
fn an_unchanged_picture_is_without_fault() {
    let engine = common::engine();
    let (photo, face) = found(&engine);
    let certificate = engine.certify(&photo, &[&face], &photo).expect("one size");
    let made = certificate.faces[0];
    assert_eq!((made.pose_error_deg, made.expression_error_percent, made.seam_delta_e), (0.0, 0.0, 0.0));
    assert_eq!((made.sharpness_ratio, certificate.background_psnr_db), (1.0, None));
    assert!(made.face_score > 0.9 && certificate.grade() == Grade::Good);
}

#[test]
fn a_swap_is_certified_and_leaves_its_background_alone() {
    let engine = common::engine();
    let (target, onto) = found(&engine);
    let source = photo_of(&sample(0));
    let from = only_face(&engine, &source);
    let result =
        engine.swap(&source, &from, &target, &[&onto], &SwapOptions::default()).expect("both are fine");
    let certificate = engine.certify(&target, &[&onto], &result).expect("one size");
    eprintln!("{certificate:?}");
    assert_eq!(certificate.background_psnr_db, None);
    let made = certificate.faces[0];
    assert!(made.pose_error_deg < 6.0 && made.expression_error_percent < 6.0, "{made:?}");
    assert!(made.seam_delta_e < 5.0 && (0.4..2.0).contains(&made.sharpness_ratio), "{made:?}");
}

#[test]
fn another_pose_and_another_expression_are_errors_of_their_own() {
    let engine = common::engine();
    let still = Portrait { pose: Pose::default(), expression: Expression::default(), ..sample(1) };
    let target = photo_of(&still);
    let face = only_face(&engine, &target);
    let certify = |result: &Portrait| {
        let certificate = engine.certify(&target, &[&face], &photo_of(result)).expect("one size");
        eprintln!("{:?}", certificate.faces[0]);
        certificate.faces[0]
    };
    let turned = certify(&Portrait { pose: Pose { yaw_deg: 20.0, ..Pose::default() }, ..still.clone() });
    let open = certify(&Portrait {
        expression: Expression { mouth_open: 0.8, ..Expression::default() },
        ..still.clone()
    });
    assert!((8.0..30.0).contains(&turned.pose_error_deg), "{turned:?}");
    assert!(open.expression_error_percent > 2.5, "{open:?}");
    assert!(open.pose_error_deg < turned.pose_error_deg / 2.0, "{open:?}");
}

#[test]
fn a_patch_of_another_colour_has_a_seam_and_a_blurred_face_is_less_sharp() {
    let engine = common::engine();
    let (photo, face) = found(&engine);
    let [left, top, right, bottom] = face.bounds();
    let (x0, y0, half) = ((left + right) / 2.0, (top + bottom) / 2.0, (right - left) * 0.3);
    let is_inside = |x: u32, y: u32| (x as f32 - x0).hypot(y as f32 - y0) < half;
    let green = changed(&photo, |x, y, [r, g, b]| {
        if is_inside(x, y) { [r.saturating_sub(24), g.saturating_add(12), b] } else { [r, g, b] }
    });
    let seam = engine.certify(&photo, &[&face], &green).expect("one size").faces[0].seam_delta_e;
    assert!((5.0..20.0).contains(&seam), "{seam}");

    let picture = image::RgbaImage::from_raw(SIDE, SIDE, photo.rgba().to_vec()).expect("sizes agree");
    let soft = image::imageops::blur(&picture, 2.5);
    let is_face = |x: u32, y: u32| (left..right).contains(&(x as f32)) && (top..bottom).contains(&(y as f32));
    let soft = changed(&photo, |x, y, old| {
        let p = soft.get_pixel(x, y);
        if is_face(x, y) { [p[0], p[1], p[2]] } else { old }
    });
    let ratio = engine.certify(&photo, &[&face], &soft).expect("one size").faces[0].sharpness_ratio;
    assert!(ratio < 0.6, "{ratio}");
}

#[test]
fn what_changes_beside_the_face_is_the_backgrounds_noise() {
    let engine = common::engine();
    let (photo, face) = found(&engine);
    // A border of the picture, by 10 in each channel.
    let noisy = changed(&photo, |x, y, rgb| {
        let is_far = x < 30 || y < 10;
        if is_far { rgb.map(|v| if v > 127 { v - 10 } else { v + 10 }) } else { rgb }
    });
    let psnr = engine.certify(&photo, &[&face], &noisy).expect("one size").background_psnr_db;
    // 28.1 dB if all of the background had changed; a part of it did.
    assert!(psnr.is_some_and(|psnr| (28.2..38.0).contains(&psnr)), "{psnr:?}");
    let inside = changed(&photo, |x, y, rgb| {
        let nose = face.landmarks[4];
        if (x as f32 - nose[0]).hypot(y as f32 - nose[1]) < 20.0 { [0; 3] } else { rgb }
    });
    assert_eq!(engine.certify(&photo, &[&face], &inside).expect("one size").background_psnr_db, None);
}

#[test]
fn pictures_that_cannot_be_compared_are_errors() {
    let engine = common::engine();
    let (photo, face) = found(&engine);
    let other = Photo::from_rgba(8, 8, vec![0; 256]).expect("sizes agree");
    assert_eq!(engine.certify(&photo, &[&face], &other), Err(CertifyError::SizesDiffer));
    let none = Face { score: 1.0, landmarks: Vec::new(), irises: Vec::new(), hands: Vec::new() };
    assert!(matches!(engine.certify(&photo, &[&none], &photo), Err(CertifyError::Face(_))));
}
