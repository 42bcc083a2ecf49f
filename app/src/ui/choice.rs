//! Choosing: of several, some of several, one of a list, on or off. Native controls all of them.

use leptos::prelude::*;

/// How many of its group can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// One: a radio button.
    One,
    /// Any number: a check box.
    Any,
}

/// One choice of a group, as a row.
#[component]
pub(crate) fn Choice(
    of: Of,
    name: &'static str,
    value: &'static str,
    label: &'static str,
    #[prop(optional)] checked: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional)] required: bool,
    /// The label's language, where it is not the page's.
    #[prop(default = None)]
    lang: Option<&'static str>,
) -> impl IntoView {
    let kind = if of == Of::One { "radio" } else { "checkbox" };
    view! {
        <label class="choice">
            <input type=kind name=name value=value checked=checked disabled=disabled required=required/>
            <span lang=lang>{label}</span>
        </label>
    }
    .into_any()
}

/// A list that opens, for more choices than a row of buttons has room for.
#[component]
pub(crate) fn Select(
    /// The field's id and name.
    name: &'static str,
    label: &'static str,
    /// Pairs of a value and what it is called.
    options: Vec<(&'static str, &'static str)>,
    #[prop(optional)] chosen: &'static str,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    let options: Vec<AnyView> = options
        .into_iter()
        .map(|(value, label)| {
            view! { <option value=value selected=value == chosen>{label}</option> }.into_any()
        })
        .collect();
    view! {
        <div class="field">
            <label class="field-label" for=name>{label}</label>
            <select class="input select" id=name name=name disabled=disabled>{options}</select>
        </div>
    }
    .into_any()
}

/// On or off, at once.
#[component]
pub(crate) fn Switch(
    name: &'static str,
    label: &'static str,
    /// Whether it is on; it begins so, and follows.
    value: RwSignal<bool>,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    let changed = move |event| value.set(event_target_checked(&event));
    view! {
        <label class="choice switch">
            <span>{label}</span>
            <input
                type="checkbox"
                role="switch"
                name=name
                checked=value.get_untracked()
                prop:checked=move || value.get()
                disabled=disabled
                on:change=changed
            />
        </label>
    }
    .into_any()
}
