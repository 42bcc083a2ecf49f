//! The parts of one place, as a bar of links: each has an address.

use leptos::prelude::*;

/// A bar of parts; `chosen` is the address of the one that is shown.
#[component]
pub(crate) fn Tabs(
    label: &'static str,
    /// Pairs of an address and what is there.
    places: Vec<(&'static str, &'static str)>,
    chosen: &'static str,
) -> impl IntoView {
    let links: Vec<AnyView> = places
        .into_iter()
        .map(|(href, label)| {
            view! { <a class="tab" href=href aria-current=(href == chosen).then_some("page")>{label}</a> }
                .into_any()
        })
        .collect();
    view! { <nav class="tabs" aria-label=label>{links}</nav> }.into_any()
}
