//! The stage: the picture as it was, the picture as it is, and the seam between them.

use contract::studio::Slot;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlImageElement};

use super::browser::show_result;
use super::hud::Hud;
use super::session::Studio;
use super::words::Phase;
use crate::gallery::SHARE_OF_WINDOW;
use crate::ui::{BeforeAfter, FaceOutlines, Glyph, Icon, Seam};
use crate::words::colon;

/// The stage.
#[component]
pub(super) fn Stage() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let seam = Seam::new();
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
            data-comparing=move || seam.comparing.get().to_string()
        >
            <Show when=empty fallback=move || view! { <Picture seam/> }>
                <label class="stage-empty" for=Slot::Target.as_str()>
                    <Icon glyph=Glyph::Add/>
                    <span class="display">{words.drop_picture}</span>
                    <span>{words.press_picture}</span>
                </label>
            </Show>
            <span class="tag tag-before" aria-hidden="true">{words.before}</span>
            <span class="tag tag-after" aria-hidden="true">{words.grafted}</span>
            <Hud seam choosing/>
        </div>
    }
    .into_any()
}

/// Before and after, one over the other, in a frame of the picture's own shape.
#[component]
fn Picture(seam: Seam) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let before = NodeRef::<html::Img>::new();
    let after = NodeRef::<html::Canvas>::new();
    let address = move || studio.target.photo.with(|photo| photo.as_ref().map(|photo| photo.url.clone()));
    // It is blurred: a small one says as much.
    let small = move || studio.target.photo.with(|photo| photo.as_ref().map(|photo| photo.thumbnail.clone()));
    let sizes =
        move || studio.target.photo.with(|photo| photo.as_ref().and_then(|photo| photo.sizes.clone()));
    let title = move || {
        studio.target.photo.with(|p| {
            p.as_ref()
                .map_or(String::new(), |p| format!("{}{} {}", words.before, colon(studio.language), p.title))
        })
    };

    // The frame takes the picture's shape when the browser knows it; it may have loaded before this script did.
    let shape = move || {
        if let Some(image) = before.get_untracked() {
            set_shape(&image);
        }
    };
    Effect::new(move |_| shape());
    let is_new = StoredValue::new(true);
    Effect::new(move |_| {
        if studio.result.with(Option::is_none) {
            is_new.set_value(true);
            return;
        }
        let Some(canvas) = after.get() else { return };
        if show_result(&canvas) && is_new.get_value() {
            is_new.set_value(false);
            seam.sweep();
        }
    });
    let outlines = view! { <Outlines/> }.into_any();
    view! {
        <img class="ambience" src=small alt="" aria-hidden="true" fetchpriority="low"/>
        <BeforeAfter seam over=Some(outlines)>
            <img class="before" node_ref=before srcset=sizes sizes=SHARE_OF_WINDOW src=address alt=title fetchpriority="high" on:load=move |_| shape()/>
            <canvas class="after" node_ref=after role="img" aria-label=words.grafted_picture></canvas>
        </BeforeAfter>
    }
    .into_any()
}

/// The faces found in the picture.
#[component]
fn Outlines() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let toggled = Callback::new(move |face| studio.toggle_target_face(face));
    move || {
        let view = studio.target.photo.get()?.view?;
        let outlines = view.faces.into_iter().map(|face| face.outline).collect();
        let size_px = (view.width, view.height);
        let label = studio.words().faces_in_picture;
        Some(view! { <FaceOutlines label size_px outlines chosen=studio.target_faces on_toggle=toggled/> })
    }
}

/// The policy forbids style attributes; scripts may set properties.
fn set_shape(image: &HtmlImageElement) {
    let (width, height) = (image.natural_width(), image.natural_height());
    // The stage, which is above the frame, takes part in it on phones.
    let stage = image.closest(".stage").ok().flatten().and_then(|stage| stage.dyn_into::<HtmlElement>().ok());
    if let (Some(stage), true) = (stage, width > 0 && height > 0) {
        let _ =
            stage.style().set_property("--ratio", &format!("{:.5}", f64::from(width) / f64::from(height)));
    }
}
