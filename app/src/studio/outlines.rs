//! The faces found in the picture, as outlines to choose from.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::photos::polygon_points;
use super::session::Studio;
use super::words::face_of;

/// One outline for each face; each is a button that says whether the face changes.
#[component]
pub(super) fn Outlines() -> impl IntoView {
    let studio = expect_context::<Studio>();
    move || {
        let view = studio.target.photo.get()?.view?;
        let count = view.faces.len();
        let faces = view.faces.iter().enumerate().map(|(face, found)| {
            let points = polygon_points(&found.outline);
            view! { <Outline face count points/> }
        });
        Some(view! {
            <svg class="outlines" viewBox=format!("0 0 {} {}", view.width, view.height) role="group" aria-label=studio.words().faces_in_picture>
                {faces.collect_view()}
            </svg>
        })
    }
}

#[component]
fn Outline(face: usize, count: usize, points: String) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let chosen = move || studio.target_faces.with(|chosen| chosen.contains(&face)).to_string();
    let pressed = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            studio.toggle_target_face(face);
        }
    };
    view! {
        <g
            class="face-outline"
            role="button"
            tabindex="0"
            aria-label=face_of(face, count, studio.language)
            aria-pressed=chosen
            on:click=move |_| studio.toggle_target_face(face)
            on:keydown=pressed
        >
            <polygon class="face-glow" points=points.clone()/>
            <polygon class="face-line" points=points/>
        </g>
    }
}
