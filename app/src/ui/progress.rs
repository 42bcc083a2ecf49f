//! How far something is.

use leptos::prelude::*;

/// A thin line of light that grows. While nobody knows how far it is, it wanders.
#[component]
pub(crate) fn Progress(
    label: &'static str,
    /// 0 to 100, once that can be said.
    #[prop(into)]
    percent: Signal<Option<u8>>,
) -> impl IntoView {
    view! {
        <progress
            class="progress"
            max="100"
            aria-label=label
            value=move || percent.get().map(|percent| percent.to_string())
        ></progress>
    }
    .into_any()
}
