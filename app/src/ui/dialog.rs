//! Dialogs: the native element, which keeps the focus inside and gives it back.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::words::UiWords;
use crate::words::language;

/// Where a dialog stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stand {
    /// In the middle.
    #[default]
    Middle,
    /// A drawer: at the side, or rising from below on a phone.
    Side,
}

/// A dialog, opened by a [`DialogButton`], closed by its cross, by Escape, or by a press outside.
#[component]
pub(crate) fn Dialog(
    /// The id that its button names.
    id: &'static str,
    title: &'static str,
    #[prop(optional)] stand: Stand,
    /// Called when it has closed, however.
    #[prop(optional)]
    on_close: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let heading = format!("{id}-title");
    let closed = move |_| {
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    view! {
        <dialog class=if stand == Stand::Side { "dialog drawer" } else { "dialog" } id=id aria-labelledby=heading.clone() closedby="any" on:close=closed>
            <div class="dialog-head">
                <h2 class="panel-title" id=heading.clone()>{title}</h2>
                <button class="icon-button" type="button" command="close" commandfor=id aria-label=UiWords::of(language()).close>
                    <Icon glyph=Glyph::Close/>
                </button>
            </div>
            {children()}
        </dialog>
    }
    .into_any()
}

/// The button that opens a dialog. `frontend/scripts/shell.js` does it where the browser does not know how.
#[component]
pub(crate) fn DialogButton(
    /// The dialog's id.
    opens: &'static str,
    label: &'static str,
) -> impl IntoView {
    view! { <button class="button" type="button" command="show-modal" commandfor=opens aria-haspopup="dialog">{label}</button> }
        .into_any()
}
