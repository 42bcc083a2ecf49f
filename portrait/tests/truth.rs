//! What others may rely on: pictures repeat, landmarks lie on the face and follow pose and expression.

use portrait::{Expression, Landmark, MAX_SIDE, MIN_SIDE, Portrait, Pose, Side, gallery, group, render};

/// FNV-1a, enough to compare pictures.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// A neutral face towards the camera.
fn still() -> Portrait {
    Portrait { pose: Pose::default(), expression: Expression::default(), ..Portrait::nobody(3) }
}

fn at(portrait: &Portrait, landmark: Landmark) -> [f32; 2] {
    render(portrait, 64, 64).landmarks.get(landmark).expect("every landmark is located")
}

#[test]
fn the_same_parameters_give_the_same_picture() {
    let portrait = Portrait::nobody(42);
    let (a, b) = (render(&portrait, 80, 80), render(&portrait, 80, 80));
    assert_eq!(hash(&a.rgba), hash(&b.rgba));
    assert_eq!(a.landmarks, b.landmarks);
}

#[test]
fn different_people_look_different() {
    let hashes: std::collections::BTreeSet<u64> =
        (0..6).map(|seed| hash(&render(&Portrait::nobody(seed), 32, 32).rgba)).collect();
    assert_eq!(hashes.len(), 6);
}

#[test]
fn the_gallery_is_named_once_and_its_landmarks_are_in_the_picture() {
    let samples = gallery();
    assert!((8..=10).contains(&samples.len()));
    let names: std::collections::BTreeSet<_> = samples.iter().map(|s| s.name).collect();
    assert_eq!(names.len(), samples.len());
    for sample in samples {
        let drawing = render(&sample.portrait, 64, 64);
        for (landmark, [x, y], _) in drawing.landmarks.iter() {
            assert!((0.0..64.0).contains(&x) && (0.0..64.0).contains(&y), "{} {landmark:?}", sample.name);
        }
        assert!(drawing.landmarks.eye_distance() > 64.0 * 0.15, "{} is too small", sample.name);
    }
}

#[test]
fn landmarks_are_mirrored_on_a_frontal_face() {
    let drawing = render(&still(), 64, 64);
    let get = |l| drawing.landmarks.get(l).expect("located");
    for pair in [Landmark::EyeOuter, Landmark::MouthCorner, Landmark::Ala, Landmark::BrowPeak] {
        let ([lx, ly], [rx, ry]) = (get(pair(Side::Left)), get(pair(Side::Right)));
        assert!((lx + rx - 64.0).abs() < 0.1 && (ly - ry).abs() < 0.1 && lx < rx);
    }
}

#[test]
fn mesh_vertices_are_unique() {
    let drawing = render(&still(), 16, 16);
    let mut seen = std::collections::BTreeSet::new();
    for index in drawing.landmarks.iter().filter_map(|(l, _, _)| l.mesh_index()) {
        assert!(index < 468 && seen.insert(index), "{index}");
    }
    assert!(seen.len() >= 25);
}

#[test]
fn turning_moves_the_nose_the_same_way() {
    let turn = |yaw_deg, pitch_deg| Portrait { pose: Pose { yaw_deg, pitch_deg, roll_deg: 0.0 }, ..still() };
    let front = at(&still(), Landmark::NoseTip);
    assert!(at(&turn(25.0, 0.0), Landmark::NoseTip)[0] > front[0] + 1.0);
    assert!(at(&turn(-25.0, 0.0), Landmark::NoseTip)[0] < front[0] - 1.0);
    assert!(at(&turn(0.0, 15.0), Landmark::NoseTip)[1] < front[1] - 1.0);
    assert!(at(&turn(0.0, -15.0), Landmark::NoseTip)[1] > front[1] + 1.0);
}

