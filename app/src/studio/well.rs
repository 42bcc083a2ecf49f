//! The two cards that hold a photo each: pick, drop or paste.

use contract::studio::Slot;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::browser::listed;
use super::photos::{Photo, square_around};
use super::samples::Samples;
use super::session::Studio;
use super::words::{choose_photo, face_advice, face_of, faces_chosen, faces_found, sample_named, slot_title};
use crate::layout::{Glyph, Icon};

/// A photo's place: what lies there, how good it is, and how to put another there.
#[component]
pub(super) fn PhotoCard(#[prop(name = "of")] slot: Slot) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let at_fault = move || studio.troubles.with(|all| all.iter().any(|trouble| trouble.slot == Some(slot)));
    let heading = format!("{}-title", slot.as_str());
    view! {
        <section
            class="card card-photo glass"
            data-slot=slot.as_str()
            data-fault=move || at_fault().to_string()
            aria-labelledby=heading
            on:focusin=move |_| studio.touch(slot)
            on:pointerdown=move |_| studio.touch(slot)
        >
            <div class="card-head">
                <h2 class="card-title" id=heading.clone()>{slot_title(slot, studio.language)}</h2>
                {(slot == Slot::Target).then(|| view! { <Exchange/> })}
            </div>
            <Well of=slot/>
            {(slot == Slot::Source).then(|| view! { <SourceFaces/> })}
            <Samples of=slot/>
        </section>
    }
    .into_any()
}

#[component]
fn Well(#[prop(name = "of")] slot: Slot) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let place = studio.place(slot);
    let note = format!("{}-note", slot.as_str());
    let picked = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok()) else {
            return;
        };
        if let Some(file) = listed(input.files()).into_iter().next() {
            studio.open_file(slot, file);
        }
        // So that the same file can be picked again.
        input.set_value("");
    };
    let busy = move || place.opening.with(Option::is_some).to_string();
    view! {
        <label class="well" data-busy=busy>
            <input
                class="well-input"
                type="file"
                id=slot.as_str()
                name=slot.as_str()
                accept="image/jpeg,image/png,image/webp"
                aria-label=choose_photo(slot, studio.language)
                aria-describedby=note.clone()
                on:change=picked
            />
            <span class="well-picture"><Thumbnail of=slot/></span>
            <span class="well-text" id=note>
                <b>{move || headline(studio, slot)}</b>
                <small>{move || detail(studio, slot)}</small>
            </span>
            <span class="well-add" aria-hidden="true"><Icon glyph=Glyph::Add/></span>
        </label>
    }
    .into_any()
}

fn headline(studio: Studio, slot: Slot) -> String {
    let words = studio.words();
    let place = studio.place(slot);
    if place.opening.with(Option::is_some) {
        return words.looking.into();
    }
    place.photo.with(|photo| match (photo, slot) {
        (None, Slot::Source) => words.drop_face.into(),
        (None, Slot::Target) => words.drop_target.into(),
        (Some(Photo { view: None, title, .. }), _) => title.clone(),
        (Some(photo), Slot::Source) => {
            let face = studio.source_face.get();
            photo.faces().get(face).map_or_else(
                || faces_found(0, studio.language),
                |face| face_advice(face, studio.language).into(),
            )
        }
        (Some(photo), Slot::Target) => faces_chosen(
            studio.target_faces.with(|chosen| chosen.len()),
            photo.faces().len(),
            studio.language,
        ),
    })
}

fn detail(studio: Studio, slot: Slot) -> String {
    let words = studio.words();
    let place = studio.place(slot);
    if let Some(title) = place.opening.get() {
        return title;
    }
    place.photo.with(|photo| match photo {
        None => words.well_hint.into(),
        Some(Photo { view: None, .. }) => words.sample_note.into(),
        Some(photo) if photo.is_own() => {
            format!("{}. {}", photo.title, faces_found(photo.faces().len(), studio.language))
        }
        Some(photo) => sample_named(&photo.title, studio.language),
    })
}

/// The photo, or the face in it, once it is known where.
#[component]
fn Thumbnail(#[prop(name = "of")] slot: Slot) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let photo = studio.place(slot).photo;
    move || {
        photo.get().map(|photo| match (&photo.view, slot) {
            (Some(view), Slot::Source) if !view.faces.is_empty() => {
                view! { <FaceCrop photo=photo.clone() face=studio.source_face.get()/> }.into_any()
            }
            _ => view! { <img src=photo.thumbnail.clone() alt="" width="160" height="160"/> }.into_any(),
        })
    }
}

/// One face of a photo in a square: the SVG's view box does the cropping, no pixel is touched.
#[component]
fn FaceCrop(photo: Photo, face: usize) -> impl IntoView {
    let Photo { url, view, .. } = photo;
    view.and_then(|view| {
        let bounds = view.faces.get(face)?.bounds;
        let shown = square_around(bounds, view.width, view.height);
        let (width, height) = (view.width.to_string(), view.height.to_string());
        Some(view! {
            <svg class="face-crop" viewBox=shown preserveAspectRatio="xMidYMid slice" aria-hidden="true">
                <image href=url width=width height=height/>
            </svg>
        })
    })
}

/// When the photo shows several people: whose face it shall be.
#[component]
fn SourceFaces() -> impl IntoView {
    let studio = expect_context::<Studio>();
    move || {
        let photo = studio.source.photo.get()?;
        let count = photo.faces().len();
        (count > 1).then(|| {
            let faces = (0..count).map(|face| {
                let photo = photo.clone();
                view! {
                    <label class="sample">
                        <input
                            class="sample-input"
                            type="radio"
                            name="source_face"
                            value=face.to_string()
                            aria-label=face_of(face, count, studio.language)
                            prop:checked=move || studio.source_face.get() == face
                            on:change=move |_| studio.choose_source_face(face)
                        />
                        <FaceCrop photo face/>
                    </label>
                }
            });
            view! {
                <fieldset class="samples samples-own">
                    <legend>{studio.words().whose_face}</legend>
                    {faces.collect_view()}
                </fieldset>
            }
        })
    }
}

/// Exchanges the two photos.
#[component]
fn Exchange() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let label = studio.words().exchange;
    let both = move || studio.source.photo.with(Option::is_some) && studio.target.photo.with(Option::is_some);
    view! {
        <button
            class="icon-button needs-script"
            type="button"
            aria-label=label
            title=label
            disabled=move || !both()
            on:click=move |_| studio.exchange()
        >
            <Icon glyph=Glyph::Exchange/>
        </button>
    }
    .into_any()
}
