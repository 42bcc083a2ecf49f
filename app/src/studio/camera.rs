//! The face to use, from the camera.

use contract::studio::Slot;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Blob, File, FilePropertyBag, HtmlDialogElement};

use super::session::Studio;
use crate::ui::{CameraView, Dialog, Glyph, Icon};

const DIALOG: &str = "camera-dialog";

/// A button, and the dialog with the camera that it opens.
#[component]
pub(super) fn TakePhoto() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let label = studio.words().take_photo;
    let open = RwSignal::new(false);
    let closed = Callback::new(move |()| open.set(false));
    let taken = Callback::new(move |photo: Blob| {
        close();
        if let Some(file) = file(&photo) {
            studio.open_file(Slot::Source, file);
        }
    });
    view! {
        <button
            class="icon-button needs-script"
            type="button"
            command="show-modal"
            commandfor=DIALOG
            aria-label=label
            title=label
            aria-haspopup="dialog"
            on:click=move |_| open.set(true)
        >
            <Icon glyph=Glyph::Camera/>
        </button>
        <Dialog id=DIALOG title=label on_close=closed>
            // The camera goes off with its view.
            <Show when=move || open.get()>
                <CameraView on_photo=taken/>
            </Show>
        </Dialog>
    }
    .into_any()
}

fn close() {
    let dialog = document().get_element_by_id(DIALOG);
    if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}

/// The photo under a name, as if it had been picked.
fn file(photo: &Blob) -> Option<File> {
    let kind = FilePropertyBag::new();
    kind.set_type(&photo.type_());
    File::new_with_blob_sequence_and_options(&js_sys::Array::of1(photo), "camera.jpg", &kind).ok()
}
