//! Portraits of nobody, whose landmarks are known exactly: what the engine finds is measured against the truth.

mod common;

use common::only_face;
use engine::{Engine, Face, Photo, SwapOptions};
use portrait::{Beard, Drawing, Landmark, Landmarks, Portrait, Pose, gallery, group, render};

const SIDE: u32 = 384;
/// Mean distance from the truth, as a share of the distance between the eyes.
const MAX_ERROR: f32 = 0.05;

fn photo(drawing: &Drawing) -> Photo {
    Photo::from_rgba(drawing.width, drawing.height, drawing.rgba.clone()).expect("sizes agree")
}

/// Whether the mesh can be held to a landmark: it has no corner of the jaw, and a beard hides the chin.
fn is_measured(landmark: Landmark, portrait: &Portrait) -> bool {
    match landmark {
        Landmark::Jaw(_) => false,
        Landmark::Chin => portrait.hair.beard == Beard::None,
        _ => true,
    }
}

/// Mean distance between a face and the truth, in distances between the eyes.
fn error(face: &Face, truth: &Landmarks, portrait: &Portrait) -> f32 {
    let distances: Vec<f32> = truth
        .iter()
        .filter(|(landmark, _, visible)| *visible && is_measured(*landmark, portrait))
        .filter_map(|(landmark, at, _)| landmark.mesh_index().map(|i| (face.landmarks[i], at)))
        .map(|([x, y, _], at)| (x - at[0]).hypot(y - at[1]))
        .collect();
    distances.iter().sum::<f32>() / distances.len() as f32 / truth.eye_distance()
}

fn face_of(engine: &Engine, portrait: &Portrait) -> (Photo, Face) {
    let photo = photo(&render(portrait, SIDE, SIDE));
    let face = only_face(engine, &photo);
    (photo, face)
}

#[test]
fn every_sample_is_found_once_and_where_it_is() {
    let engine = common::engine();
    let mut far = Vec::new();
    for sample in gallery() {
        let drawing = render(&sample.portrait, SIDE, SIDE);
        let faces = engine.find_faces(&photo(&drawing));
        assert_eq!(faces.len(), 1, "{}", sample.name);
        let error = error(&faces[0], &drawing.landmarks, &sample.portrait);
        eprintln!("{:10} {:.1} % of the eye distance", sample.name, error * 100.0);
        if error > MAX_ERROR {
            far.push((sample.name, error));
        }
    }
    assert!(far.is_empty(), "{far:?}");
}

#[test]
fn three_people_are_three_faces_each_at_its_own_place() {
    let engine = common::engine();
    let people: Vec<Portrait> = gallery().into_iter().take(3).map(|s| s.portrait).collect();
    let drawing = group(&people, 2 * SIDE, SIDE);
    let photo = Photo::from_rgba(drawing.width, drawing.height, drawing.rgba).expect("sizes agree");
    let mut faces = engine.find_faces(&photo);
    assert_eq!(faces.len(), 3);
    faces.sort_by(|a, b| a.landmarks[1][0].total_cmp(&b.landmarks[1][0]));
    for ((face, truth), person) in faces.iter().zip(&drawing.faces).zip(&people) {
        let error = error(face, truth, person);
        assert!(error < 2.0 * MAX_ERROR, "{error}");
    }
}

#[test]
fn a_turning_head_turns_the_pose_the_same_way() {
    let engine = common::engine();
    let still = gallery().remove(1).portrait;
    let yaws: Vec<f32> = [-30.0, -15.0, 0.0, 15.0, 30.0]
        .into_iter()
        .map(|yaw_deg| {
            let pose = Pose { yaw_deg, ..Pose::default() };
            face_of(&engine, &Portrait { pose, ..still.clone() }).1.pose().yaw_deg
        })
        .collect();
    eprintln!("yaw from -30 to 30 degrees in steps of 15: {yaws:.1?}");
    assert!(yaws.windows(2).all(|w| w[1] > w[0] + 5.0), "{yaws:?}");
    assert!(yaws[2].abs() < 6.0, "{yaws:?}");
}

#[test]
fn a_swap_of_the_first_two_samples_changes_the_face_and_nothing_else() {
    let engine = common::engine();
    let samples = gallery();
    let (source, from) = face_of(&engine, &samples[0].portrait);
    let (target, onto) = face_of(&engine, &samples[1].portrait);
    let swapped =
        engine.swap(&source, &from, &target, &[&onto], &SwapOptions::default()).expect("both faces are fine");
    let [left, top, right, bottom] = onto.bounds();
    let mut changed = 0;
    for (i, (old, new)) in target.rgba().chunks_exact(4).zip(swapped.rgba().chunks_exact(4)).enumerate() {
        let (x, y) = ((i as u32 % SIDE) as f32, (i as u32 / SIDE) as f32);
        let inside = (left - 1.0..=right + 1.0).contains(&x) && (top - 1.0..=bottom + 1.0).contains(&y);
        assert!(inside || old == new, "outside the face at {x}, {y}");
        changed += usize::from((0..3).any(|c| old[c].abs_diff(new[c]) > 4));
    }
    let area = (right - left) * (bottom - top);
    eprintln!("{changed} pixels changed visibly, of {area:.0} in the face's bounds");
    assert!(changed as f32 > 0.2 * area, "{changed} of {area}");
}
