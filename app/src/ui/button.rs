//! Buttons and links that look like them.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Weight {
    /// One of several.
    #[default]
    Plain,
    /// The one main action of a page.
    Main,
    /// What cannot be taken back.
    Fault,
    /// As quiet as a link.
    Quiet,
}

impl Weight {
    /// The classes of an element that looks like this.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Main => "button button-main",
            Self::Fault => "button button-fault",
            Self::Quiet => "button button-quiet",
        }
    }
}

/// A button that does something on this page.
#[component]
pub(crate) fn Button(
    label: &'static str,
    #[prop(optional)] weight: Weight,
    #[prop(optional)] glyph: Option<Glyph>,
    #[prop(into, default = Signal::stored(false))] disabled: Signal<bool>,
    /// Whether it is at work: it stays in place, says so, and takes no press.
    #[prop(into, default = Signal::stored(false))]
    busy: Signal<bool>,
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class=weight.class()
            type="button"
            disabled=move || disabled.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=move |_| {
                if !busy.get_untracked() {
                    on_press.run(());
                }
            }
        >
            {glyph.map(|glyph| view! { <Icon glyph/> })}
            {label}
        </button>
    }
    .into_any()
}

/// A button that is only its icon.
#[component]
pub(crate) fn IconButton(
    glyph: Glyph,
    /// What it does: its name, and what a pointer that rests on it is told.
    label: &'static str,
    #[prop(into, default = Signal::stored(false))] disabled: Signal<bool>,
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="icon-button needs-script"
            type="button"
            aria-label=label
            title=label
            disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            <Icon glyph/>
        </button>
    }
    .into_any()
}

/// A link that leads on.
#[component]
pub(crate) fn ButtonLink(
    href: &'static str,
    label: &'static str,
    #[prop(optional)] weight: Weight,
    #[prop(optional)] glyph: Option<Glyph>,
) -> impl IntoView {
    view! {
        <a class=weight.class() href=href>
            {glyph.map(|glyph| view! { <Icon glyph/> })}
            {label}
        </a>
    }
    .into_any()
}
