//! Steadies what is measured again and again: still when it hardly moves, prompt when it moves.
//!
//! G. Casiez et al., "1€ Filter: A Simple Speed-based Low-pass Filter for Noisy Input in Interactive Systems" (2012).

/// Cutoff at rest, in Hz: lower is steadier.
const MIN_CUTOFF_HZ: f32 = 1.6;
/// How fast the cutoff grows with speed, in Hz per face size a second: higher lags less.
const BETA: f32 = 14.0;
/// Cutoff of the speed itself, in Hz.
const SPEED_CUTOFF_HZ: f32 = 1.0;
/// Longest and shortest believable time between two frames, in seconds.
const STEP_S: [f32; 2] = [1.0 / 240.0, 0.5];

/// The filter of one face's landmarks.
#[derive(Clone, Debug)]
pub(super) struct OneEuro {
    values: Vec<[f32; 3]>,
    /// Per second.
    speeds: Vec<[f32; 3]>,
    time_s: f64,
}

impl OneEuro {
    /// Starts where the first measurement is.
    pub(super) fn new(measured: &[[f32; 3]], time_s: f64) -> Self {
        Self { values: measured.to_vec(), speeds: vec![[0.0; 3]; measured.len()], time_s }
    }

    /// The steadied landmarks.
    pub(super) fn values(&self) -> &[[f32; 3]] {
        &self.values
    }

    /// Takes a measurement of the time `time_s` in; `size` is the face's, the unit in which speed is judged.
    pub(super) fn update(&mut self, measured: &[[f32; 3]], size: f32, time_s: f64) {
        let step_s = ((time_s - self.time_s) as f32).clamp(STEP_S[0], STEP_S[1]);
        self.time_s = time_s;
        let of_speed = share(SPEED_CUTOFF_HZ, step_s);
        for ((value, speed), new) in self.values.iter_mut().zip(&mut self.speeds).zip(measured) {
            for k in 0..3 {
                let now = (new[k] - value[k]) / step_s;
                speed[k] += (now - speed[k]) * of_speed;
                let cutoff = MIN_CUTOFF_HZ + BETA * speed[k].abs() / size.max(1.0);
                value[k] += (new[k] - value[k]) * share(cutoff, step_s);
            }
        }
    }
}

/// How much of a new value a first-order low-pass filter takes in.
fn share(cutoff_hz: f32, step_s: f32) -> f32 {
    let time_constant_s = 1.0 / (core::f32::consts::TAU * cutoff_hz);
    1.0 / (1.0 + time_constant_s / step_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME_S: f64 = 1.0 / 30.0;

    #[test]
    fn noise_on_a_still_face_is_less_than_halved() {
        let noisy = |i: usize| [[100.0 + if i.is_multiple_of(2) { 0.5 } else { -0.5 }, 50.0, 0.0]];
        let mut filter = OneEuro::new(&noisy(0), 0.0);
        let mut largest = 0f32;
        for i in 1..90 {
            let before = filter.values()[0][0];
            filter.update(&noisy(i), 200.0, i as f64 * FRAME_S);
            if i > 10 {
                largest = largest.max((filter.values()[0][0] - before).abs());
            }
        }
        assert!(largest < 0.5, "a face that jumps by 1 px still jumps by {largest} px");
    }

    #[test]
    fn a_moving_face_is_followed_closely() {
        let mut filter = OneEuro::new(&[[0.0; 3]], 0.0);
        // Two face sizes a second.
        for i in 1..30 {
            filter.update(&[[i as f32 * 400.0 / 30.0, 0.0, 0.0]], 200.0, f64::from(i) * FRAME_S);
        }
        let lag = 29.0 * 400.0 / 30.0 - filter.values()[0][0];
        assert!(lag < 0.06 * 200.0, "{lag} px behind");
    }
}
