//! A place for a file: pick one, or drop it where the page listens for that.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FileList, HtmlInputElement};

use super::icon::{Glyph, Icon};

/// A well: what lies in it as a small picture, a headline and a line of detail. Without JavaScript, a native file field.
#[component]
pub(crate) fn FileWell(
    /// The field's id and name.
    name: &'static str,
    /// What the file picker is called.
    label: String,
    /// What lies here, or what to do.
    #[prop(into)]
    headline: Signal<String>,
    /// More of it, smaller.
    #[prop(into)]
    detail: Signal<String>,
    /// Whether something is being read.
    #[prop(into)]
    busy: Signal<bool>,
    on_file: Callback<web_sys::File>,
    /// The small picture.
    children: Children,
) -> impl IntoView {
    let note = format!("{name}-note");
    let picked = move |event: ev::Event| {
        if let Some(file) = picked_files(&event).into_iter().next() {
            on_file.run(file);
        }
    };
    view! {
        <label class="well" data-busy=move || busy.get().to_string()>
            <input
                class="well-input"
                type="file"
                id=name
                name=name
                accept="image/jpeg,image/png,image/webp"
                aria-label=label
                aria-describedby=note.clone()
                on:change=picked
            />
            <span class="well-picture">{children()}</span>
            <span class="well-text" id=note>
                <b>{move || headline.get()}</b>
                <small>{move || detail.get()}</small>
            </span>
            <span class="well-add" aria-hidden="true"><Icon glyph=Glyph::Add/></span>
        </label>
    }
    .into_any()
}

/// The files that were picked in a file field, which forgets them, so that the same ones can be picked again.
pub(crate) fn picked_files(event: &ev::Event) -> Vec<web_sys::File> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return Vec::new() };
    let files = listed(input.files());
    input.set_value("");
    files
}

/// The files of a list, those of the system alone: what a page drags onto itself has none.
pub(crate) fn listed(files: Option<FileList>) -> Vec<web_sys::File> {
    files.map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect()).unwrap_or_default()
}
