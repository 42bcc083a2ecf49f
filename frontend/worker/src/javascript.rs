//! The worker's dealings with JavaScript.

use contract::studio::Reply;
use engine::photo::Photo;
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array, Uint8ClampedArray};
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, ImageData, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// Posts a reply; the payload is transferred, not copied.
pub(crate) fn post(id: u32, reply: &Reply, payload: Option<JsValue>) -> Result<(), JsValue> {
    let message = Object::new();
    Reflect::set(&message, &"id".into(), &id.into())?;
    let reply = postcard::to_allocvec(reply).map_err(|why| why.to_string())?;
    Reflect::set(&message, &"reply".into(), &Uint8Array::from(&*reply))?;
    let transferred = Array::new();
    if let Some(payload) = payload {
        Reflect::set(&message, &"payload".into(), &payload)?;
        transferred.push(&payload);
    }
    scope().post_message_with_transfer(&message, &transferred)
}

/// A picture's pixels as a canvas takes them.
pub(crate) fn image_data(photo: &Photo) -> Result<ImageData, JsValue> {
    ImageData::new_with_u8_clamped_array_and_sh(Clamped(photo.rgba()), photo.width(), photo.height())
}

/// A canvas' pixels as a picture, in the memory of one that is there.
pub(crate) fn pixels_into(pixels: &ImageData, photo: &mut Photo) -> Result<(), JsValue> {
    // `ImageData::data` would allocate for each picture.
    let data: Uint8ClampedArray = Reflect::get(pixels, &"data".into())?.dyn_into()?;
    let filled = photo.refill(pixels.width(), pixels.height(), |rgba| data.copy_to(rgba));
    filled.map_err(|why| why.to_string().into())
}

/// A picture as an `ImageBitmap`, which a page shows without touching its pixels.
pub(crate) fn bitmap(photo: &Photo) -> Result<JsValue, JsValue> {
    let pixels = image_data(photo)?;
    let canvas = OffscreenCanvas::new(photo.width(), photo.height())?;
    let context = canvas.get_context("2d")?.ok_or("no 2d context")?;
    context.dyn_into::<OffscreenCanvasRenderingContext2d>()?.put_image_data(&pixels, 0.0, 0.0)?;
    Ok(canvas.transfer_to_image_bitmap()?.into())
}

/// The content of an `ArrayBuffer`; nothing where there is none.
pub(crate) fn bytes(buffer: &JsValue) -> Vec<u8> {
    buffer.dyn_ref::<ArrayBuffer>().map(|buffer| Uint8Array::new(buffer).to_vec()).unwrap_or_default()
}

/// Bytes as an `ArrayBuffer` of their own.
pub(crate) fn buffer(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).buffer().into()
}

/// Milliseconds since the worker began.
pub(crate) fn now_ms() -> f64 {
    scope().performance().map_or(0.0, |performance| performance.now())
}

/// The worker itself.
pub(crate) fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
