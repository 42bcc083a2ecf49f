//! A face on a running picture: a portrait that moves through the frame on a known path.

mod common;

use common::only_face;
use engine::certificate::ClipMeter;
use engine::live::{LiveFrame, LiveSwap};
use engine::{Engine, Photo, SwapOptions};
use portrait::{Portrait, gallery, render};

const WIDTH: u32 = 640;
const HEIGHT: u32 = 400;
const SIDE: u32 = 320;
const FRAMES: usize = 40;
const FRAME_S: f64 = 1.0 / 30.0;

fn portrait_photo(portrait: &Portrait) -> Photo {
    let drawing = render(portrait, SIDE, SIDE);
    Photo::from_rgba(drawing.width, drawing.height, drawing.rgba).expect("sizes agree")
}

/// Where the portrait's left edge is.
fn place(frame: usize) -> u32 {
    (160.0 + 110.0 * (frame as f64 * 0.12).sin()) as u32
}

/// The portrait in a grey frame.
fn frame(portrait: &Photo, index: usize) -> Photo {
    let mut rgba = [90, 95, 100, 255].repeat((WIDTH * HEIGHT) as usize);
    let (left, top) = (place(index) as usize, 40);
    for y in 0..SIDE as usize {
        let row = &portrait.rgba()[y * SIDE as usize * 4..][..SIDE as usize * 4];
        rgba[((y + top) * WIDTH as usize + left) * 4..][..row.len()].copy_from_slice(row);
    }
    Photo::from_rgba(WIDTH, HEIGHT, rgba).expect("sizes agree")
}

fn live(engine: &Engine, faces: usize) -> (LiveSwap, Photo) {
    let samples = gallery();
    let (source, target) = (portrait_photo(&samples[0].portrait), portrait_photo(&samples[1].portrait));
    let face = only_face(engine, &source);
    let swap = engine.live(&source, &face, &SwapOptions::default(), faces).expect("the sample has a face");
    (swap, target)
}

/// The part of a picture as a picture of its own.
fn cut(photo: &Photo, [left, top, right, bottom]: [u32; 4]) -> Photo {
    let row = |y: u32| &photo.rgba()[((y * WIDTH + left) * 4) as usize..((y * WIDTH + right) * 4) as usize];
    let rgba = (top..bottom).flat_map(|y| row(y).to_vec()).collect();
    Photo::from_rgba(right - left, bottom - top, rgba).expect("sizes agree")
}

fn difference(a: &Photo, b: &Photo) -> f64 {
    let sum: f64 = a.rgba().iter().zip(b.rgba()).map(|(x, y)| (f64::from(*x) - f64::from(*y)).abs()).sum();
    sum / a.rgba().len() as f64
}

#[test]
fn every_frame_is_swapped_and_the_face_follows_its_path() {
    let engine = common::engine();
    let (mut swap, target) = live(&engine, 1);
    let still = only_face(&engine, &target);
    let mut largest_px = 0f32;
    for index in 0..FRAMES {
        let before = frame(&target, index);
        let mut picture = before.clone();
        let report = swap.frame(&engine, &mut picture, [0, 0], index as f64 * FRAME_S);
        assert_eq!((report.faces, report.held), (1, 0), "frame {index}");
        assert_eq!(report.searched, index == 0, "a face that is followed is not searched");
        assert!(difference(&picture, &before) > 0.3, "frame {index} shows hardly another face");
        let followed = swap.faces().next().expect("one face is followed");
        let wanted = still.landmarks.iter().map(|p| [p[0] + place(index) as f32, p[1] + 40.0]);
        let gaps = followed.iter().zip(wanted).map(|(p, q)| (p[0] - q[0]).hypot(p[1] - q[1]));
        largest_px = largest_px.max(gaps.sum::<f32>() / followed.len() as f32);
    }
    eprintln!("landmarks at most {largest_px:.2} px from where the path has them, in the mean over a face");
    assert!(largest_px < 0.04 * still.size_px(), "{largest_px} px");
}

#[test]
fn a_still_face_stays_still() {
    let engine = common::engine();
    let (mut swap, target) = live(&engine, 1);
    let picture = frame(&target, 0);
    let mut last: Option<Vec<[f32; 3]>> = None;
    // The square that the face is measured in settles with it.
    for index in 0..30 {
        swap.frame(&engine, &mut picture.clone(), [0, 0], f64::from(index) * FRAME_S);
        let now = swap.faces().next().expect("one face is followed").to_vec();
        if let Some(last) = last.filter(|_| index > 20) {
            let moved =
                now.iter().zip(&last).map(|(p, q)| (p[0] - q[0]).hypot(p[1] - q[1])).fold(0.0, f32::max);
            assert!(moved < 0.1, "{moved} px from one frame to the next");
        }
        last = Some(now);
    }
}

