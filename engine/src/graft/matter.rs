//! Gives the drawn face the target's sharpness and grain: a smooth face in a grainy photo is as odd as the other way round.
//!
//! Only the finest detail is compared, and on skin alone: wrinkles and freckles are coarser, and belong to the face.

use super::canvas::Canvas;
use crate::blur::blur;

/// The finest detail is what a blur of this radius takes away, in pixels.
const RADIUS_PX: usize = 1;
/// Mask and likelihood of skin from which a pixel is compared.
const SURE: f32 = 0.9;
const SURE_SKIN: f32 = 0.5;
/// Fewer pixels than this say nothing.
const MIN_SAMPLES: usize = 200;
/// Detail is weakened and strengthened at most by these factors; what is missing then is grain.
const GAIN: [f32; 2] = [0.5, 1.5];
/// Strongest grain added, as the median of its lightness in Oklab: more would be texture, not grain.
const MOST_GRAIN: f32 = 0.008;
/// Uniform noise from -1 to 1 has this median; what a blur of [`RADIUS_PX`] leaves of it is the rest.
const NOISE_MEDIAN: f32 = 0.5;

/// What makes the finest detail of two pictures alike.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Matter {
    /// Factor of the drawn face's own detail.
    gain: f32,
    /// Amplitude of the grain to add.
    grain: f32,
}

impl Matter {
    /// From the medians of both pictures' detail.
    fn between(drawn: f32, under: f32) -> Self {
        let gain = (under / drawn.max(1e-6)).clamp(GAIN[0], GAIN[1]);
        let missing = (under * under - gain * gain * drawn * drawn).max(0.0).sqrt();
        Self { gain, grain: missing.min(MOST_GRAIN) / NOISE_MEDIAN }
    }
}

/// Matches the detail of `drawn_lab`, as far as `amount` (0 to 1) says.
pub(super) fn match_detail(canvas: &mut Canvas<'_>, amount: f32) {
    let (drawn, under) = (detail(canvas, &canvas.drawn_lab), detail(canvas, &canvas.under_lab));
    let sure: Vec<usize> = (0..canvas.mask.len())
        .filter(|&i| canvas.mask[i] > SURE && canvas.skin[i] > SURE_SKIN && canvas.coverage[i] > 0.0)
        .collect();
    if sure.len() < MIN_SAMPLES {
        return;
    }
    let matter = Matter::between(median(&drawn, &sure), median(&under, &sure));
    for (i, lab) in canvas.drawn_lab.iter_mut().enumerate() {
        if canvas.coverage[i] > 0.0 {
            let noise = noise(i % canvas.width, i / canvas.width) * matter.grain;
            lab[0] += (drawn[i] * (matter.gain - 1.0) + noise) * amount;
        }
    }
}

/// The finest detail of lightness; none beside what was drawn, whose edge is no detail.
fn detail(canvas: &Canvas<'_>, lab: &[[f32; 3]]) -> Vec<f32> {
    let plane = |of: &dyn Fn(usize) -> f32| {
        let mut plane: Vec<f32> = (0..lab.len()).map(of).collect();
        blur(&mut plane, canvas.width, canvas.height, RADIUS_PX);
        plane
    };
    let smooth = plane(&|i| lab[i][0] * canvas.coverage[i]);
    let share = plane(&|i| canvas.coverage[i]);
    (0..lab.len()).map(|i| (lab[i][0] - smooth[i] / share[i].max(1e-6)) * canvas.coverage[i]).collect()
}

fn median(detail: &[f32], of: &[usize]) -> f32 {
    let mut sizes: Vec<f32> = of.iter().map(|&i| detail[i].abs()).collect();
    let middle = sizes.len() / 2;
    *sizes.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// From -1 to 1, the same for the same pixel on every platform (after Marsaglia's xorshift).
fn noise(x: usize, y: usize) -> f32 {
    let mut state = (x as u32).wrapping_mul(0x9E37_79B9) ^ (y as u32).wrapping_mul(0x85EB_CA6B) ^ 0x2545_F491;
    for _ in 0..2 {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state = state.wrapping_mul(0x9E37_79B9);
    }
    (state >> 8) as f32 / (1 << 23) as f32 - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detail_is_matched_both_ways_and_grain_fills_what_no_gain_can() {
        assert_eq!(Matter::between(0.004, 0.004), Matter { gain: 1.0, grain: 0.0 });
        let softer = Matter::between(0.004, 0.003);
        assert!((softer.gain - 0.75).abs() < 1e-6 && softer.grain < 1e-6);
        let grainy = Matter::between(0.001, 0.004);
        let sum = (0.0015f32.powi(2) + (grainy.grain * NOISE_MEDIAN).powi(2)).sqrt();
        assert!(grainy.gain == 1.5 && (sum - 0.004).abs() < 1e-6, "{grainy:?}");
    }

    #[test]
    fn noise_has_no_mean_and_no_pattern() {
        let all: Vec<f32> = (0..10_000).map(|i| noise(i % 100, i / 100)).collect();
        let mean = all.iter().sum::<f32>() / 1e4;
        let beside: f32 = (0..9_999).map(|i| all[i] * all[i + 1]).sum::<f32>() / 1e4;
        let below: f32 = (0..9_900).map(|i| all[i] * all[i + 100]).sum::<f32>() / 1e4;
        assert!(mean.abs() < 0.02 && beside.abs() < 0.02 && below.abs() < 0.02, "{mean} {beside} {below}");
        let mut sizes: Vec<f32> = all.iter().map(|v| v.abs()).collect();
        sizes.sort_by(f32::total_cmp);
        assert!((sizes[5_000] - NOISE_MEDIAN).abs() < 0.02);
    }
}
