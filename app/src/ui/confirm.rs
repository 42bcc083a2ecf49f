//! What cannot be taken back takes two presses.

use leptos::prelude::*;

/// One press opens it, a second one does it. Works without JavaScript.
#[component]
pub(crate) fn Confirm(
    summary: &'static str,
    question: &'static str,
    #[prop(optional)] open: bool,
    /// The form that does it.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="confirm" open=open>
            <summary class="button">{summary}</summary>
            <div class="confirm-body">
                <p>{question}</p>
                {children()}
            </div>
        </details>
    }
    .into_any()
}
