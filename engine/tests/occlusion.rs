//! What lies over a face stays on the target and does not come along from the source: drawn over portraits of nobody.

mod common;

use common::only_face;
use engine::{Engine, Face, Photo, SwapOptions};
use portrait::{gallery, render};

const SIDE: u32 = 384;
/// Most of a mean difference, in levels, that glasses of a source may leave.
const GLASSES_GAP: f32 = 5.0;
/// Corners of each eye, and what is found between and beside them.
const EYES: [[usize; 2]; 2] = [[33, 133], [362, 263]];
const SIDES: [usize; 2] = [127, 356];
const NOSE_TIP: usize = 4;
const BROW: usize = 105;
const LOWER_LIP: usize = 17;
const CHIN: usize = 152;

/// A picture that is drawn on, and which pixels were.
struct Drawn {
    rgba: Vec<u8>,
    inked: Vec<bool>,
}

impl Drawn {
    fn over(photo: &Photo) -> Self {
        Self { rgba: photo.rgba().to_vec(), inked: vec![false; photo.rgba().len() / 4] }
    }

    /// Paints every pixel that `holds`.
    fn ink(&mut self, colour: [u8; 3], holds: impl Fn(f32, f32) -> bool) {
        for (i, pixel) in self.rgba.chunks_exact_mut(4).enumerate() {
            let (x, y) = ((i as u32 % SIDE) as f32 + 0.5, (i as u32 / SIDE) as f32 + 0.5);
            if holds(x, y) {
                pixel[..3].copy_from_slice(&colour);
                self.inked[i] = true;
            }
        }
    }

    fn photo(&self) -> Photo {
        Photo::from_rgba(SIDE, SIDE, self.rgba.clone()).expect("sizes agree")
    }

    /// Share of the inked pixels within the face that look the same in another picture.
    fn share_kept(&self, face: &Face, other: &Photo) -> f32 {
        let [left, top, right, bottom] = face.bounds();
        let (mut kept, mut all) = (0, 0);
        for (i, (a, b)) in self.rgba.chunks_exact(4).zip(other.rgba().chunks_exact(4)).enumerate() {
            let (x, y) = ((i as u32 % SIDE) as f32, (i as u32 / SIDE) as f32);
            if self.inked[i] && x > left && x < right && y > top && y < bottom {
                all += 1;
                kept += u32::from((0..3).all(|k| a[k].abs_diff(b[k]) < 40));
            }
        }
        kept as f32 / all as f32
    }
}

fn sample(index: usize) -> Photo {
    let drawing = render(&gallery()[index].portrait, SIDE, SIDE);
    Photo::from_rgba(drawing.width, drawing.height, drawing.rgba).expect("sizes agree")
}

/// Black rims around both eyes, a bridge and arms.
fn with_glasses(photo: &Photo, face: &Face) -> Drawn {
    let at = |i: usize| [face.landmarks[i][0], face.landmarks[i][1]];
    let middle = |[a, b]: [usize; 2]| [(at(a)[0] + at(b)[0]) / 2.0, (at(a)[1] + at(b)[1]) / 2.0];
    let half = (at(EYES[0][1])[0] - at(EYES[0][0])[0]).abs() / 2.0;
    let thick = 0.16 * half;
    let mut drawn = Drawn::over(photo);
    for (eye, side) in EYES.map(middle).into_iter().zip(SIDES) {
        let outer = (at(side)[0] - eye[0]).signum();
        drawn.ink([12, 12, 14], |x, y| {
            let (dx, dy) = (x - eye[0], y - eye[1]);
            let ring = (dx / (1.75 * half)).hypot(dy / (1.35 * half));
            let arm = dx * outer > 1.7 * half && dy.abs() < thick && (at(side)[0] - x) * outer > 0.0;
            (ring - 1.0).abs() < 0.08 || arm
        });
    }
    let [left, right] = EYES.map(middle);
    let level = (left[1] + right[1]) / 2.0;
    drawn.ink([12, 12, 14], |x, y| {
        x > left[0] + 1.7 * half && x < right[0] - 1.7 * half && (y - level).abs() < thick
    });
    drawn
}

/// A light blue mask from the nose to under the chin.
fn with_mask(photo: &Photo, face: &Face) -> Drawn {
    let [left, _, right, _] = face.bounds();
    let (nose, chin) = (face.landmarks[NOSE_TIP], face.landmarks[CHIN]);
    let top = nose[1] - 0.25 * (chin[1] - nose[1]);
    let mut drawn = Drawn::over(photo);
    drawn.ink([150, 200, 225], |x, y| {
        y > top && y < chin[1] + 4.0 && x > left + 0.04 * (right - left) && x < right - 0.04 * (right - left)
    });
    drawn
}

