//! The logo.

use leptos::prelude::*;

/// Two halves of one face and the seam of light between them.
#[component]
pub(crate) fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" fill="none" aria-hidden="true">
            <path d="M14.6 4.6A11.5 11.5 0 0 0 4.5 16a11.5 11.5 0 0 0 10.1 11.4z" stroke="currentColor" stroke-width="1.7" opacity=".9"/>
            <path d="M18.6 4.6A11.5 11.5 0 0 1 27.5 16a11.5 11.5 0 0 1-8.9 11.400z" fill="currentColor" opacity=".18"/>
            <path class="mark-seam" d="M16.6 2v28" stroke-width="2.2" stroke-linecap="round"/>
        </svg>
    }
}
