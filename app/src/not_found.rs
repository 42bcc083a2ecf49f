//! The page of wrong addresses.

use contract::ErrorCode;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::layout::FrameWords;
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
        <Title text=format!("{} · MOG AI", FrameWords::of(language()).nothing_here)/>
        <DeadEnd code=ErrorCode::NotFound/>
    }
}

/// A whole page for a failure, with a way out.
#[component]
pub(crate) fn DeadEnd(code: ErrorCode) -> impl IntoView {
    view! {
        <section class="dead-end">
            <p class="dead-end-number" aria-hidden="true">{code.status().to_string()}</p>
            <h1 class="display">{code.title(language())}</h1>
            <p class="lead">{code.advice(language())}</p>
            <a class="button button-main" href="/">{FrameWords::of(language()).to_studio}</a>
        </section>
    }
}
