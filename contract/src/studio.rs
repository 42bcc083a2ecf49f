//! The conversation between the studio's page and the engine in its Web Worker.
//!
//! A message is a JavaScript object: `{id, request, beside?}` to the worker, `{id, reply, payload?}` back. The typed
//! half is below, written by postcard (<https://postcard.jamesmunns.com>), because the code that reads JSON or
//! JavaScript's objects weighs more than the rest of the page's end; `beside` (a file's content, a camera's picture or a
//! canvas) and `payload` (an `ImageBitmap`, or a finished file's `ArrayBuffer`) are transferred without a copy.
//! Before the first request the worker's script reports its loading as plain objects ([`Boot`]).

use serde::{Deserialize, Serialize};

use crate::ErrorCode;
use crate::swaps::{LabelOptions, OutputFormat, PhotoView, SwapOptions};

/// The two places that a photo can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// The face to use.
    Source,
    /// The picture to put it into.
    Target,
}

impl Slot {
    /// The name of the form's field, and of the problem's.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Target => "target",
        }
    }

    /// What it means when this slot's photo shows nobody.
    pub const fn without_face(self) -> ErrorCode {
        match self {
            Self::Source => ErrorCode::NoFaceInSource,
            Self::Target => ErrorCode::NoFaceInTarget,
        }
    }
}

/// How many more photos of the source's person there may be.
pub const MOST_MORE_SOURCES: usize = 4;

/// What the page asks of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Reads the photo in `beside` and finds its faces.
    Open {
        /// Where the photo goes; one that was there is forgotten.
        slot: Slot,
    },
    /// Reads another photo of the source's person in `beside`: its largest face is fused with the source's.
    AddSource,
    /// Forgets one of those photos.
    RemoveSource {
        /// Which, in the order they came.
        index: usize,
    },
    /// Grafts the source's face onto the target's.
    Swap {
        /// How.
        options: SwapOptions,
    },
    /// Measures the last result beside its target.
    Certify,
    /// Looks for the invisible mark in the picture in `beside`; no model is needed.
    ReadMark,
    /// Writes the last result as a file: labelled, marked, and signed where the server can be asked.
    Save {
        /// As what.
        format: OutputFormat,
        /// With which label.
        label: LabelOptions,
    },
    /// Draws the camera's pictures on the `OffscreenCanvas` in `beside` from here on.
    LiveCanvas,
    /// What is done to the faces in them from here on.
    LiveFaces {
        /// How.
        mode: LiveMode,
    },
    /// Grafts the faces of the `ImageBitmap` in `beside` and draws it.
    LiveFrame {
        /// When it was taken, in milliseconds of a clock that only grows.
        time_ms: f64,
        /// Whether left and right are exchanged, as in a mirror.
        mirrored: bool,
        /// Whether it belongs to a clip that is measured.
        metered: bool,
    },
    /// Keeps what is drawn as the last result, which `Save` writes.
    LiveKeep,
    /// Says what the measured pictures came to, and begins anew.
    LiveCertify,
    /// Teaches the engine hands by the records of both networks in `beside`, the detector's first, and looks for them before the
    /// faces of the photos that are open. Photos that come later are looked at when they are opened.
    LearnHands {
        /// Length of the detector's record.
        detector_bytes: usize,
    },
}

/// What is done to the faces that a camera sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LiveMode {
    /// All of them wear one of the source's faces.
    Wear {
        /// Which, counted as the source's photo has them.
        source_face: usize,
    },
    /// Two of them exchange theirs.
    Exchange,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The photo was read, and shows somebody; one that shows nobody is a failure of its slot.
    Opened {
        /// Where it went.
        slot: Slot,
        /// Its size and faces.
        photo: PhotoView,
    },
    /// The graft is done; `payload` is an `ImageBitmap` of the target's size.
    Swapped {
        /// What it took.
        report: SwapReport,
    },
    /// The result was measured; `payload` is the `ArrayBuffer` of a [`crate::quality::CertificateView`], or a clip's
    /// [`crate::quality::ClipView`], written by postcard: only who shows it needs the code that reads it.
    Certified,
    /// The picture was read.
    MarkRead {
        /// What it says; none if it has no mark, or too little is left of it.
        mark: Option<MarkView>,
    },
    /// `payload` is the file's `ArrayBuffer`.
    Saved {
        /// What was written.
        format: OutputFormat,
    },
    /// It is done, and there is nothing to say of it.
    Done,
    /// The camera's picture is drawn.
    LiveDrawn {
        /// What it took.
        report: LiveReport,
    },
    /// It could not be done.
    Failed {
        /// Why.
        code: ErrorCode,
        /// Which photo is at fault, if one is.
        slot: Option<Slot>,
    },
    /// Hands are known.
    HandsLearnt {
        /// How many lie before faces of the open photos: with one, a graft comes out otherwise.
        found: usize,
    },
}

/// An invisible mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkView {
    /// Its 64 bits, as 16 hexadecimal digits.
    pub payload: String,
    /// How many of a hundred bits of the codeword were heard right.
    pub agreement_percent: u8,
}

/// What a swap took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwapReport {
    /// How many faces were changed.
    pub faces: usize,
    /// From the request to the pixels, in milliseconds.
    pub elapsed_ms: u32,
}

/// What one of the camera's pictures took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveReport {
    /// How many faces were changed.
    pub faces: u8,
    /// From the picture's arrival to its drawing, in microseconds.
    pub elapsed_us: u32,
    /// Whether the engine is the one for relaxed SIMD.
    pub relaxed: bool,
}

/// How far the worker's start has come: `{boot: "loading", received_bytes, total_bytes}`, `{boot: "ready"}` or
/// `{boot: "failed", code}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Boot {
    /// Bytes of the engine and its models that have arrived.
    Loading {
        /// So far.
        received_bytes: u64,
        /// In all.
        total_bytes: u64,
    },
    /// Requests are welcome.
    Ready,
    /// It will not start.
    Failed {
        /// Why.
        code: ErrorCode,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::{Finding, FindingKind, Severity};
    use crate::swaps::FaceView;

    #[test]
    fn a_request_reads_back_as_written() -> postcard::Result<()> {
        let request = Request::Swap { options: SwapOptions::default() };
        assert_eq!(postcard::from_bytes::<Request>(&postcard::to_allocvec(&request)?)?, request);
        Ok(())
    }

    #[test]
    fn every_reply_reads_back_as_written() -> postcard::Result<()> {
        let finding = Finding { kind: FindingKind::Turned, severity: Severity::Mild, value: -27.5 };
        let face =
            FaceView { bounds: [0.5, 1.0, 2.0, 3.0], outline: vec![[1.0, 2.0]], findings: vec![finding] };
        let replies = [
            Reply::Opened { slot: Slot::Target, photo: PhotoView { width: 3, height: 2, faces: vec![face] } },
            Reply::Swapped { report: SwapReport { faces: 1, elapsed_ms: 41 } },
            Reply::Certified,
            Reply::Saved { format: OutputFormat::Png },
            Reply::Failed { code: ErrorCode::NoFaceInSource, slot: Some(Slot::Source) },
        ];
        for reply in replies {
            assert_eq!(postcard::from_bytes::<Reply>(&postcard::to_allocvec(&reply)?)?, reply);
        }
        Ok(())
    }
}
