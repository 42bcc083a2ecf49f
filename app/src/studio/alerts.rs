//! Failures, each as a sentence that says what to do.

use leptos::prelude::*;

use super::session::{Studio, Trouble};
use super::words::slot_title;
use crate::layout::{Glyph, Icon};
use crate::words::colon;

/// What went wrong and was not put aside yet.
#[component]
pub(super) fn Alerts() -> impl IntoView {
    let studio = expect_context::<Studio>();
    view! {
        <div class="alerts">
            <For each=move || studio.troubles.get() key=|trouble| (trouble.slot, trouble.code, trouble.photo.clone()) let:trouble>
                <Alert trouble/>
            </For>
        </div>
    }
    .into_any()
}

#[component]
fn Alert(trouble: Trouble) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let Trouble { code, slot, photo, .. } = trouble;
    let about = slot.map(|slot| match photo {
        Some(photo) => format!("{}{} {photo}", slot_title(slot, studio.language), colon(studio.language)),
        None => slot_title(slot, studio.language).to_owned(),
    });
    view! {
        <div class="alert glass-dark" role="alert">
            <Icon glyph=Glyph::Warning/>
            <div class="alert-text">
                {about.map(|about| view! { <p class="alert-about">{about}</p> })}
                <p><b>{code.title(studio.language)}</b> " " {code.advice(studio.language)}</p>
            </div>
            <button class="icon-button needs-script" type="button" aria-label=studio.words().dismiss on:click=move |_| studio.dismiss(slot)>
                <Icon glyph=Glyph::Close/>
            </button>
        </div>
    }
}
