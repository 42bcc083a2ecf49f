//! Something that is known, and what it is.

use leptos::prelude::*;

/// One line of a `<dl class="facts">`.
#[component]
pub(crate) fn Fact(term: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{term}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
