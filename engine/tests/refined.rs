//! The refined mesh against numbers of the same graph in numpy, `fixtures/parity_refined.json`.

mod common;

use common::numbers;
use engine::{Engine, ModelFiles, cpu};
use serde_json::Value;

const SIDE: usize = 192;
/// The largest landmark is about 190 px; the largest logit about 30.
const TOLERANCE: f32 = 1e-3;

fn engine() -> Engine {
    let record = common::record(ModelFiles::REFINED);
    common::engine().with_refined_mesh(&record, &cpu()).expect("the record loads")
}

#[test]
fn all_478_points_agree_to_a_thousandth_of_a_pixel() {
    let engine = engine();
    let fixture: Value = serde_json::from_str(include_str!("../fixtures/parity_refined.json")).expect("JSON");
    for case in fixture["cases"].as_array().expect("a list of cases") {
        let rgb = match case["picture"].as_str() {
            Some("face") => common::schematic_face(SIDE),
            _ => common::pattern(SIDE),
        };
        let input: Vec<f32> =
            (0..3).flat_map(|k| rgb.iter().skip(k).step_by(3)).map(|&v| f32::from(v) / 255.0).collect();
        let (landmarks, flag) = engine.run_refined_mesh(&input);
        assert_eq!(landmarks.len(), 478 * 3);
        let expected = numbers(case, "landmarks");
        let ours = numbers(case, "points").into_iter().flat_map(|i| {
            let at = i as usize * 3;
            [landmarks[at], landmarks[at + 1], landmarks[at + 2]]
        });
        let gap = ours.zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        let flag_gap = (flag[0] - numbers(case, "flag")[0]).abs();
        eprintln!(
            "{}: landmarks differ by at most {gap:.1e} px, the flag by {flag_gap:.1e}",
            case["picture"]
        );
        assert!(gap <= TOLERANCE && flag_gap <= TOLERANCE, "{gap} px, {flag_gap}");
    }
}

#[test]
fn a_face_has_irises_between_its_lids_and_only_with_the_refined_mesh() {
    let photo = common::photo_of_face(400, 300, 240);
    let plain = common::only_face(&common::engine(), &photo);
    assert!(plain.irises.is_empty());
    let face = common::only_face(&engine(), &photo);
    assert_eq!((face.landmarks.len(), face.irises.len()), (468, 10));
    for (centre, [outer, inner]) in [(face.irises[0], [33, 133]), (face.irises[5], [263, 362])] {
        let [a, b] = [outer, inner].map(|i| face.landmarks[i][0]);
        assert!(a.min(b) < centre[0] && centre[0] < a.max(b), "{centre:?} between {a} and {b}");
    }
}

#[test]
fn a_face_in_a_mirror_is_measured_as_its_mirror_image() {
    let engine = engine();
    let photo = common::photo_of_face(400, 300, 240);
    let rows = photo.rgba().chunks_exact(400 * 4);
    let rgba = rows.flat_map(|row| row.chunks_exact(4).rev().flatten().copied()).collect();
    let mirrored = engine::Photo::from_rgba(400, 300, rgba).expect("sizes agree");
    let [face, other] = [&photo, &mirrored].map(|photo| common::only_face(&engine, photo));
    let points = |face: &engine::Face| [face.landmarks.clone(), face.irises.clone()].concat();
    let (face, other) = (points(&face), points(&other));
    // Corners of eyes and mouth, brows, sides; the irises' centres, and the inner point of one with that of the other.
    for [a, b] in [[33, 263], [133, 362], [61, 291], [105, 334], [234, 454], [468, 473], [469, 476]] {
        let gap = (face[a][0] - (400.0 - other[b][0])).hypot(face[a][1] - other[b][1]);
        eprintln!("{a} and {b}: {gap:.2} px");
        // The squares that are looked at differ a little; another point is at least 10 px away.
        assert!(gap < 2.5, "{a} and {b}: {gap} px");
    }
}

#[test]
fn a_damaged_record_is_refused_by_its_name() {
    let error =
        common::engine().with_refined_mesh(&common::models().mesh, &cpu()).expect_err("another net's");
    assert_eq!(error.model, "face_mesh_refined");
}
