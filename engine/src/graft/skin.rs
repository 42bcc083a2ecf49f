//! Where a picture shows skin, judged by the colour of its own cheeks.

use crate::numeric::smoothstep;

/// Least spread assumed per Oklab channel: even skin is never one exact colour.
const MIN_SPREAD: [f32; 3] = [0.05, 0.012, 0.014];
/// Squared distances from the cheeks' colour between which likelihood falls from 1 to 0.
const FALL: [f32; 2] = [5.0, 12.0];
/// Fewer samples than this say nothing.
const MIN_SAMPLES: f32 = 10.0;

/// Likelihood of skin per pixel, 0 to 1, from the colours where `is_cheek`; 1 everywhere without enough of them.
///
/// Brighter than the cheek is still skin (a highlight); only darker, redder, bluer and the like is not.
pub(super) fn likelihood(lab: &[[f32; 3]], is_cheek: &[bool]) -> Vec<f32> {
    let samples = || lab.iter().zip(is_cheek).filter(|&(_, &inside)| inside).map(|(p, _)| p);
    let count = samples().count() as f32;
    if count < MIN_SAMPLES {
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
    use super::*;

    #[test]
    fn hair_is_no_skin_and_a_highlight_is() {
        let mut lab = vec![[0.7, 0.03, 0.04]; 100];
        let cheek: Vec<bool> = (0..100).map(|i| i < 80).collect();
        lab[90] = [0.2, 0.01, 0.01];
        lab[91] = [0.95, 0.03, 0.04];
        let skin = likelihood(&lab, &cheek);
        assert_eq!((skin[90], skin[91], skin[0]), (0.0, 1.0, 1.0));
        assert!(likelihood(&lab, &[false; 100]).iter().all(|&s| s == 1.0));
    }
}
