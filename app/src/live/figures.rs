//! What is measured while the camera runs.

use contract::studio::LiveReport;

/// How often the figures are told anew, in milliseconds: a reader's eye, and the page's thread, want them calm.
const TELL_EVERY_MS: f64 = 500.0;

/// What the display shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// Pictures drawn in the last second.
    pub(super) per_second: u32,
    /// From the camera's picture to its drawing, in milliseconds: the mean since the figures were told last.
    pub(super) latency_ms: u32,
    /// Of that, the worker's own time.
    pub(super) work_ms: u32,
    /// Whether the engine is the one for relaxed SIMD.
    pub(super) relaxed: bool,
    /// Pictures drawn since the camera was turned on.
    pub(super) drawn: u32,
    /// Of those, pictures with a changed face.
    pub(super) changed: u32,
    /// Faces changed in the last picture.
    pub(super) faces: u8,
}

/// Adds the figures up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    figures: Figures,
    told_ms: f64,
    since: u32,
    latency_ms: f64,
    work_ms: f64,
}

impl Tally {
    /// Takes one picture in; the figures, where it is time to tell them.
    pub(super) fn add(&mut self, report: &LiveReport, taken_ms: f64, now_ms: f64) -> Option<Figures> {
        if self.figures.drawn == 0 {
            self.told_ms = taken_ms;
        }
        self.figures.drawn += 1;
        self.figures.changed += u32::from(report.faces > 0);
        (self.figures.faces, self.figures.relaxed) = (report.faces, report.relaxed);
        self.since += 1;
        self.latency_ms += now_ms - taken_ms;
        self.work_ms += f64::from(report.elapsed_us) / 1e3;
        let passed_ms = now_ms - self.told_ms;
        if passed_ms < TELL_EVERY_MS {
            return None;
        }
        let since = f64::from(self.since);
        self.figures.per_second = (since * 1e3 / passed_ms).round() as u32;
        self.figures.latency_ms = (self.latency_ms / since).round() as u32;
        self.figures.work_ms = (self.work_ms / since).round() as u32;
        (self.told_ms, self.since, self.latency_ms, self.work_ms) = (now_ms, 0, 0.0, 0.0);
        Some(self.figures)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_pictures_a_second_are_told_as_such() {
        let mut tally = Tally::default();
        let told: Vec<Figures> = (0..40)
            .filter_map(|i| {
                let taken_ms = 1000.0 + 50.0 * f64::from(i);
                let report = LiveReport { faces: u8::from(i % 4 > 0), elapsed_us: 20_000, relaxed: true };
                tally.add(&report, taken_ms, taken_ms + 30.0)
            })
            .collect();
        let last = *told.last().expect("two seconds have passed");
        assert_eq!((last.per_second, last.latency_ms, last.work_ms), (20, 30, 20));
        assert!(told.len() >= 3 && last.drawn > 30 && last.changed < last.drawn && last.relaxed);
    }
}
