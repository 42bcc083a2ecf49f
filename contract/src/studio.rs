//! The conversation between the studio's page and the engine in its Web Worker.
//!
//! A message is a JavaScript object: `{id, request, bytes?}` to the worker, `{id, reply, payload?}` back. The typed
//! half is below; `bytes` (a file's content) and `payload` (an `ImageBitmap`, or a finished file's `ArrayBuffer`) are
//! transferred beside it without a copy. Before the first request the worker reports its loading as [`Boot`] objects.

use serde::{Deserialize, Serialize};

use crate::ErrorCode;
use crate::swaps::{OutputFormat, PhotoView, SwapOptions};

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

/// What the page asks of the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Request {
    /// Reads the photo in `bytes` and finds its faces.
    Open {
        /// Where the photo goes; one that was there is forgotten.
        slot: Slot,
    },
    /// Grafts the source's face onto the target's.
    Swap {
        /// How.
        options: SwapOptions,
    },
    /// Writes the last result as a file.
    Save {
        /// As what.
        format: OutputFormat,
    },
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
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
    /// `payload` is the file's `ArrayBuffer`.
    Saved {
        /// What was written.
        format: OutputFormat,
    },
    /// It could not be done.
    Failed {
        /// Why.
        code: ErrorCode,
        /// Which photo is at fault, if one is.
        slot: Option<Slot>,
    },
}

/// What a swap took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SwapReport {
    /// How many faces were changed.
    pub faces: usize,
    /// From the request to the pixels, in milliseconds.
    pub elapsed_ms: f64,
}

/// How far the worker's start has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "boot", rename_all = "snake_case")]
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

    #[test]
    fn messages_have_the_shape_that_the_boot_script_writes() {
        let loading: Boot = serde_json::from_str(r#"{"boot":"loading","received_bytes":1,"total_bytes":2}"#)
            .unwrap_or(Boot::Ready);
        assert_eq!(loading, Boot::Loading { received_bytes: 1, total_bytes: 2 });
        let failed: Boot =
            serde_json::from_str(r#"{"boot":"failed","code":"models_unavailable"}"#).unwrap_or(Boot::Ready);
        assert_eq!(failed, Boot::Failed { code: ErrorCode::ModelsUnavailable });
    }

    #[test]
    fn a_request_reads_back_as_written() {
        let request = Request::Swap { options: SwapOptions::default() };
        let json = serde_json::to_string(&request).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Request>(&json).ok(), Some(request));
    }
}
