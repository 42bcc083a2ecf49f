//! A recording of what is drawn, label and all. Without sound: a voice is not changed, and says who speaks.

use std::cell::RefCell;

use contract::ErrorCode;
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobEvent, BlobPropertyBag, HtmlCanvasElement, MediaRecorder, MediaRecorderOptions};

use crate::studio::save_blob;

/// Pictures a second.
const RATE: f64 = 30.0;
/// How often a piece of the recording is put aside, in milliseconds.
const PIECE_MS: i32 = 1000;
/// What it is written as: the first that the browser knows.
const KINDS: [(&str, &str); 3] =
    [("video/mp4;codecs=avc1", "mp4"), ("video/webm;codecs=vp9", "webm"), ("video/webm", "webm")];

thread_local! {
    /// The last recording: it has to live until its file is handed over, wherever the visitor has gone.
    static LAST: RefCell<Option<Recording>> = const { RefCell::new(None) };
}

/// Records the canvas from here on.
///
/// # Errors
/// Where the browser cannot.
pub(super) fn begin(canvas: &HtmlCanvasElement) -> Result<(), JsValue> {
    LAST.set(Some(Recording::begin(canvas)?));
    Ok(())
}

/// Ends the recording, if one runs: its file is handed over as soon as its last piece is written.
pub(super) fn end() {
    LAST.with_borrow(|last| {
        if let Some(recording) = last {
            let _ = recording.recorder.stop();
        }
    });
}

/// A recording that runs, or has.
struct Recording {
    recorder: MediaRecorder,
    /// The recorder calls them for as long as it is.
    _listeners: [Closure<dyn FnMut(BlobEvent)>; 2],
}

impl Recording {
    fn begin(canvas: &HtmlCanvasElement) -> Result<Self, JsValue> {
        let known = |(kind, _): &&(&str, &str)| MediaRecorder::is_type_supported(kind);
        let &(kind, ending) = KINDS.iter().find(known).ok_or(JsValue::UNDEFINED)?;
        let stream = canvas.capture_stream_with_frame_request_rate(RATE)?;
        let options = MediaRecorderOptions::new();
        options.set_mime_type(kind);
        let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options)?;
        let pieces = Array::new();
        let kept = pieces.clone();
        let on_piece = Closure::<dyn FnMut(BlobEvent)>::new(move |event: BlobEvent| {
            if let Some(piece) = event.data() {
                kept.push(&piece);
            }
        });
        let on_stop = Closure::<dyn FnMut(BlobEvent)>::new(move |_| {
            // Nobody is left to tell: the browser itself refuses the download.
            let _ = hand_over(&pieces, kind, ending);
        });
        recorder.set_ondataavailable(Some(on_piece.as_ref().unchecked_ref()));
        recorder.set_onstop(Some(on_stop.as_ref().unchecked_ref()));
        recorder.start_with_time_slice(PIECE_MS)?;
        Ok(Self { recorder, _listeners: [on_piece, on_stop] })
    }
}

fn hand_over(pieces: &Array, kind: &str, ending: &str) -> Result<(), ErrorCode> {
    let bag = BlobPropertyBag::new();
    bag.set_type(kind);
    let file = Blob::new_with_blob_sequence_and_options(pieces, &bag).map_err(|_| ErrorCode::Internal)?;
    save_blob(&file, &format!("mog-live.{ending}"))
}
