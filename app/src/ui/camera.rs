//! The camera, and a photo taken with it. Nothing leaves the page.

use leptos::html::Video;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, DomException, HtmlCanvasElement, HtmlVideoElement, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};

use super::button::{Button, Weight};
use super::icon::{Glyph, Icon};
use super::words::UiWords;
use crate::words::language;

/// What the camera is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CameraState {
    /// Nobody has asked for it.
    Off,
    /// The browser asks the visitor.
    Asking,
    /// It shows what it sees.
    Live,
    /// The visitor, or their browser, said no.
    Refused,
    /// There is none.
    Missing,
    /// Another program has it.
    Busy,
}

impl CameraState {
    /// What a browser's refusal means, by the name of its `DOMException` (W3C Media Capture and Streams, 10.2).
    pub(crate) fn of_refusal(refusal: &JsValue) -> Self {
        Self::of_name(&refusal.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default())
    }

    fn of_name(name: &str) -> Self {
        match name {
            "NotFoundError" | "OverconstrainedError" => Self::Missing,
            "NotReadableError" | "AbortError" => Self::Busy,
            _ => Self::Refused,
        }
    }

    /// As a page's style and tests know it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Asking => "asking",
            Self::Live => "live",
            Self::Refused | Self::Missing | Self::Busy => "failed",
        }
    }

    /// What to tell the visitor.
    pub(crate) fn sentence(self) -> &'static str {
        let words = UiWords::of(language());
        match self {
            Self::Off => words.camera_note,
            Self::Asking => words.camera_asking,
            Self::Live => words.camera_live,
            Self::Refused => words.camera_refused,
            Self::Missing => words.camera_none,
            Self::Busy => words.camera_busy,
        }
    }
}

/// The camera's picture, a button that turns it on, and one that takes a photo. It goes off with the component.
#[component]
pub(crate) fn CameraView(
    /// How it begins: anything but off is for showing how that looks.
    #[prop(default = CameraState::Off)]
    state: CameraState,
    /// Takes the photo, a JPEG file.
    on_photo: Callback<Blob>,
) -> impl IntoView {
    let words = UiWords::of(language());
    let state = RwSignal::new(state);
    let video = NodeRef::<Video>::new();
    on_cleanup(move || {
        if let Some(video) = video.get_untracked() {
            turn_off(&video);
        }
    });
    let on = Callback::new(move |()| {
        let Some(video) = video.get_untracked() else { return };
        state.set(CameraState::Asking);
        spawn_local(async move {
            let wishes = MediaStreamConstraints::new();
            wishes.set_video(&JsValue::TRUE);
            let turned = turn_on(&video, &wishes).await;
            let _ = state.try_set(match turned {
                Ok(()) => CameraState::Live,
                Err(refusal) => CameraState::of_refusal(&refusal),
            });
        });
    });
    let off = Callback::new(move |()| {
        if let Some(video) = video.get_untracked() {
            turn_off(&video);
        }
        state.set(CameraState::Off);
    });
    let take = Callback::new(move |()| {
        let Some(video) = video.get_untracked() else { return };
        spawn_local(async move {
            if let Ok(photo) = take(&video).await {
                on_photo.run(photo);
            }
        });
    });
    let live = move || state.get() == CameraState::Live;
    let waiting = Signal::derive(move || state.get() == CameraState::Asking);
    view! {
        <div class="camera" data-state=move || state.get().as_str()>
            <video class="camera-picture" node_ref=video aria-label=words.camera_picture playsinline=true muted=true></video>
            <div class="camera-bar glass-dark">
                <p class="status" role="status"><Icon glyph=Glyph::Camera/><span>{move || state.get().sentence()}</span></p>
                <div class="hud-actions">
                    <Show when=live fallback=move || view! { <Button label=words.camera_on weight=Weight::Main busy=waiting on_press=on/> }>
                        <Button label=words.camera_off on_press=off/>
                        <Button label=words.camera_take weight=Weight::Main on_press=take/>
                    </Show>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// Asks for a camera and shows what it sees.
///
/// # Errors
/// The browser's refusal, which [`CameraState::of_refusal`] understands.
pub(crate) async fn turn_on(
    video: &HtmlVideoElement,
    wishes: &MediaStreamConstraints,
) -> Result<(), JsValue> {
    let asked = window().navigator().media_devices()?.get_user_media_with_constraints(wishes)?;
    let stream: MediaStream = JsFuture::from(asked).await?.dyn_into()?;
    video.set_src_object(Some(&stream));
    JsFuture::from(video.play()?).await.map(drop)
}

/// Lets the camera go: its light goes out.
pub(crate) fn turn_off(video: &HtmlVideoElement) {
    let Some(stream) = video.src_object() else { return };
    for track in stream.get_tracks().iter() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
    video.set_src_object(None);
}

/// What the camera sees now, as a JPEG file: not mirrored, as others see it.
async fn take(video: &HtmlVideoElement) -> Result<Blob, JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width(video.video_width());
    canvas.set_height(video.video_height());
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::UNDEFINED)?.dyn_into()?;
    context.draw_image_with_html_video_element(video, 0.0, 0.0)?;
    let written = js_sys::Promise::new(&mut |resolve, reject| {
        if let Err(refusal) = canvas.to_blob_with_type(&resolve, "image/jpeg") {
            let _ = reject.call1(&JsValue::UNDEFINED, &refusal);
        }
    });
    JsFuture::from(written).await?.dyn_into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_to_do_about_it() {
        assert_eq!(CameraState::of_name("NotAllowedError"), CameraState::Refused);
        assert_eq!(CameraState::of_name("NotFoundError"), CameraState::Missing);
        assert_eq!(CameraState::of_name("NotReadableError"), CameraState::Busy);
        assert_eq!(CameraState::of_name(""), CameraState::Refused);
    }
}
