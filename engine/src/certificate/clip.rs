//! What a clip's swap came to: how many frames were swapped, and how much the face trembles.

use serde::Serialize;

use super::scale::{Measure, Reading};
use crate::face::{Face, eye_distance_px};
use crate::numeric::{norm, sub};
use crate::topology::VERTICES;

/// Trembling that nobody sees, in per cent of the eye distance: a still input is no reason to call any output restless.
const STILL_PERCENT: f32 = 0.1;

/// What a clip's swap came to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ClipCertificate {
    /// Per cent of the frames with a face that show a swapped one; none without such frames.
    pub swap_rate_percent: Option<f32>,
    /// How much the output's landmarks tremble for each per cent that the input's do; none without three frames in a
    /// row that show the face before and after.
    pub jitter_ratio: Option<f32>,
}

impl ClipCertificate {
    /// The measures that there are, with their grades.
    pub fn readings(&self) -> impl Iterator<Item = Reading> {
        let measures = [(Measure::SwapRate, self.swap_rate_percent), (Measure::Jitter, self.jitter_ratio)];
        measures.into_iter().filter_map(|(measure, value)| Some(Reading::of(measure, value?)))
    }
}

/// Follows a clip, frame by frame; it keeps three of them.
#[derive(Clone, Debug, Default)]
pub struct ClipMeter {
    with_face: u32,
    swapped: u32,
    before: Trembling,
    after: Trembling,
}

impl ClipMeter {
    /// Takes the next frame: the face as it was, if there was one, and as it reads in the output, if it was swapped.
    pub fn add(&mut self, before: Option<&Face>, after: Option<&Face>) {
        self.with_face += u32::from(before.is_some());
        self.swapped += u32::from(before.is_some() && after.is_some());
        // Only frames that show both are compared: a gap starts both anew.
        let both = before.zip(after);
        self.before.add(both.map(|(before, _)| before));
        self.after.add(both.map(|(_, after)| after));
    }

    /// What the frames so far came to.
    pub fn certificate(&self) -> ClipCertificate {
        let rate = 100.0 * self.swapped as f32 / self.with_face as f32;
        let jitter = self.before.percent().zip(self.after.percent());
        ClipCertificate {
            swap_rate_percent: (self.with_face > 0).then_some(rate),
            jitter_ratio: jitter.map(|(before, after)| after.max(STILL_PERCENT) / before.max(STILL_PERCENT)),
        }
    }
}

/// How far landmarks are from where an even motion would have them.
#[derive(Clone, Debug, Default)]
struct Trembling {
    /// The last two frames, the older first.
    last: Vec<Vec<[f32; 3]>>,
    squares: f64,
    count: u32,
}

impl Trembling {
    fn add(&mut self, face: Option<&Face>) {
        let Some(face) = face.filter(|face| face.landmarks.len() == VERTICES) else {
            self.last.clear();
            return;
        };
        if let [older, newer] = self.last.as_slice() {
            let scale = 1.0 / eye_distance_px(newer).max(1e-3);
            let square = |i: usize| {
                let middle = core::array::from_fn(|k| (older[i][k] + face.landmarks[i][k]) / 2.0);
                let [x, y, _] = sub(newer[i], middle);
                f64::from(norm([x, y, 0.0]) * scale).powi(2)
            };
            self.squares += (0..VERTICES).map(square).sum::<f64>() / VERTICES as f64;
            self.count += 1;
            self.last.remove(0);
        }
        self.last.push(face.landmarks.clone());
    }

    /// Root mean square, in per cent of the eye distance.
    fn percent(&self) -> Option<f32> {
        (self.count > 0).then(|| 100.0 * (self.squares / f64::from(self.count)).sqrt() as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::Grade;
    use crate::landmarks::EYES;

    /// A face whose eyes are 100 apart, at a place.
    fn face(x: f32) -> Face {
        let mut landmarks = vec![[x, 0.0, 0.0]; VERTICES];
        for (pair, eye) in EYES.into_iter().zip([-50.0, 50.0]) {
            pair.into_iter().for_each(|i| landmarks[i] = [x + eye, 0.0, 0.0]);
        }
        Face { score: 1.0, landmarks, irises: Vec::new(), hands: Vec::new() }
    }

    #[test]
    fn an_even_motion_does_not_tremble_and_a_known_one_does_by_that_much() {
        let mut meter = ClipMeter::default();
        for frame in 0..10 {
            // Two per cent to and fro: each frame is four from the middle of its neighbours.
            let tremble = if frame % 2 == 0 { 2.0 } else { -2.0 };
            let x = 3.0 * frame as f32;
            meter.add(Some(&face(x + tremble)), Some(&face(x + 1.5 * tremble)));
        }
        assert!((meter.before.percent().expect("ten frames") - 4.0).abs() < 1e-3);
        let certificate = meter.certificate();
        assert!(certificate.jitter_ratio.is_some_and(|ratio| (ratio - 1.5).abs() < 1e-3), "{certificate:?}");
        let mut even = Trembling::default();
        (0..5).for_each(|frame| even.add(Some(&face(3.0 * frame as f32))));
        assert!(even.percent().is_some_and(|percent| percent < 1e-3));
    }

    #[test]
    fn only_frames_with_a_face_count_and_a_gap_is_no_tremble() {
        let mut meter = ClipMeter::default();
        assert_eq!(meter.certificate(), ClipCertificate { swap_rate_percent: None, jitter_ratio: None });
        meter.add(None, None);
        for x in [0.0, 1.0, 2.0] {
            meter.add(Some(&face(x)), Some(&face(x)));
        }
        meter.add(Some(&face(50.0)), None);
        let certificate = meter.certificate();
        assert_eq!(certificate, ClipCertificate { swap_rate_percent: Some(75.0), jitter_ratio: Some(1.0) });
        let grades: Vec<Grade> = certificate.readings().map(|reading| reading.grade).collect();
        assert_eq!(grades, [Grade::Poor, Grade::Good]);
    }
}