#[test]
fn a_tilted_head_tilts_its_eyes() {
    let tilted = Portrait { pose: Pose { roll_deg: 20.0, ..Pose::default() }, ..still() };
    let (left, right) =
        (at(&tilted, Landmark::EyeOuter(Side::Left)), at(&tilted, Landmark::EyeOuter(Side::Right)));
    let slope = (right[1] - left[1]) / (right[0] - left[0]);
    assert!((slope - 20f32.to_radians().tan()).abs() < 0.03, "{slope}");
}

#[test]
fn a_far_turn_hides_the_far_eye() {
    let turned = Portrait { pose: Pose { yaw_deg: 58.0, ..Pose::default() }, ..still() };
    let drawing = render(&turned, 32, 32);
    let seen = |l| drawing.landmarks.iter().find(|p| p.0 == l).is_some_and(|p| p.2);
    assert!(seen(Landmark::EyeInner(Side::Left)));
    assert!(!seen(Landmark::EyeOuter(Side::Right)));
}

#[test]
fn expressions_move_what_they_name() {
    let with = |expression| Portrait { expression, ..still() };
    let corner = Landmark::MouthCorner(Side::Right);
    let smile = at(&with(Expression { smile: 1.0, ..Expression::default() }), corner);
    assert!(smile[0] > at(&still(), corner)[0] + 0.4 && smile[1] < at(&still(), corner)[1] - 0.4);
    let gap = |p: &Portrait| at(p, Landmark::LipLowerInner)[1] - at(p, Landmark::LipUpperInner)[1];
    let open = with(Expression { mouth_open: 1.0, ..Expression::default() });
    assert!(gap(&open) > gap(&still()) + 2.0);
    let lids =
        |p: &Portrait| at(p, Landmark::LidLower(Side::Left))[1] - at(p, Landmark::LidUpper(Side::Left))[1];
    let shut = with(Expression { blink: 1.0, ..Expression::default() });
    assert!(lids(&shut) < lids(&still()) * 0.4);
    let brow = |raise| {
        at(&with(Expression { brow_raise: raise, ..Expression::default() }), Landmark::BrowPeak(Side::Left))
            [1]
    };
    assert!(brow(1.0) < brow(0.0) && brow(0.0) < brow(-1.0));
}

#[test]
fn sizes_and_parameters_are_clamped_not_trusted() {
    for (width, height) in [(0, 0), (1, 1), (16, 16), (17, 40), (90, 20)] {
        let drawing = render(&still(), width, height);
        assert_eq!((drawing.width, drawing.height), (width.max(MIN_SIDE), height.max(MIN_SIDE)));
        assert_eq!(drawing.rgba.len(), (drawing.width * drawing.height * 4) as usize);
    }
    assert_eq!(render(&still(), u32::MAX, 16).width, MAX_SIDE);
    let mut wild = still();
    (wild.identity.face_width, wild.identity.chin, wild.pose.yaw_deg) = (f32::NAN, 1e9, f32::NEG_INFINITY);
    (wild.expression.mouth_open, wild.light.key, wild.skin.tone) = (f32::INFINITY, f32::NAN, -7.0);
    assert!(render(&wild, 24, 24).landmarks.iter().all(|(_, [x, y], _)| x.is_finite() && y.is_finite()));
}

#[test]
fn a_group_has_one_face_for_each_person_from_left_to_right() {
    let people: Vec<Portrait> = (0..3).map(Portrait::nobody).collect();
    let drawing = group(&people, 144, 64);
    assert_eq!(drawing.faces.len(), 3);
    let noses: Vec<f32> =
        drawing.faces.iter().map(|f| f.get(Landmark::NoseTip).expect("located")[0]).collect();
    assert!(noses[0] < 48.0 && (48.0..96.0).contains(&noses[1]) && noses[2] > 96.0, "{noses:?}");
    assert!(drawing.rgba.chunks_exact(4).all(|px| px[3] == 255));
    assert!(group(&[], 20, 20).faces.is_empty());
}
