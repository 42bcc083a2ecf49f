//! The gallery's small faces, one row in each card.

use contract::assets::SampleView;
use contract::studio::Slot;
use leptos::prelude::*;

use super::photos::Photo;
use super::session::Studio;
use super::words::samples_of;
use crate::ui::LaterImage;

/// A row of samples to choose one from; radio buttons of the form.
#[component]
pub(super) fn Samples(#[prop(name = "of")] slot: Slot) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let samples = studio.samples();
    (!samples.is_empty()).then(|| {
        let choices = samples.into_iter().map(|sample| view! { <Sample of=slot sample/> }).collect_view();
        view! {
            <fieldset class="samples">
                <legend class="sr-only">{samples_of(slot, studio.language)}</legend>
                {choices}
            </fieldset>
        }
    })
}

#[component]
fn Sample(#[prop(name = "of")] slot: Slot, sample: SampleView) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let name = StoredValue::new(sample.name.clone());
    let photo = studio.place(slot).photo;
    let is_chosen = move || {
        photo.with(|photo| {
            photo.as_ref().is_some_and(|photo: &Photo| name.with_value(|name| photo.is_sample(name)))
        })
    };
    let thumbnail = sample.thumbnail.url.clone();
    let (value, title) = (sample.name.clone(), sample.title.clone());
    view! {
        <label class="sample" title=title>
            <input
                class="sample-input"
                type="radio"
                name=format!("{}_sample", slot.as_str())
                value=value
                checked=untrack(is_chosen)
                prop:checked=is_chosen
                on:change=move |_| studio.open_sample(slot, &sample)
            />
            <LaterImage src=thumbnail alt=title.clone()/>
        </label>
    }
}
