//! The camera as a stream of pictures.

use js_sys::{Array, Promise};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    HtmlVideoElement, ImageBitmap, MediaDeviceInfo, MediaDeviceKind, MediaStream, MediaStreamConstraints,
    MediaStreamTrack, MediaStreamTrackState, MediaTrackConstraints,
};

use crate::ui;

/// The picture that is asked for, in pixels; a camera gives what it can that is near.
const WISHED: (i32, i32) = (1280, 720);

/// A camera of this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Device {
    pub(super) id: String,
    /// Empty where the browser does not say.
    pub(super) label: String,
}

/// Turns a camera on: the one of this id, or the browser's choice.
///
/// # Errors
/// The browser's refusal.
pub(super) async fn turn_on(device: Option<&str>) -> Result<HtmlVideoElement, JsValue> {
    // Not part of the page: only its pictures are looked at.
    let video: HtmlVideoElement = document().create_element("video")?.dyn_into()?;
    video.set_muted(true);
    video.set_attribute("playsinline", "")?;
    let track = MediaTrackConstraints::new();
    track.set_width_i32(WISHED.0);
    track.set_height_i32(WISHED.1);
    match device {
        Some(id) => track.set_device_id_str(id),
        None => track.set_facing_mode_str("user"),
    }
    let wishes = MediaStreamConstraints::new();
    wishes.set_video(&track);
    ui::turn_on(&video, &wishes).await.map(|()| video)
}

/// The cameras of this device: the browser names them once one was allowed.
pub(super) async fn devices() -> Vec<Device> {
    let asked = window().navigator().media_devices().and_then(|devices| devices.enumerate_devices());
    let Ok(asked) = asked else { return Vec::new() };
    let listed = JsFuture::from(asked).await.map(|listed| listed.unchecked_into::<Array>());
    let all = listed.into_iter().flat_map(|listed| listed.iter().collect::<Vec<_>>());
    all.map(JsCast::unchecked_into::<MediaDeviceInfo>)
        .filter(|device| device.kind() == MediaDeviceKind::Videoinput)
        .map(|device| Device { id: device.device_id(), label: device.label() })
        .collect()
}

/// Whether the camera still gives pictures: it may have been pulled out.
pub(super) fn is_on(video: &HtmlVideoElement) -> bool {
    let stream: Option<MediaStream> = video.src_object();
    let tracks = stream.map(|stream| stream.get_video_tracks());
    tracks.is_some_and(|tracks| {
        tracks.iter().any(|track| {
            track.unchecked_into::<MediaStreamTrack>().ready_state() == MediaStreamTrackState::Live
        })
    })
}

/// The picture of this moment.
pub(super) async fn picture(video: &HtmlVideoElement) -> Result<ImageBitmap, JsValue> {
    let made = window().create_image_bitmap_with_html_video_element(video)?;
    JsFuture::from(made).await?.dyn_into()
}

/// Fulfilled when the browser is about to paint.
pub(super) async fn next_paint() {
    let painting = Promise::new(&mut |resolve, _| {
        let _ = window().request_animation_frame(&resolve);
    });
    let _ = JsFuture::from(painting).await;
}

/// Milliseconds since the page began.
pub(super) fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
