//! The studio's sentences, apart from its logic.

use contract::studio::{Slot, SwapReport};
use contract::swaps::FaceView;

use crate::format;

/// What a place is called.
pub(crate) const fn slot_title(slot: Slot) -> &'static str {
    match slot {
        Slot::Source => "Face to use",
        Slot::Target => "Picture to change",
    }
}

/// How well a face will serve as the source.
pub(crate) fn face_advice(face: &FaceView) -> &'static str {
    if face.width_px() < 160.0 {
        "Small face: the result will look soft."
    } else if face.yaw_deg.abs() > 25.0 {
        "Turned to the side: a photo facing the camera works better."
    } else {
        "Good size, facing you."
    }
}

/// How many faces a photo shows.
pub(crate) fn faces_found(count: usize) -> String {
    match count {
        0 => "No face found".into(),
        1 => "1 face found".into(),
        _ => format!("{count} faces found"),
    }
}

/// How many of the target's faces will change.
pub(crate) fn faces_chosen(chosen: usize, found: usize) -> String {
    match (chosen, found) {
        (_, 0) => "No face here to change.".into(),
        (0, _) => "No face is chosen.".into(),
        (1, 1) => "One face, it will change.".into(),
        (2, 2) => "Two faces, both will change.".into(),
        (chosen, found) if chosen == found => format!("{found} faces, all will change."),
        (1, found) => format!("{found} faces, one will change."),
        (chosen, found) => format!("{found} faces, {chosen} will change."),
    }
}

/// What to do next, while nothing is going on.
pub(crate) const fn idle(source: bool, target: bool, none_chosen: bool, engine_ready: bool) -> &'static str {
    match (source, target) {
        (false, false) => "Add a face and a picture to begin.",
        (false, true) => "Add the face to use.",
        (true, false) => "Add the picture to change.",
        (true, true) if engine_ready && none_chosen => "Choose at least one face to change.",
        (true, true) => "Ready when you are.",
    }
}

/// The end of a graft, in two parts: what happened, and how long it took.
pub(crate) fn done(report: &SwapReport) -> (String, String) {
    let what = match report.faces {
        1 => "Done here, in your browser,".into(),
        faces => format!("{faces} faces done here, in your browser,"),
    };
    (what, format!(" in {}", format::duration(report.elapsed_ms)))
}

/// What the stage is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Waiting for the visitor.
    Idle,
    /// The engine is on its way.
    Loading,
    /// Looking for faces.
    Looking,
    /// Grafting.
    Grafting,
    /// The result stands.
    Done,
    /// It did not work.
    Failed,
}

impl Phase {
    /// The stage's `data-state`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Loading => "loading",
            Self::Looking | Self::Grafting => "working",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// The status line, where there is no result to report.
    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::Idle => "Add a face and a picture to begin.",
            Self::Loading => "Loading the engine",
            Self::Looking => "Looking for faces",
            Self::Grafting => "Grafting",
            Self::Done => "Done",
            Self::Failed => "That did not work.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(width_px: f32, yaw_deg: f32) -> FaceView {
        FaceView { bounds: [10.0, 10.0, 10.0 + width_px, 300.0], outline: vec![], yaw_deg }
    }

    #[test]
    fn advice_speaks_of_size_before_pose() {
        assert!(face_advice(&face(159.0, 40.0)).starts_with("Small"));
        assert!(face_advice(&face(160.0, -25.5)).starts_with("Turned"));
        assert!(face_advice(&face(160.0, 25.0)).starts_with("Good"));
    }

    #[test]
    fn the_choice_reads_as_a_sentence() {
        assert_eq!(faces_chosen(0, 0), "No face here to change.");
        assert_eq!(faces_chosen(0, 2), "No face is chosen.");
        assert_eq!(faces_chosen(2, 2), "Two faces, both will change.");
        assert_eq!(faces_chosen(1, 3), "3 faces, one will change.");
        assert_eq!(faces_chosen(5, 5), "5 faces, all will change.");
    }

    #[test]
    fn the_end_says_where_and_how_long() {
        let report = |faces| SwapReport { faces, elapsed_ms: 41.3 };
        let joined = |faces| {
            let (what, time) = done(&report(faces));
            what + &time
        };
        assert_eq!(joined(1), "Done here, in your browser, in 41 ms");
        assert_eq!(joined(3), "3 faces done here, in your browser, in 41 ms");
    }
}
