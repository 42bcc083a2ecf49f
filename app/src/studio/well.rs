//! The two cards that hold a photo each: pick, drop or paste.

use contract::studio::Slot;
use leptos::prelude::*;

use super::advice::face_advice;
use super::camera::TakePhoto;
use super::more_photos::MorePhotos;
use super::photos::{Photo, square_around};
use super::samples::Samples;
use super::session::Studio;
use super::words::{choose_photo, faces_chosen, faces_found, sample_named, slot_title};
use crate::ui::{FileWell, Glyph, IconButton, face_of};

/// A photo's place: what lies there, how good it is, and how to put another there.
#[component]
pub(crate) fn PhotoCard(#[prop(name = "of")] slot: Slot) -> impl IntoView {
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
                {match slot {
                    Slot::Source => view! { <TakePhoto/> }.into_any(),
                    Slot::Target => view! { <Exchange/> }.into_any(),
                }}
            </div>
            <Well of=slot/>
            {(slot == Slot::Source).then(|| view! { <SourceFaces/> <MorePhotos/> })}
            <Samples of=slot/>
        </section>
    }
    .into_any()
}

#[component]
fn Well(#[prop(name = "of")] slot: Slot) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let opening = studio.place(slot).opening;
    view! {
        <FileWell
            name=slot.as_str()
            label=choose_photo(slot, studio.language)
            headline=Signal::derive(move || headline(studio, slot))
            detail=Signal::derive(move || detail(studio, slot))
            busy=Signal::derive(move || opening.with(Option::is_some))
            on_file=Callback::new(move |file| studio.open_file(slot, file))
        >
            <Thumbnail of=slot/>
        </FileWell>
    }
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
            _ => view! { <img src=photo.thumbnail.clone() alt="" width="160" height="160" fetchpriority="low"/> }.into_any(),
        })
    }
}

/// One face of a photo in a square: the SVG's view box does the cropping, no pixel is touched.
#[component]
pub(super) fn FaceCrop(photo: Photo, face: usize) -> impl IntoView {
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
    let none = Signal::derive(move || {
        studio.source.photo.with(Option::is_none) || studio.target.photo.with(Option::is_none)
    });
    let exchanged = Callback::new(move |()| studio.exchange());
    view! { <IconButton glyph=Glyph::Exchange label=studio.words().exchange disabled=none on_press=exchanged/> }
}
