//! Failures, each as a sentence that says what to do.

use leptos::prelude::*;

use super::session::{Studio, Trouble};
use super::words::slot_title;
use crate::ui::{News, Toast};
use crate::words::colon;

/// What went wrong and was not put aside yet.
#[component]
pub(crate) fn Alerts() -> impl IntoView {
    let studio = expect_context::<Studio>();
    view! {
        <div class="alerts">
            <For each=move || studio.troubles.get() key=|trouble| (trouble.slot, trouble.code, trouble.photo.clone()) let:trouble>
                <Alert trouble/>
            </For>
        </div>
    }
    .into_any()
}

#[component]
fn Alert(trouble: Trouble) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let Trouble { code, slot, photo, .. } = trouble;
    let about = slot.map(|slot| match photo {
        Some(photo) => format!("{}{} {photo}", slot_title(slot, studio.language), colon(studio.language)),
        None => slot_title(slot, studio.language).to_owned(),
    });
    let (title, advice) = (code.title(studio.language), code.advice(studio.language));
    let put_aside = Callback::new(move |()| studio.dismiss(slot));
    view! { <Toast news=News::Fault about title advice on_dismiss=put_aside/> }
}
