//! Where a picture shows skin, judged by the colour of its own face.
//!
//! The tone is the one that most of the face's bare parts agree on: a mask covers some of them, a fringe others. Each
//! pixel is then compared with the skin around it, since a face's two sides are seldom in the same light.

use super::local_mean::LocalMean;
use super::places::{Place, Zone};
use crate::numeric::smoothstep;

/// A picture of a face.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Oklab.
    pub(super) lab: &'a [[f32; 3]],
    /// The face's size in pixels.
    pub(super) face_px: f32,
    /// Where on the face each pixel lies.
    pub(super) places: &'a [Option<Place>],
}

impl View<'_> {
    /// A share of the face's size in whole pixels, at least 1.
    pub(super) fn radius(&self, share: f32) -> usize {
        ((share * self.face_px) as usize).max(1)
    }

    /// The mean colour of the face around each pixel, within a share of its size.
    pub(super) fn mean_around(&self, share: f32) -> LocalMean {
        LocalMean::new([self.width, self.height], self.radius(share), ([0.5; 3], 1e-6), |i| {
            (self.lab[i], if self.places[i].is_some() { 1.0 } else { 0.0 })
        })
    }
}

/// Parts that are bare on most faces, and how much each says about the tone: forehead, bridge of the nose, cheeks,
/// cheekbones, jaw, tip of the nose, chin.
const BARE: [(Zone, f32); 7] = [
    (Zone { aside: [0.0, 0.15], up: [0.76, 0.84] }, 1.3),
    (Zone { aside: [0.0, 0.04], up: [0.51, 0.6] }, 1.5),
    (Zone { aside: [0.1, 0.22], up: [0.46, 0.54] }, 1.5),
    (Zone { aside: [0.22, 0.32], up: [0.5, 0.58] }, 1.0),
    (Zone { aside: [0.18, 0.3], up: [0.3, 0.42] }, 1.0),
    (Zone { aside: [0.0, 0.06], up: [0.44, 0.5] }, 1.0),
    (Zone { aside: [0.0, 0.08], up: [0.12, 0.2] }, 0.7),
];
/// Every third pixel is enough for a median.
const STRIDE: usize = 3;
/// Fewer samples than this say nothing.
const MIN_SAMPLES: usize = 8;
/// Redness and yellowness, as shares of lightness, between which a colour becomes possible for skin.
const SKIN_RED: [f32; 2] = [-0.01, 0.015];
const SKIN_YELLOW: [f32; 2] = [0.0, 0.03];
/// What an impossible colour still counts: in a black-and-white photo every colour is one.
const IMPOSSIBLE: f32 = 0.03;
/// How far two parts of one face may differ: lightness, and each colour's share.
const AGREE: [f32; 3] = [0.18, 0.03, 0.03];
/// Skin varies as much about the face's tone, and about the skin around it: darker, lighter, and each colour's share.
const SPREAD: [f32; 3] = [0.12, 0.14, 0.03];
const LOCAL_SPREAD: [f32; 3] = [0.06, 0.085, 0.03];
/// Squared distances from the tone between which a pixel no longer counts as skin for those around it.
const LIKELY: [f32; 2] = [2.0, 6.0];
/// Squared distances from the skin around between which a pixel becomes strange.
const STRANGE: [f32; 2] = [5.0, 14.0];
/// What is around a pixel, as a share of the face.
const AROUND: f32 = 0.07;
/// Where no skin is around, the face's tone counts; this much of it everywhere.
const PRIOR: f32 = 0.03;

/// Least spread assumed per Oklab channel: even skin is never one exact colour.
const MIN_SPREAD: [f32; 3] = [0.05, 0.012, 0.014];
/// Squared distances from the cheeks' colour between which likelihood falls from 1 to 0.
const FALL: [f32; 2] = [5.0, 12.0];
/// Fewer pixels of cheek than this say nothing.
const MIN_CHEEK: f32 = 10.0;

