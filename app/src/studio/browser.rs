//! Small dealings with the browser: files' bytes, object URLs, saving, the finished bitmap.

use std::cell::RefCell;

use contract::ErrorCode;
use contract::swaps::MAX_PHOTO_BYTES;
use js_sys::{Array, ArrayBuffer};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, FileList, HtmlAnchorElement, HtmlCanvasElement, ImageBitmap,
    ImageBitmapRenderingContext, Response, Url,
};

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

/// The content behind one of the server's addresses.
///
/// # Errors
/// [`ErrorCode::ModelsUnavailable`], the failure whose advice is to look at the connection.
pub(crate) async fn bytes_of_address(address: &str) -> Result<ArrayBuffer, ErrorCode> {
    let unreachable = |_: JsValue| ErrorCode::ModelsUnavailable;
    let response = JsFuture::from(window().fetch_with_str(address)).await.map_err(unreachable)?;
    let response: Response = response.dyn_into().map_err(unreachable)?;
    if !response.ok() {
        return Err(ErrorCode::ModelsUnavailable);
    }
    let buffer = response.array_buffer().map_err(unreachable)?;
    JsFuture::from(buffer).await.map_err(unreachable)?.dyn_into().map_err(unreachable)
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

/// The files of a list, those of the system alone: what a page drags onto itself has none.
pub(crate) fn listed(files: Option<FileList>) -> Vec<web_sys::File> {
    files.map(|files| (0..files.length()).filter_map(|i| files.get(i)).collect()).unwrap_or_default()
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
    canvas.set_width(bitmap.width());
    canvas.set_height(bitmap.height());
    let context = canvas.get_context("bitmaprenderer").ok().flatten();
    let Some(context) = context.and_then(|context| context.dyn_into::<ImageBitmapRenderingContext>().ok())
    else {
        return false;
    };
    context.transfer_from_image_bitmap(&bitmap);
    true
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
    let url = Url::create_object_url_with_blob(&blob).map_err(internal)?;
    let link = document().create_element("a").map_err(internal)?.unchecked_into::<HtmlAnchorElement>();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download has its own hold on the content from here on.
    Url::revoke_object_url(&url).map_err(internal)
}