/// A dark grey ball before the mouth, and what holds it.
fn with_microphone(photo: &Photo, face: &Face) -> Drawn {
    let [left, _, right, _] = face.bounds();
    let (lip, chin) = (face.landmarks[LOWER_LIP], face.landmarks[CHIN]);
    let radius = 0.22 * (right - left);
    let centre = [lip[0], (lip[1] + chin[1]) / 2.0];
    let mut drawn = Drawn::over(photo);
    drawn.ink([72, 74, 78], |x, y| (x - centre[0]).hypot(y - centre[1]) < radius);
    drawn.ink([30, 30, 32], |x, y| (x - centre[0]).abs() < 0.4 * radius && y > centre[1] + 0.9 * radius);
    drawn
}

fn swap(engine: &Engine, source: (&Photo, &Face), target: (&Photo, &Face)) -> Photo {
    engine
        .swap(source.0, source.1, target.0, &[target.1], &SwapOptions::default())
        .expect("both faces are fine")
}

/// What is drawn over the lower face is there after a swap, and a landmark beside it is the source's.
fn stays_on_the_target(draw: fn(&Photo, &Face) -> Drawn, bare_landmark: usize) {
    let engine = common::engine();
    let (source, plain) = (sample(0), sample(1));
    let bare = only_face(&engine, &plain);
    let drawn = draw(&plain, &bare);
    let target = drawn.photo();
    // The face that was found without it: a mask hides it from the detector, not from us.
    let result = swap(&engine, (&source, &only_face(&engine, &source)), (&target, &bare));
    let kept = drawn.share_kept(&bare, &result);
    eprintln!("{:.0} % is still there", kept * 100.0);
    assert!(kept > 0.95, "{kept}");
    let [x, y, _] = bare.landmarks[bare_landmark];
    let at = (y as usize * SIDE as usize + x as usize) * 4;
    assert_ne!(result.rgba()[at..at + 3], target.rgba()[at..at + 3], "the rest is the source's");
}

#[test]
fn glasses_stay_on_the_target() {
    let engine = common::engine();
    let (source, plain) = (sample(0), sample(1));
    let bare = only_face(&engine, &plain);
    let drawn = with_glasses(&plain, &bare);
    let target = drawn.photo();
    let onto = only_face(&engine, &target);
    let result = swap(&engine, (&source, &only_face(&engine, &source)), (&target, &onto));
    let kept = drawn.share_kept(&onto, &result);
    eprintln!("{:.0} % of the glasses are still there", kept * 100.0);
    assert!(kept > 0.9, "{kept}");
    let nose = onto.landmarks[NOSE_TIP];
    let at = (nose[1] as usize * SIDE as usize + nose[0] as usize) * 4;
    assert_ne!(result.rgba()[at..at + 3], target.rgba()[at..at + 3], "the nose is the source's");
}

#[test]
fn glasses_do_not_come_along_from_the_source() {
    let engine = common::engine();
    let (plain, target) = (sample(0), sample(1));
    let source = with_glasses(&plain, &only_face(&engine, &plain)).photo();
    let onto = only_face(&engine, &target);
    let result = swap(&engine, (&source, &only_face(&engine, &source)), (&target, &onto));
    // Where glasses would sit, the result is about as light as the target is.
    let there = with_glasses(&target, &onto);
    let kept = there.share_kept(&onto, &result);
    eprintln!("{:.0} % of where they would be is dark", kept * 100.0);
    assert!(kept < 0.3, "{kept}");
}

#[test]
fn a_source_with_clear_glasses_gives_about_the_face_that_it_gives_without() {
    let engine = common::engine();
    let (plain, target) = (sample(0), sample(1));
    let source = with_glasses(&plain, &only_face(&engine, &plain)).photo();
    let onto = only_face(&engine, &target);
    let there = with_glasses(&target, &onto);
    let result = |source: &Photo| swap(&engine, (source, &only_face(&engine, source)), (&target, &onto));
    let (bare, unglazed) = (result(&plain), result(&source));
    let gaps = (0..there.inked.len()).filter(|&i| there.inked[i]).map(|i| {
        let [a, b] = [&bare, &unglazed].map(|photo| &photo.rgba()[4 * i..4 * i + 3]);
        (0..3).map(|k| f32::from(a[k].abs_diff(b[k]))).sum::<f32>() / 3.0
    });
    let (sum, count) = gaps.fold((0.0, 0), |(sum, count), gap| (sum + gap, count + 1));
    eprintln!("where rims would be, {:.1} levels from the bare source's result", sum / count as f32);
    assert!(sum / count as f32 <= GLASSES_GAP);
}

#[test]
fn a_microphone_stays_before_the_targets_mouth() {
    stays_on_the_target(with_microphone, NOSE_TIP);
}

#[test]
fn a_mask_stays_on_the_target() {
    stays_on_the_target(with_mask, BROW);
}
