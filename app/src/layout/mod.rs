//! What surrounds every page: the navigation and the mark.

mod icons;
mod mark;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

pub(crate) use icons::{Glyph, Icon};
pub(crate) use mark::Mark;

/// The navigation beside the page; at the bottom, on a phone.
#[component]
pub(crate) fn Frame(children: Children) -> impl IntoView {
    view! {
        <a class="skip" href="#content">"Skip to the content"</a>
        <div class="app">
            <nav class="nav glass" aria-label="Main">
                <a class="nav-logo" href="/">
                    <Mark/>
                    <span class="nav-name">
                        <b>"MOG AI"</b>
                        <small>"Mastering Optical Grafting"</small>
                    </span>
                </a>
                <NavLink href="/" label="Studio" glyph=Glyph::Studio/>
                <NavLink href="/models" label="Models" glyph=Glyph::Models/>
            </nav>
            <main class="content" id="content" tabindex="-1">{children()}</main>
        </div>
    }
    .into_any()
}

#[component]
fn NavLink(href: &'static str, label: &'static str, glyph: Glyph) -> impl IntoView {
    let path = use_location().pathname;
    let current = move || (path.get() == href).then_some("page");
    view! {
        <a class="nav-link" href=href aria-current=current>
            <Icon glyph/>
            <span>{label}</span>
        </a>
    }
}
