//! The faces found in a picture, as outlines to choose from.

use std::collections::BTreeSet;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::words::face_of;
use crate::words::language;

/// One outline for each face; each is a button that says whether the face is chosen.
#[component]
pub(crate) fn FaceOutlines(
    /// What the group is called.
    label: &'static str,
    /// The picture's size, in pixels.
    size_px: (u32, u32),
    /// Each face's outline, in pixels of the picture.
    outlines: Vec<Vec<[f32; 2]>>,
    #[prop(into)] chosen: Signal<BTreeSet<usize>>,
    on_toggle: Callback<usize>,
) -> impl IntoView {
    let count = outlines.len();
    let faces: Vec<AnyView> = outlines
        .iter()
        .enumerate()
        .map(|(face, outline)| {
            let points = polygon_points(outline);
            view! { <Outline face count points chosen on_toggle/> }.into_any()
        })
        .collect();
    view! {
        <svg class="outlines" viewBox=format!("0 0 {} {}", size_px.0, size_px.1) role="group" aria-label=label>
            {faces}
        </svg>
    }
    .into_any()
}

#[component]
fn Outline(
    face: usize,
    count: usize,
    points: String,
    chosen: Signal<BTreeSet<usize>>,
    on_toggle: Callback<usize>,
) -> impl IntoView {
    let pressed = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            on_toggle.run(face);
        }
    };
    view! {
        <g
            class="face-outline"
            role="button"
            tabindex="0"
            aria-label=face_of(face, count, language())
            aria-pressed=move || chosen.with(|chosen| chosen.contains(&face)).to_string()
            on:click=move |_| on_toggle.run(face)
            on:keydown=pressed
        >
            <polygon class="face-glow" points=points.clone()/>
            <polygon class="face-line" points=points/>
        </g>
    }
}

/// The outline as an SVG polygon's points.
fn polygon_points(outline: &[[f32; 2]]) -> String {
    outline.iter().map(|[x, y]| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
}
