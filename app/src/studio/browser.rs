//! Small dealings with the browser: files' bytes, object URLs, saving, the finished bitmap.

use std::cell::RefCell;

use contract::ErrorCode;
use contract::swaps::MAX_PHOTO_BYTES;
use js_sys::{Array, ArrayBuffer};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, ImageBitmap, Url};

use crate::engine::show;

thread_local! {
    /// The result that has arrived and was not yet put on the stage. It is the browser's, not a signal's: it can be
    /// shown once, and never leaves this thread.
    static ARRIVED: RefCell<Option<ImageBitmap>> = const { RefCell::new(None) };
    /// The visitor's files by their object URL, to open them again: the page's own policy forbids to fetch such a URL.
    static FILES: RefCell<Vec<(String, Blob)>> = const { RefCell::new(Vec::new()) };
}

/// The content of a file, if it is one we would read.
///
/// # Errors
/// [`ErrorCode::PhotoEmpty`], [`ErrorCode::PhotoTooLarge`]; [`ErrorCode::PhotoDamaged`] when the disk does not give it.
pub(crate) async fn bytes_of_file(file: &Blob) -> Result<ArrayBuffer, ErrorCode> {
    if file.size() == 0.0 {
        return Err(ErrorCode::PhotoEmpty);
    }
    if file.size() > MAX_PHOTO_BYTES as f64 {
        return Err(ErrorCode::PhotoTooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| ErrorCode::PhotoDamaged)?;
    buffer.dyn_into().map_err(|_| ErrorCode::PhotoDamaged)
}

/// An address under which the page can show a file of the visitor's; [`forget_file`] ends it.
pub(crate) fn remember_file(file: Blob) -> Option<String> {
    let url = Url::create_object_url_with_blob(&file).ok()?;
    FILES.with_borrow_mut(|files| files.push((url.clone(), file)));
    Some(url)
}

/// The file behind an object URL.
pub(crate) fn remembered_file(url: &str) -> Option<Blob> {
    FILES.with_borrow(|files| files.iter().find(|(known, _)| known == url).map(|(_, file)| file.clone()))
}

/// Gives the file's memory back.
pub(crate) fn forget_file(url: &str) {
    FILES.with_borrow_mut(|files| files.retain(|(known, _)| known != url));
    let _ = Url::revoke_object_url(url);
}

/// Keeps a finished picture until the stage takes it.
pub(crate) fn keep_result(payload: JsValue) -> bool {
    let bitmap = payload.dyn_into::<ImageBitmap>().ok();
    let kept = bitmap.is_some();
    ARRIVED.set(bitmap);
    kept
}

/// Puts the finished picture on a canvas without touching its pixels; whether there was one.
pub(crate) fn show_result(canvas: &HtmlCanvasElement) -> bool {
    let Some(bitmap) = ARRIVED.take() else { return false };
    show(canvas, &bitmap)
}

/// Hands a finished file to the visitor.
///
/// # Errors
/// [`ErrorCode::Internal`] when the browser does not take it.
pub(crate) fn save_file(payload: JsValue, media_type: &str, name: &str) -> Result<(), ErrorCode> {
    let internal = |_: JsValue| ErrorCode::Internal;
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let blob =
        Blob::new_with_buffer_source_sequence_and_options(&Array::of1(&payload), &kind).map_err(internal)?;
    save_blob(&blob, name)
}

/// Hands a file that the browser has to the visitor.
///
/// # Errors
/// [`ErrorCode::Internal`] when the browser does not take it.
pub(crate) fn save_blob(blob: &Blob, name: &str) -> Result<(), ErrorCode> {
    let internal = |_: JsValue| ErrorCode::Internal;
    let url = Url::create_object_url_with_blob(blob).map_err(internal)?;
    let link = document().create_element("a").map_err(internal)?.unchecked_into::<HtmlAnchorElement>();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download has its own hold on the content from here on.
    Url::revoke_object_url(&url).map_err(internal)
}
