//! A slider whose track is the seam.

use leptos::html::Input;
use leptos::prelude::*;

/// A share from 0 to 100, with its label and its number.
#[component]
pub(crate) fn Slider(
    label: &'static str,
    /// The field's id and name.
    name: &'static str,
    /// A sentence for those who rest on the label.
    #[prop(optional)]
    hint: Option<&'static str>,
    value: RwSignal<u8>,
    /// Called after the hand has moved it.
    #[prop(optional)]
    on_move: Option<Callback<()>>,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    // The filled part of the track. The policy forbids style attributes, so it is set where scripts may set it.
    Effect::new(move |_| {
        let fill = format!("{}%", value.get());
        if let Some(input) = input.get() {
            let _ = web_sys::HtmlElement::style(&input).set_property("--fill", &fill);
        }
    });
    let moved = move |event| {
        if let Ok(strength) = event_target_value(&event).parse() {
            value.set(strength);
            if let Some(on_move) = on_move {
                on_move.run(());
            }
        }
    };
    view! {
        <div class="slider">
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
                disabled=disabled
                value=value.get_untracked().to_string()
                prop:value=move || value.get().to_string()
                aria-valuetext=move || format!("{}%", value.get())
                on:input=moved
            />
        </div>
    }
    .into_any()
}
