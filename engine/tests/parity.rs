//! The networks on Burn against TFLite with XNNPACK, which wrote `fixtures/parity.json`.

mod common;

use common::numbers;
use engine::Path;
use serde_json::Value;

const DETECTOR_SIDE: usize = 128;
const MESH_SIDE: usize = 192;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../fixtures/parity.json")).expect("the fixture is JSON")
}

/// Interleaved bytes to planes of floats.
fn planar(rgb: &[u8], side: usize, value: impl Fn(u8) -> f32) -> Vec<f32> {
    (0..3).flat_map(|k| (0..side * side).map(move |i| (k, i))).map(|(k, i)| value(rgb[i * 3 + k])).collect()
}

fn draw(case: &Value, side: usize) -> Vec<u8> {
    match case["picture"].as_str() {
        Some("face") => common::schematic_face(side),
        Some("pattern") => common::pattern(side),
        other => panic!("no picture {other:?}"),
    }
}

fn largest_gap(ours: impl Iterator<Item = f32>, reference: &[f32]) -> f32 {
    let ours: Vec<f32> = ours.collect();
    assert_eq!(ours.len(), reference.len());
    ours.iter().zip(reference).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// Each case for the kernels and for the module that they are packed from.
fn cases() -> Vec<(Value, Path)> {
    let fixture = fixture();
    let cases = fixture["cases"].as_array().expect("a list of cases");
    cases.iter().flat_map(|case| [Path::Fastest, Path::Module].map(|path| (case.clone(), path))).collect()
}

#[test]
fn the_mesh_agrees_to_a_thousandth_of_a_pixel() {
    let engine = common::engine();
    for (case, path) in cases() {
        let rgb = draw(&case, MESH_SIDE);
        let (landmarks, flag) = engine.run_mesh(&planar(&rgb, MESH_SIDE, |v| f32::from(v) / 255.0), path);
        let gap = largest_gap(landmarks.into_iter(), &numbers(&case, "landmarks"));
        eprintln!("{} by {path:?}: landmarks differ by at most {gap:.1e} px", case["picture"]);
        assert!(gap <= 1e-3, "{gap} px");
        assert!(largest_gap(flag.into_iter(), &numbers(&case, "flag")) <= 1e-3);
    }
}

#[test]
fn the_detector_agrees_to_a_thousandth() {
    let engine = common::engine();
    for (case, path) in cases() {
        let rgb = draw(&case, DETECTOR_SIDE);
        let input = planar(&rgb, DETECTOR_SIDE, |v| f32::from(v) / 255.0 * 2.0 - 1.0);
        let (boxes, scores) = engine.run_detector(&input, path);
        assert_eq!((boxes.len(), scores.len()), (896 * 16, 896));
        let boxes_gap = largest_gap(boxes.into_iter().step_by(37), &numbers(&case, "boxes_every_37th"));
        let scores_gap = largest_gap(scores.into_iter().step_by(7), &numbers(&case, "scores_every_7th"));
        eprintln!(
            "{} by {path:?}: boxes differ by {boxes_gap:.1e}, scores by {scores_gap:.1e}",
            case["picture"]
        );
        assert!(boxes_gap <= 1e-3 && scores_gap <= 1e-3, "{boxes_gap} {scores_gap}");
    }
}

#[test]
fn an_inference_leaves_nothing_to_the_next() {
    let engine = common::engine();
    let [face, noise] = [common::schematic_face(MESH_SIDE), common::pattern(MESH_SIDE)]
        .map(|rgb| planar(&rgb, MESH_SIDE, |v| f32::from(v) / 255.0));
    let first = engine.run_mesh(&face, Path::Fastest);
    engine.run_mesh(&noise, Path::Fastest);
    assert_eq!(engine.run_mesh(&face, Path::Fastest), first);
}

#[test]
fn an_input_of_another_size_gives_nothing() {
    let engine = common::engine();
    assert!(engine.run_mesh(&[0.0; 7], Path::Fastest).0.is_empty());
    assert!(engine.run_detector(&[0.0; 7], Path::Module).0.is_empty());
}
