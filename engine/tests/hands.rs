//! Hands: the networks against TFLite, which wrote `fixtures/parity_hands.json`, and what a swap does with a hand.

mod common;

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

fn numbers(case: &Value, key: &str) -> Vec<f32> {
    let list = case[key].as_array().expect("the fixture has this list");
    list.iter().map(|v| v.as_f64().expect("a number") as f32).collect()
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
