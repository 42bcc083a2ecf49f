//! The stage: the picture as it was, the picture as it is, and the seam between them.

use contract::studio::Slot;
use leptos::ev::PointerEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlImageElement};

use super::browser::show_result;
use super::hud::Hud;
use super::outlines::Outlines;
use super::session::Studio;
use super::words::{Phase, percent_grafted};
use crate::layout::{Glyph, Icon};
use crate::words::colon;

/// Where the seam stands when a result is new, in percent of the picture's width.
const MIDDLE: f64 = 50.0;

/// The stage.
#[component]
pub(super) fn Stage() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let comparing = RwSignal::new(false);
    let choosing = RwSignal::new(false);
    let phase = Memo::new(move |_| studio.phase());
    let has_result = Memo::new(move |_| studio.result.with(Option::is_some));
    let several =
        move || studio.target.photo.with(|photo| photo.as_ref().is_some_and(|photo| photo.faces().len() > 1));
    let shows_faces = move || {
        (choosing.get() && several()) || (several() && !has_result.get() && phase.get() != Phase::Loading)
    };
    let mode = move || if shows_faces() { "choose" } else { "compare" };
    let empty = move || studio.target.photo.with(Option::is_none);
    view! {
        <div
            class="stage"
            data-slot=Slot::Target.as_str()
            data-state=move || phase.get().as_str()
            data-mode=mode
            data-result=move || has_result.get().to_string()
            data-comparing=move || comparing.get().to_string()
        >
            <Show when=empty fallback=move || view! { <Picture comparing/> }>
                <label class="stage-empty" for=Slot::Target.as_str()>
                    <Icon glyph=Glyph::Add/>
                    <span class="display">{words.drop_picture}</span>
                    <span>{words.press_picture}</span>
                </label>
            </Show>
            <span class="tag tag-before" aria-hidden="true">{words.before}</span>
            <span class="tag tag-after" aria-hidden="true">{words.grafted}</span>
            <Hud comparing choosing/>
        </div>
    }
    .into_any()
}

/// Before and after, one over the other, in a frame of the picture's own shape.
#[component]
fn Picture(comparing: RwSignal<bool>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let frame = NodeRef::<html::Div>::new();
    let before = NodeRef::<html::Img>::new();
    let after = NodeRef::<html::Canvas>::new();
    let seam = RwSignal::new(MIDDLE);
    let address = move || studio.target.photo.with(|photo| photo.as_ref().map(|photo| photo.url.clone()));
    let title = move || {
        studio.target.photo.with(|p| {
            p.as_ref()
                .map_or(String::new(), |p| format!("{}{} {}", words.before, colon(studio.language), p.title))
        })
    };

    // The frame takes the picture's shape when the browser knows it; it may have loaded before this script did.
    let shape = move || {
        let (Some(frame), Some(image)) = (frame.get_untracked(), before.get_untracked()) else { return };
        set_shape(&frame, &image);
    };
    Effect::new(move |_| shape());
    Effect::new(move |_| {
        let shown = if comparing.get() { 100.0 } else { seam.get() };
        if let Some(frame) = frame.get() {
            set_seam(&frame, shown);
        }
    });
    let is_new = StoredValue::new(true);
    Effect::new(move |_| {
        if studio.result.with(Option::is_none) {
            is_new.set_value(true);
            return;
        }
        let Some(canvas) = after.get() else { return };
        if show_result(&canvas) && is_new.get_value() {
            is_new.set_value(false);
            comparing.set(false);
            if let Some(frame) = frame.get_untracked() {
                sweep(&frame, seam);
            }
        }
    });
    view! {
        <img class="ambience" src=address alt="" aria-hidden="true"/>
        <div class="frame" node_ref=frame>
            <img class="before" node_ref=before src=address alt=title on:load=move |_| shape()/>
            <canvas class="after" node_ref=after role="img" aria-label=words.grafted_picture></canvas>
            <div class="light" aria-hidden="true"></div>
            <Seam seam comparing frame/>
            <Outlines/>
        </div>
    }
    .into_any()
}

/// The handle: a slider for the keyboard, and the whole picture to drag on.
#[component]
fn Seam(seam: RwSignal<f64>, comparing: RwSignal<bool>, frame: NodeRef<html::Div>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let dragging = StoredValue::new(false);
    let follow = move |event: &PointerEvent| {
        let Some(frame) = frame.get_untracked() else { return };
        let place = web_sys::Element::get_bounding_client_rect(&frame);
        if place.width() > 0.0 {
            let at = 100.0 * (f64::from(event.client_x()) - place.left()) / place.width();
            comparing.set(false);
            seam.set(at.clamp(0.0, 100.0));
        }
    };
    let glide = move |on: bool| {
        if let Some(frame) = frame.get_untracked() {
            let _ = web_sys::Element::set_attribute(&frame, "data-glide", if on { "true" } else { "false" });
        }
    };
    let down = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(element) =
            event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        {
            let _ = element.set_pointer_capture(event.pointer_id());
        }
        dragging.set_value(true);
        glide(false);
        follow(&event);
    };
    let moved = move |event: PointerEvent| {
        if dragging.get_value() {
            follow(&event);
        }
    };
    let let_go = move |_: PointerEvent| {
        dragging.set_value(false);
        glide(true);
    };
    let typed = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            comparing.set(false);
            seam.set(at);
        }
    };
    view! {
        <div class="seam-field" on:pointerdown=down on:pointermove=moved on:pointerup=let_go on:pointercancel=let_go>
            <input
                class="seam-input"
                type="range"
                min="0"
                max="100"
                value="50"
                prop:value=move || seam.get().round().to_string()
                aria-label=studio.words().before_and_after
                aria-valuetext=move || percent_grafted(100.0 - seam.get(), studio.language)
                on:input=typed
            />
            <div class="seam" aria-hidden="true">
                <span class="seam-handle"><Icon glyph=Glyph::Handle/></span>
            </div>
        </div>
    }
    .into_any()
}

/// The policy forbids style attributes; scripts may set properties.
fn set_seam(frame: &HtmlElement, percent: f64) {
    let _ = frame.style().set_property("--seam", &format!("{percent:.2}%"));
}

fn set_shape(frame: &HtmlElement, image: &HtmlImageElement) {
    let (width, height) = (image.natural_width(), image.natural_height());
    // The stage, which is above the frame, takes part in it on phones.
    let stage = frame.closest(".stage").ok().flatten().and_then(|stage| stage.dyn_into::<HtmlElement>().ok());
    if let (Some(stage), true) = (stage, width > 0 && height > 0) {
        let _ =
            stage.style().set_property("--ratio", &format!("{:.5}", f64::from(width) / f64::from(height)));
    }
}

/// A new result is drawn open: the seam comes from the right edge to the middle.
fn sweep(frame: &HtmlElement, seam: RwSignal<f64>) {
    let _ = frame.set_attribute("data-glide", "false");
    set_seam(frame, 100.0);
    let frame = frame.clone();
    request_animation_frame(move || {
        request_animation_frame(move || {
            let _ = frame.set_attribute("data-glide", "true");
            seam.set(MIDDLE);
            set_seam(&frame, MIDDLE);
        });
    });
}
