//! Hands: the networks against TFLite, which wrote `fixtures/parity_hands.json`, and what a swap does with a hand.

mod common;

use common::numbers;
use engine::hands::Hand;
use engine::{Engine, Face, ModelFiles, Photo, SwapOptions, cpu};
use portrait::{gallery, render};
use serde_json::Value;

const PALM_SIDE: usize = 192;
const HAND_SIDE: usize = 224;
/// Boxes and points are pixels up to about 200; the largest logit of the pattern is about 60.
const TOLERANCE: f32 = 2e-3;

fn engine() -> Engine {
    let [detector, landmarks] = ModelFiles::HANDS.map(common::record);
    let mut engine = common::engine();
    engine.learn_hands(&detector, &landmarks, &cpu()).expect("the records load");
    engine
}

fn largest_gap(ours: impl IntoIterator<Item = f32>, expected: &[f32]) -> f32 {
    ours.into_iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn both_networks_say_what_tflite_says() {
    let engine = engine();
    let fixture: Value = serde_json::from_str(include_str!("../fixtures/parity_hands.json")).expect("JSON");
    for case in fixture["cases"].as_array().expect("a list of cases") {
        let draw = |side: usize| -> Vec<f32> {
            let rgb = match case["picture"].as_str() {
                Some("face") => common::schematic_face(side),
                _ => common::pattern(side),
            };
            (0..3).flat_map(|k| rgb.iter().skip(k).step_by(3)).map(|&v| f32::from(v) / 255.0).collect()
        };
        let (boxes, scores) = engine.run_hand_detector(&draw(PALM_SIDE));
        assert_eq!((boxes.len(), scores.len()), (2016 * 18, 2016));
        let (points, flag) = engine.run_hand_landmarks(&draw(HAND_SIDE));
        assert_eq!((points.len(), flag.len()), (63, 1));
        let probability = 1.0 / (1.0 + (-flag[0]).exp());
        let gaps = [
            largest_gap(boxes.into_iter().step_by(37), &numbers(case, "boxes_every_37th")),
            largest_gap(scores.into_iter().step_by(7), &numbers(case, "scores_every_7th")),
            largest_gap(points, &numbers(case, "points")),
            largest_gap([probability], &numbers(case, "flag")),
        ];
        eprintln!("{}: boxes, scores, points, flag differ by at most {gaps:?}", case["picture"]);
        assert!(gaps.iter().all(|&gap| gap <= TOLERANCE), "{gaps:?}");
    }
}

#[test]
fn a_face_alone_has_no_hands_and_a_record_of_another_network_is_refused() {
    let photo = common::photo_of_face(400, 300, 240);
    let face = common::only_face(&engine(), &photo);
    assert!(face.hands.is_empty());
    assert!(common::engine().run_hand_detector(&[0.0; 3 * PALM_SIDE * PALM_SIDE]).0.is_empty(), "not learnt");
    let [detector, landmarks] = ModelFiles::HANDS.map(common::record);
    let mut engine = common::engine();
    let wrong = engine.learn_hands(&landmarks, &detector, &cpu()).expect_err("the two are exchanged");
    assert_eq!(wrong.model, "hand_detector");
}

/// An open hand with its palm at a place, pointing up, `size` from the wrist to the tip of the middle finger.
fn hand_at([x, y]: [f32; 2], size: f32) -> Hand {
    let mut points = [[x, y, 0.0]; 21];
    for finger in 0..5 {
        for joint in 0..4 {
            let aside = (finger as f32 - 2.0) * 0.12 * size;
            points[1 + 4 * finger + joint] = [x + aside, y - size * (0.5 + 0.16 * joint as f32), 0.0];
        }
    }
    Hand { score: 1.0, points }
}

/// Mean difference of two pictures around a place, in levels of a channel.
fn change([a, b]: [&Photo; 2], [x, y]: [f32; 2]) -> f32 {
    const REACH: usize = 3;
    let (x, y) = (x as usize, y as usize);
    let mut sum = 0.0;
    for row in y - REACH..=y + REACH {
        for column in x - REACH..=x + REACH {
            let at = 4 * (row * a.width() as usize + column);
            sum += (0..3).map(|k| f32::from(a.rgba()[at + k].abs_diff(b.rgba()[at + k]))).sum::<f32>();
        }
    }
    sum / (3 * (2 * REACH + 1) * (2 * REACH + 1)) as f32
}

/// A portrait and its face.
fn portrait(engine: &Engine, sample: usize) -> (Photo, Face) {
    const SIDE: u32 = 480;
    let drawing = render(&gallery()[sample].portrait, SIDE, SIDE);
    let photo = Photo::from_rgba(SIDE, SIDE, drawing.rgba).expect("sizes agree");
    let face = common::only_face(engine, &photo);
    (photo, face)
}

/// A place of a face, in pixels.
fn place(face: &Face, landmark: usize) -> [f32; 2] {
    [face.landmarks[landmark][0], face.landmarks[landmark][1]]
}

/// The middle of the cheek on the picture's left, and the upper lid on its right.
const CHEEK: usize = 50;
const UPPER_LID: usize = 386;

#[test]
fn a_hand_before_the_targets_face_stays_and_the_rest_changes() {
    let engine = common::engine();
    let (source, from) = portrait(&engine, 0);
    let (target, mut onto) = portrait(&engine, 2);
    let (under, beside) = (place(&onto, CHEEK), place(&onto, UPPER_LID));
    let swap = |onto: &Face| {
        engine.swap(&source, &from, &target, &[onto], &SwapOptions::default()).expect("both faces are fine")
    };
    let bare = swap(&onto);
    onto.hands = vec![hand_at([under[0], under[1] + 40.0], 140.0)];
    let covered = swap(&onto);
    let [before, kept] = [&bare, &covered].map(|result| change([&target, result], under));
    let changed = change([&target, &covered], beside);
    eprintln!("under the hand {before:.1} without it and {kept:.1} with it, beside it {changed:.1} levels");
    assert!(kept == 0.0 && before > 2.0 && changed > 2.0);
}

#[test]
fn a_hand_before_the_sources_face_does_not_come_along() {
    const PAINT: [u8; 4] = [30, 60, 200, 255];
    let engine = common::engine();
    let (mut source, mut from) = portrait(&engine, 0);
    let (target, onto) = portrait(&engine, 2);
    let under = place(&from, CHEEK);
    let mut rgba = source.rgba().to_vec();
    for y in under[1] as usize - 8..under[1] as usize + 8 {
        for x in under[0] as usize - 8..under[0] as usize + 8 {
            rgba[4 * (y * source.width() as usize + x)..][..4].copy_from_slice(&PAINT);
        }
    }
    source = Photo::from_rgba(source.width(), source.height(), rgba).expect("sizes agree");
    let swap = |from: &Face| {
        engine.swap(&source, from, &target, &[&onto], &SwapOptions::default()).expect("both faces are fine")
    };
    let carried = swap(&from);
    from.hands = vec![hand_at([under[0], under[1] + 40.0], 140.0)];
    let left = swap(&from);
    let there = place(&onto, CHEEK);
    let [with_paint, without] = [&carried, &left].map(|result| change([&target, result], there));
    eprintln!("the painted spot changes the target by {with_paint:.1} levels, under a hand by {without:.1}");
    assert!(with_paint > 2.0 * without && without < 20.0);
}

/// Joints of a drawn hand, in shares of its size: each finger's root, middle and tip, and half its breadth.
const FINGERS: [([[f32; 2]; 3], f32); 5] = [
    ([[0.30, 0.70], [0.17, 0.58], [0.08, 0.47]], 0.049),
    ([[0.36, 0.50], [0.32, 0.33], [0.30, 0.18]], 0.041),
    ([[0.48, 0.47], [0.48, 0.27], [0.48, 0.10]], 0.043),
    ([[0.60, 0.49], [0.64, 0.31], [0.66, 0.15]], 0.041),
    ([[0.70, 0.54], [0.78, 0.40], [0.83, 0.28]], 0.035),
];
/// Lines between which its palm and arm lie, and half their breadth.
const PALM: [([[f32; 2]; 2], f32); 4] = [
    ([[0.38, 0.85], [0.30, 0.70]], 0.07),
    ([[0.42, 0.58], [0.46, 0.93]], 0.09),
    ([[0.52, 0.56], [0.52, 0.93]], 0.09),
    ([[0.61, 0.58], [0.56, 0.93]], 0.09),
];
/// The dark line around each finger, as a share of the hand's size.
const RIM: f32 = 0.008;

/// How far a place lies from a line.
fn from_line([x, y]: [f32; 2], [a, b]: [[f32; 2]; 2]) -> f32 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let along = (((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (x - a[0] - along * dx).hypot(y - a[1] - along * dy)
}

/// How light a place of the drawn hand is beside its tone; none beside the hand.
fn shade(place: [f32; 2]) -> Option<f32> {
    let mut shade = None;
    for (line, half) in PALM {
        if from_line(place, line) < half {
            shade = Some(1.0);
        }
    }
    for (joints, half) in FINGERS {
        let depth = half - joints.windows(2).map(|w| from_line(place, [w[0], w[1]])).fold(f32::MAX, f32::min);
        let tip = from_line(place, [joints[2], joints[2]]);
        match depth {
            d if d < -RIM => {}
            _ if tip < 0.5 * half => shade = Some(1.2),
            d if d > 0.65 * half => shade = Some(1.1),
            d if d > 0.0 => shade = Some(1.0),
            _ if shade.is_none() || place[1] < 0.5 => shade = Some(0.6),
            _ => {}
        }
    }
    shade
}

/// The photo with a drawn hand of that size, its corner at a place, in the tone of the face's forehead.
fn with_hand(photo: &Photo, face: &Face, [left, top]: [f32; 2], size: f32) -> Photo {
    let width = photo.width() as usize;
    let forehead = place(face, 151);
    let at = 4 * (forehead[1] as usize * width + forehead[0] as usize);
    let tone: [u8; 3] = photo.rgba()[at..at + 3].try_into().expect("three channels");
    let mut rgba = photo.rgba().to_vec();
    for (i, pixel) in rgba.chunks_exact_mut(4).enumerate() {
        let [x, y] = [i % width, i / width].map(|v| v as f32 + 0.5);
        if let Some(shade) = shade([(x - left) / size, (y - top) / size]) {
            pixel[..3].copy_from_slice(&tone.map(|v| (f32::from(v) * shade).min(255.0) as u8));
        }
    }
    Photo::from_rgba(photo.width(), photo.height(), rgba).expect("sizes agree")
}

#[test]
fn a_drawn_hand_is_found_where_it_was_drawn_and_stays() {
    let engine = engine();
    for sample in (0..gallery().len()).step_by(2) {
        let (photo, face) = portrait(&engine, sample);
        let size = 0.95 * face.size_px();
        let [left, top] = [face.landmarks[1][0] - 0.2 * size, face.landmarks[1][1] - 0.1 * size];
        let target = with_hand(&photo, &face, [left, top], size);
        let onto = common::only_face(&engine, &target);
        let [hand] = &onto.hands[..] else { panic!("{} hands before sample {sample}", onto.hands.len()) };
        let tips = FINGERS.iter().enumerate().map(|(finger, (joints, _))| {
            let ([x, y, _], [u, v]) = (hand.points[4 + 4 * finger], joints[2]);
            (x - left - u * size).hypot(y - top - v * size) / size
        });
        let gap = tips.fold(0.0, f32::max);
        let (source, from) = portrait(&engine, (sample + 3) % gallery().len());
        let result = engine.swap(&source, &from, &target, &[&onto], &SwapOptions::default());
        let kept = share_kept([&target, &result.expect("both faces are fine")], &onto, [left, top], size);
        eprintln!(
            "{sample}: score {:.2}, tips at most {gap:.3} of the hand away, {kept:.4} kept",
            hand.score
        );
        assert!(gap < 0.1 && kept > 0.95);
    }
}

/// Share of the drawn hand's pixels before the face that look the same in both pictures.
fn share_kept([a, b]: [&Photo; 2], face: &Face, [left, top]: [f32; 2], size: f32) -> f32 {
    let bounds = face.bounds().map(|v| v as usize);
    let (mut kept, mut all) = (0, 0);
    for (x, y) in (bounds[1]..bounds[3]).flat_map(|y| (bounds[0]..bounds[2]).map(move |x| (x, y))) {
        if shade([(x as f32 + 0.5 - left) / size, (y as f32 + 0.5 - top) / size]).is_some() {
            let at = 4 * (y * a.width() as usize + x);
            all += 1;
            kept += u32::from((at..at + 3).all(|k| a.rgba()[k].abs_diff(b.rgba()[k]) < 16));
        }
    }
    kept as f32 / all as f32
}
