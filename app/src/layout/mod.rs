//! What surrounds every page: the logo, the navigation, and the tools.

mod mark;
#[cfg(feature = "ssr")]
mod tools;
mod words;

use leptos::prelude::*;

use mark::Mark;
pub(crate) use words::FrameWords;

use crate::ui::{Glyph, Icon};
use crate::words::language;

/// The frame of a page: a panel of places beside it, a rail where there is less room, a bar under the thumb on a phone.
///
/// `address` is the page's path and query, to come back to after the language was changed.
#[component]
pub(crate) fn Frame(#[prop(into)] address: Signal<String>, children: Children) -> impl IntoView {
    let words = FrameWords::of(language());
    view! {
        <a class="skip" href="#content">{words.skip}</a>
        <div class="app">
            <header class="bar">
                <a class="logo" href="/">
                    <Mark/>
                    <span class="logo-name">
                        <b>"MOG AI"</b>
                        <small>"Mastering Optical Grafting"</small>
                    </span>
                </a>
                <div class="tools" inner_html=tools(address)></div>
            </header>
            <nav class="nav glass" aria-label=words.main>
                <NavLink href="/" label=words.home glyph=Glyph::Home address/>
                <NavLink href="/studio" label=words.studio glyph=Glyph::Studio address/>
                <NavLink href="/models" label=words.models glyph=Glyph::Models address/>
                // On a phone the account is under the thumb, too; elsewhere it is among the tools.
                <button class="nav-link nav-account" type="button" popovertarget="account-menu">
                    <Icon glyph=Glyph::Person/>
                    <span>{words.account}</span>
                </button>
            </nav>
            <main class="content" id="content" tabindex="-1">{children()}</main>
        </div>
    }
    .into_any()
}

/// The palette and the menu, as markup that only the server writes: hydration leaves it as it is, and what it does in the
/// browser is in `public/shell.js`, for the app's pages and for the account's alike (docs/adr/0020).
fn tools(address: Signal<String>) -> String {
    #[cfg(feature = "ssr")]
    {
        tools::html(&address.get_untracked())
    }
    #[cfg(not(feature = "ssr"))]
    {
        let _ = address;
        String::new()
    }
}

#[component]
fn NavLink(href: &'static str, label: &'static str, glyph: Glyph, address: Signal<String>) -> impl IntoView {
    let current = move || address.with(|address| path_of(address) == href).then_some("page");
    view! {
        <a class="nav-link" href=href aria-current=current>
            <Icon glyph/>
            <span>{label}</span>
        </a>
    }
    .into_any()
}

fn path_of(address: &str) -> &str {
    address.split('?').next().unwrap_or_default()
}
