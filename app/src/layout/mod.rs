//! What surrounds every page: the logo, the navigation, and the tools.

#[cfg(feature = "ssr")]
mod bar;
#[cfg(feature = "ssr")]
mod hd_dialog;
#[cfg(feature = "ssr")]
mod mark;
#[cfg(feature = "ssr")]
mod navigation;
#[cfg(feature = "ssr")]
mod tools;
#[cfg(feature = "ssr")]
mod tray;
mod words;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

pub(crate) use words::{DeadEndWords, FrameWords};

use crate::words::language;

/// The frame of a page: a panel of places beside it, a rail where there is less room, a bar under the thumb on a phone.
///
/// `address` is the page's path and query, to come back to after the language was changed.
///
/// Bar and navigation are markup that only the server writes: hydration leaves it as it is, and what it does in the browser
/// is in `frontend/scripts/shell.js`, for the app's pages and for the account's alike (docs/adr/0020).
#[component]
pub(crate) fn Frame(#[prop(into)] address: Signal<String>, children: Children) -> impl IntoView {
    let words = FrameWords::of(language());
    Effect::new(move |_| address.with(|address| mark_current(path_of(address))));
    view! {
        <a class="skip" href="#content">{words.skip}</a>
        <div class="app">
            <header class="bar" inner_html=bar(address)></header>
            <nav class="nav glass" aria-label=words.main inner_html=navigation(address)></nav>
            <main class="content" id="content" tabindex="-1">{children()}</main>
        </div>
    }
}

fn bar(address: Signal<String>) -> String {
    #[cfg(feature = "ssr")]
    {
        bar::html(&address.get_untracked())
    }
    #[cfg(not(feature = "ssr"))]
    {
        let _ = address;
        String::new()
    }
}

fn navigation(address: Signal<String>) -> String {
    #[cfg(feature = "ssr")]
    {
        navigation::html(path_of(&address.get_untracked()))
    }
    #[cfg(not(feature = "ssr"))]
    {
        let _ = address;
        String::new()
    }
}

/// Marks the page's own place: the router changes pages without the server, which marked the first one's.
fn mark_current(path: &str) {
    let Ok(links) = document().query_selector_all(".nav > a") else { return };
    for link in (0..links.length()).filter_map(|at| links.item(at)) {
        let link: Element = link.unchecked_into();
        let _ = if link.get_attribute("href").as_deref() == Some(path) {
            link.set_attribute("aria-current", "page")
        } else {
            link.remove_attribute("aria-current")
        };
    }
}

fn path_of(address: &str) -> &str {
    address.split('?').next().unwrap_or_default()
}