#[test]
fn the_wanted_part_gives_the_same_pixels_and_nothing_else_changes() {
    let engine = common::engine();
    let (mut whole, target) = live(&engine, 1);
    let (mut parts, _) = live(&engine, 1);
    for index in 0..6 {
        let time_s = index as f64 * FRAME_S;
        let before = frame(&target, index);
        let part = parts.wanted(WIDTH, HEIGHT).unwrap_or([0, 0, WIDTH, HEIGHT]);
        assert_eq!(
            part == [0, 0, WIDTH, HEIGHT],
            index == 0,
            "only the first frame is wanted whole: {part:?}"
        );
        let mut small = cut(&before, part);
        parts.frame(&engine, &mut small, [part[0], part[1]], time_s);
        let mut large = before.clone();
        whole.frame(&engine, &mut large, [0, 0], time_s);
        let gap = difference(&cut(&large, part), &small);
        assert!(gap < 0.05, "frame {index}: the part differs by {gap}");
        let [left, top, right, bottom] = part;
        let outside = (0..WIDTH * HEIGHT)
            .filter(|i| !(left..right).contains(&(i % WIDTH)) || !(top..bottom).contains(&(i / WIDTH)));
        for i in outside.map(|i| i as usize * 4) {
            assert_eq!(large.rgba()[i..i + 4], before.rgba()[i..i + 4], "pixel {}", i / 4);
        }
    }
}

#[test]
fn a_face_that_leaves_is_held_briefly_and_then_searched() {
    let engine = common::engine();
    let (mut swap, target) = live(&engine, 1);
    swap.frame(&engine, &mut frame(&target, 0), [0, 0], 0.0);
    let empty = Photo::from_rgba(WIDTH, HEIGHT, [90, 95, 100, 255].repeat((WIDTH * HEIGHT) as usize));
    let empty = empty.expect("sizes agree");
    let reports: Vec<LiveFrame> =
        (1..8).map(|i| swap.frame(&engine, &mut empty.clone(), [0, 0], f64::from(i) * FRAME_S)).collect();
    assert!(reports.iter().take(4).all(|r| r.held == 1), "{reports:?}");
    assert!(reports.last().is_some_and(|r| r.faces == 0 && r.searched), "{reports:?}");
    assert_eq!(swap.frame(&engine, &mut frame(&target, 9), [0, 0], 1.0).faces, 1, "it is found again");
}

#[test]
fn two_people_exchange_their_faces_once_both_are_known() {
    let engine = common::engine();
    let samples = gallery();
    let people = [&samples[0], &samples[3]].map(|sample| portrait_photo(&sample.portrait));
    let mut rgba = [90, 95, 100, 255].repeat((WIDTH * HEIGHT) as usize);
    for (person, left) in people.iter().zip([0, SIDE as usize]) {
        for (y, row) in person.rgba().chunks_exact(SIDE as usize * 4).enumerate() {
            rgba[((y + 40) * WIDTH as usize + left) * 4..][..row.len()].copy_from_slice(row);
        }
    }
    let before = Photo::from_rgba(WIDTH, HEIGHT, rgba).expect("sizes agree");
    let mut swap = engine.live_exchange(&SwapOptions::default()).expect("the usual options are good");
    let mut reports = Vec::new();
    let mut after = before.clone();
    for index in 0..12 {
        after = before.clone();
        reports.push(swap.frame(&engine, &mut after, [0, 0], f64::from(index) * FRAME_S).faces);
    }
    assert_eq!((reports[0], reports[11]), (0, 2), "{reports:?}");
    for left in [0, SIDE] {
        let face = |photo: &Photo| cut(photo, [left + 110, 150, left + 210, 300]);
        let gap = difference(&face(&after), &face(&before));
        assert!(gap > 2.0, "the face at {left} hardly changed: {gap}");
    }
    // Whoever is left alone gets their own face back.
    let alone = Photo::from_rgba(WIDTH, HEIGHT, frame(&people[0], 0).into_rgba()).expect("sizes agree");
    let last: Vec<usize> = (12..24)
        .map(|i| swap.frame(&engine, &mut alone.clone(), [0, 0], f64::from(i) * FRAME_S).faces)
        .collect();
    assert_eq!(last[11], 0, "{last:?}");
}

/// The same picture as a noisy sensor sees it: every channel up to `most` lighter or darker (a linear congruential generator,
/// Knuth 1981).
fn noisy(photo: &Photo, seed: usize, most: i32) -> Photo {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed as u64 + 1);
    let rgba = photo.rgba().iter().enumerate().map(|(i, &value)| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let by = (state >> 33) as i32 % (2 * most + 1) - most;
        if i % 4 == 3 { value } else { (i32::from(value) + by).clamp(0, 255) as u8 }
    });
    Photo::from_rgba(photo.width(), photo.height(), rgba.collect()).expect("sizes agree")
}

#[test]
fn the_output_shakes_little_more_than_the_input() {
    let engine = common::engine();
    let (mut swap, target) = live(&engine, 1);
    let mut meter = ClipMeter::default();
    for index in 0..24 {
        let input = noisy(&frame(&target, index), index, 6);
        let mut output = input.clone();
        swap.frame(&engine, &mut output, [0, 0], index as f64 * FRAME_S);
        // The square that the face is measured in settles first.
        if index >= 4 {
            meter.add(Some(&only_face(&engine, &input)), Some(&only_face(&engine, &output)));
        }
    }
    let ratio = meter.certificate().jitter_ratio.expect("twenty frames show the face");
    eprintln!("jitter {ratio:.3} of the input's");
    assert!(ratio <= 1.2, "{ratio}");
}
