//! The page of wrong addresses.

use contract::ErrorCode;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::layout::DeadEndWords;
use crate::ui::{ButtonLink, PageLine, Weight};
use crate::words::language;

/// Sets the answer's status, on the server.
pub(crate) fn set_status(status: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(options), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), axum::http::StatusCode::from_u16(status))
    {
        options.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = status;
}

/// Says that nothing is here, and where to go.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    set_status(404);
    view! {
        <Title text=format!("{} · MOG AI", DeadEndWords::of(language()).nothing_here)/>
        <DeadEnd code=ErrorCode::NotFound/>
    }
}

/// A whole page for a failure, with a way out.
#[component]
pub(crate) fn DeadEnd(code: ErrorCode) -> impl IntoView {
    let words = DeadEndWords::of(language());
    view! {
        <section class="dead-end">
            <p class="dead-end-number" aria-hidden="true">{code.status().to_string()}</p>
            <PageLine text=code.title(language())/>
            <p class="lead">{code.advice(language())}</p>
            <p class="dead-end-ways">
                <ButtonLink weight=Weight::Main href="/studio" label=words.to_studio/>
                <ButtonLink href="/" label=words.to_home/>
            </p>
        </section>
    }
    .into_any()
}
