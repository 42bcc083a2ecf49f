//! What goes into the engine and comes out of it, in the browser's terms.

use contract::ErrorCode;
use js_sys::ArrayBuffer;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlCanvasElement, ImageBitmap, ImageBitmapRenderingContext, Response};

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

/// Puts a finished picture on a canvas without touching its pixels; whether the browser did it.
pub(crate) fn show(canvas: &HtmlCanvasElement, bitmap: &ImageBitmap) -> bool {
    canvas.set_width(bitmap.width());
    canvas.set_height(bitmap.height());
    let context = canvas.get_context("bitmaprenderer").ok().flatten();
    let Some(context) = context.and_then(|context| context.dyn_into::<ImageBitmapRenderingContext>().ok())
    else {
        return false;
    };
    context.transfer_from_image_bitmap(bitmap);
    true
}
