//! The sliders that say how the graft is made.

use leptos::prelude::*;

use super::session::Studio;

/// Likeness and skin tone.
#[component]
pub(super) fn Fit() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    view! {
        <section class="card card-fit glass" aria-labelledby="fit">
            <h2 class="card-title" id="fit">{words.fit}</h2>
            <Strength
                label=words.likeness
                name="likeness"
                hint=words.likeness_hint
                value=studio.likeness
            />
            <Strength
                label=words.skin_tone
                name="skin_tone"
                hint=words.skin_tone_hint
                value=studio.skin_tone
            />
        </section>
    }
    .into_any()
}

#[component]
fn Strength(
    label: &'static str,
    name: &'static str,
    hint: &'static str,
    value: RwSignal<u8>,
) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let input = NodeRef::new();
    // The filled part of the track. The policy forbids style attributes, so it is set where scripts may set it.
    Effect::new(move |_| {
        let fill = format!("{}%", value.get());
        if let Some(input) = input.get() {
            let input: web_sys::HtmlInputElement = input;
            let _ = web_sys::HtmlElement::style(&input).set_property("--fill", &fill);
        }
    });
    let moved = move |event| {
        if let Ok(strength) = event_target_value(&event).parse() {
            value.set(strength);
            studio.adjusted();
        }
    };
    view! {
        <div class="strength">
            <label for=name title=hint>{label}</label>
            <output for=name class="needs-script">{move || value.get()} "%"</output>
            <input
                node_ref=input
                class="track"
                type="range"
                id=name
                name=name
                min="0"
                max="100"
                value=value.get_untracked().to_string()
                prop:value=move || value.get().to_string()
                aria-valuetext=move || format!("{}%", value.get())
                on:input=moved
            />
        </div>
    }
}
