//! Photos that are dropped anywhere on the page, or pasted.

use contract::studio::Slot;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, EventTarget};

use super::session::Studio;
use crate::ui::listed;

/// Listens as long as the studio's page is there.
pub(super) fn listen(studio: Studio) {
    Effect::new(move |_| {
        let handles = [
            window_event_listener(ev::dragover, move |event| {
                if carries_files(event.data_transfer()) {
                    // Without this the browser would leave the page and show the file.
                    event.prevent_default();
                    if !studio.dragging.get_untracked() {
                        studio.dragging.set(true);
                    }
                }
            }),
            window_event_listener(ev::dragleave, move |event| {
                // With no element to go to, the files have left the window.
                if event.related_target().is_none() {
                    studio.dragging.set(false);
                }
            }),
            window_event_listener(ev::drop, move |event| {
                studio.dragging.set(false);
                let files = listed(event.data_transfer().and_then(|data| data.files()));
                if !files.is_empty() {
                    event.prevent_default();
                    studio.open_files(files, slot_under(event.target()));
                }
            }),
            window_event_listener(ev::paste, move |event| {
                let files = listed(event.clipboard_data().and_then(|data| data.files()));
                if !files.is_empty() {
                    event.prevent_default();
                    studio.open_files(files, None);
                }
            }),
        ];
        on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
    });
}

fn carries_files(data: Option<DataTransfer>) -> bool {
    data.is_some_and(|data| data.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
}

/// The place that the element belongs to.
fn slot_under(target: Option<EventTarget>) -> Option<Slot> {
    let element = target?.dyn_into::<web_sys::Element>().ok()?;
    let place = element.closest("[data-slot]").ok()??;
    match place.get_attribute("data-slot")?.as_str() {
        "source" => Some(Slot::Source),
        "target" => Some(Slot::Target),
        _ => None,
    }
}
