//! The one large line of a page.

use std::cell::Cell;

use leptos::html::H1;
use leptos::prelude::*;

thread_local! {
    /// Whether a page's line was shown before: the first came with the document, and the browser has said its title.
    static ARRIVED: Cell<bool> = const { Cell::new(false) };
}

/// A page's `h1`. On the way from one page to the next it takes the focus: those who listen hear where they are, and the
/// next press of Tab begins here.
#[component]
pub(crate) fn PageLine(
    #[prop(into)] text: String,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let line = NodeRef::<H1>::new();
    Effect::new(move |_| {
        if let (Some(line), true) = (line.get(), ARRIVED.replace(true)) {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = web_sys::HtmlElement::focus_with_options(&line, &options);
        }
    });
    view! { <h1 node_ref=line class=format!("display {class}") tabindex="-1">{text}</h1> }.into_any()
}