/// How little each pixel looks like the skin around it: 0 on skin and beside the face, 1 on what is none.
pub(super) fn strangeness(view: &View<'_>) -> Vec<f32> {
    let tones: Vec<[f32; 3]> = view.lab.iter().map(|&p| reflectance(p)).collect();
    let Some(tone) = face_tone(view, &tones) else { return vec![0.0; tones.len()] };
    let around = LocalMean::new([view.width, view.height], view.radius(AROUND), (tone, PRIOR), |i| {
        let likely = |_| 1.0 - smoothstep(LIKELY[0], LIKELY[1], gap(tones[i], tone, SPREAD));
        (tones[i], view.places[i].map_or(0.0, likely))
    });
    let of = |i: usize| {
        let local = around.at(i % view.width, i / view.width);
        let strange = |_| smoothstep(STRANGE[0], STRANGE[1], gap(tones[i], local, LOCAL_SPREAD));
        view.places[i].map_or(0.0, strange)
    };
    (0..tones.len()).map(of).collect()
}

/// How much redder each pixel is than the face's tone, as a share of its lightness; 0 where no tone can be told.
pub(super) fn redness(view: &View<'_>) -> Vec<f32> {
    let tones: Vec<[f32; 3]> = view.lab.iter().map(|&p| reflectance(p)).collect();
    let Some(tone) = face_tone(view, &tones) else { return vec![0.0; tones.len()] };
    tones.iter().map(|of| of[1] - tone[1]).collect()
}

/// Lightness, and the two opponent colours as shares of it: light and shade change only the first.
fn reflectance([lightness, a, b]: [f32; 3]) -> [f32; 3] {
    let scale = 1.0 / lightness.max(0.15);
    [lightness, a * scale, b * scale]
}

/// Squared distance in units of the spread, which differs for darker and lighter.
fn gap(tone: [f32; 3], from: [f32; 3], [darker, lighter, colour]: [f32; 3]) -> f32 {
    let lightness = tone[0] - from[0];
    let lightness = lightness / if lightness < 0.0 { darker } else { lighter };
    let [a, b] = [1, 2].map(|k| (tone[k] - from[k]) / colour);
    lightness * lightness + a * a + b * b
}

/// The tone that the bare parts agree on most; none when none of them can be seen.
fn face_tone(view: &View<'_>, tones: &[[f32; 3]]) -> Option<[f32; 3]> {
    let parts: Vec<([f32; 3], f32)> = BARE
        .iter()
        .filter_map(|(zone, weight)| {
            let tone = median_tone(zone.pixels(view.places).step_by(STRIDE), tones)?;
            let possible = smoothstep(SKIN_RED[0], SKIN_RED[1], tone[1])
                * smoothstep(SKIN_YELLOW[0], SKIN_YELLOW[1], tone[2]);
            Some((tone, weight * possible.max(IMPOSSIBLE)))
        })
        .collect();
    let agreement = |a: [f32; 3], b: [f32; 3]| {
        let squares: f32 = (0..3).map(|k| ((a[k] - b[k]) / AGREE[k]).powi(2)).sum();
        // Falls like a bell, and is the same on every platform.
        1.0 / (1.0 + squares * squares)
    };
    let support = |tone| parts.iter().map(|&(other, weight)| weight * agreement(tone, other)).sum::<f32>();
    let rank = |&(tone, weight): &([f32; 3], f32)| weight.min(1.0) * support(tone);
    let &(best, _) = parts.iter().max_by(|a, b| rank(a).total_cmp(&rank(b)))?;
    let total = support(best);
    let share = |&(tone, weight): &([f32; 3], f32)| (tone, weight * agreement(best, tone) / total);
    Some(
        parts
            .iter()
            .map(share)
            .fold([0.0; 3], |sum, (tone, w)| core::array::from_fn(|k| sum[k] + tone[k] * w)),
    )
}

fn median_tone(pixels: impl Iterator<Item = usize>, tones: &[[f32; 3]]) -> Option<[f32; 3]> {
    let pixels: Vec<usize> = pixels.collect();
    let median = |k: usize| {
        let mut values: Vec<f32> = pixels.iter().map(|&i| tones[i][k]).collect();
        let middle = values.len() / 2;
        *values.select_nth_unstable_by(middle, f32::total_cmp).1
    };
    (pixels.len() >= MIN_SAMPLES).then(|| [0, 1, 2].map(median))
}

