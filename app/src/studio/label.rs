//! The label on what is downloaded: which corner it stands in, and how large it is. That it is there is no choice.

use contract::swaps::{LabelCorner, LabelOptions, LabelSize};
use leptos::prelude::*;

use super::session::Studio;

/// A small picture with a dot in each corner, and three sizes.
#[component]
pub(super) fn LabelChoice() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let corners = [
        (LabelCorner::TopLeft, words.top_left),
        (LabelCorner::TopRight, words.top_right),
        (LabelCorner::BottomLeft, words.bottom_left),
        (LabelCorner::BottomRight, words.bottom_right),
    ];
    let sizes =
        [(LabelSize::Small, words.small), (LabelSize::Medium, words.medium), (LabelSize::Large, words.large)];
    let corners = corners.map(|(corner, name)| {
        option("label-corner", name, move |label| label.corner == corner, move |label| label.corner = corner)
    });
    let sizes = sizes.map(|(size, name)| {
        option("label-size", name, move |label| label.size == size, move |label| label.size = size)
    });
    view! {
        <fieldset class="label-choice">
            <legend>{words.label}</legend>
            <div class="label-corners">{corners.into_iter().collect_view()}</div>
            <div class="label-sizes">{sizes.into_iter().collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

/// A native radio button, drawn by the style sheet.
fn option(
    group: &'static str,
    name: &'static str,
    is: impl Fn(&LabelOptions) -> bool + Send + Sync + 'static,
    choose: impl Fn(&mut LabelOptions) + Send + Sync + 'static,
) -> AnyView {
    let label = expect_context::<Studio>().label;
    view! {
        <input
            type="radio"
            name=group
            aria-label=name
            title=name
            prop:checked=move || label.with(&is)
            on:change=move |_| label.update(&choose)
        />
    }
    .into_any()
}