/// Likelihood of skin per pixel, 0 to 1, from the colours where `is_cheek`; 1 everywhere without enough of them.
///
/// This one asks what tells about tone and light: shade belongs to them, and counts as far as the cheeks have it.
///
/// Brighter than the cheek is still skin (a highlight); only darker, redder, bluer and the like is not.
pub(super) fn likelihood(lab: &[[f32; 3]], is_cheek: &[bool]) -> Vec<f32> {
    let samples = || lab.iter().zip(is_cheek).filter(|&(_, &inside)| inside).map(|(p, _)| p);
    let count = samples().count() as f32;
    if count < MIN_CHEEK {
        return vec![1.0; lab.len()];
    }
    let mean: [f32; 3] =
        core::array::from_fn(|k| (samples().map(|p| f64::from(p[k])).sum::<f64>() / f64::from(count)) as f32);
    let spread: [f32; 3] = core::array::from_fn(|k| {
        let squares: f64 = samples().map(|p| f64::from((p[k] - mean[k]) * (p[k] - mean[k]))).sum();
        ((squares / f64::from(count)).sqrt() as f32).max(MIN_SPREAD[k])
    });
    let of = |p: &[f32; 3]| {
        let z: [f32; 3] = core::array::from_fn(|k| (p[k] - mean[k]) / spread[k]);
        let darker = z[0].min(0.0);
        1.0 - smoothstep(FALL[0], FALL[1], darker * darker + z[1] * z[1] + z[2] * z[2])
    };
    lab.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::places::{pixel_at, square_face};
    use super::*;

    const SIDE: usize = 100;
    const SKIN: [f32; 3] = [0.7, 0.03, 0.04];

    /// A face that fills a square, its pixels coloured by their places.
    fn strangeness_of(colour: impl Fn(Place) -> [f32; 3]) -> impl Fn(f32, f32) -> f32 {
        let places = square_face(SIDE);
        let lab: Vec<[f32; 3]> = places.iter().flatten().map(|&p| colour(p)).collect();
        let view = View { width: SIDE, height: SIDE, lab: &lab, face_px: SIDE as f32, places: &places };
        let strange = strangeness(&view);
        move |aside, up| pixel_at(&places, aside, up).map_or(f32::NAN, |i| strange[i])
    }

    #[test]
    fn hair_is_no_skin_and_a_highlight_is() {
        let strange = strangeness_of(|p| match p {
            p if p.up > 0.8 => [0.2, 0.01, 0.01],
            p if p.up < 0.4 && p.aside < 0.05 => [0.8, 0.034, 0.046],
            _ => SKIN,
        });
        assert_eq!((strange(0.1, 0.85), strange(0.0, 0.3), strange(0.2, 0.5)), (1.0, 0.0, 0.0));
    }

    #[test]
    fn a_mask_over_most_of_the_face_is_no_skin() {
        let strange = strangeness_of(|p| if p.up < 0.57 { [0.85, -0.03, -0.03] } else { [0.5, 0.035, 0.05] });
        assert_eq!((strange(0.1, 0.3), strange(0.0, 0.8)), (1.0, 0.0));
    }

    #[test]
    fn a_side_in_the_shade_is_skin() {
        let shade = |p: Place| 1.0 - 0.5 * p.aside;
        let strange = strangeness_of(|p| SKIN.map(|v| v * shade(p)));
        assert!(strange(0.4, 0.5) < 0.1 && strange(0.02, 0.5) < 0.1);
    }

    #[test]
    fn hair_beside_a_cheek_is_unlikely_and_a_highlight_is_not() {
        let mut lab = vec![[0.7, 0.03, 0.04]; 100];
        let cheek: Vec<bool> = (0..100).map(|i| i < 80).collect();
        lab[90] = [0.2, 0.01, 0.01];
        lab[91] = [0.95, 0.03, 0.04];
        let skin = likelihood(&lab, &cheek);
        assert_eq!((skin[90], skin[91], skin[0]), (0.0, 1.0, 1.0));
        assert!(likelihood(&lab, &[false; 100]).iter().all(|&s| s == 1.0));
    }
}
