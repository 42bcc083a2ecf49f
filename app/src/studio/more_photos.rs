//! Other photos of the person whose face is used: what one of them hides, another shows.

use contract::ErrorCode;
use contract::studio::{MOST_MORE_SOURCES, Reply, Request, Slot};
use contract::swaps::PhotoView;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::advice::face_advice;
use super::browser;
use super::photos::{Origin, Photo};
use super::session::Studio;
use super::well::FaceCrop;
use super::words::remove_photo;
use crate::ui::{Glyph, Icon, picked_files};

/// The row of them, once the visitor has brought a face of their own.
#[component]
pub(super) fn MorePhotos() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let is_own = Memo::new(move |_| {
        studio.source.photo.with(|photo| photo.as_ref().is_some_and(|p| p.is_own() && !p.faces().is_empty()))
    });
    let others = move || {
        let photos = studio.more.get().into_iter().enumerate();
        photos.map(|(index, photo)| view! { <Other photo index/> }).collect_view()
    };
    let has_room = move || studio.more.with(Vec::len) < MOST_MORE_SOURCES;
    view! {
        <Show when=move || is_own.get()>
            <fieldset class="samples samples-own">
                <legend>{words.more_photos}</legend>
                {others}
                <Show when=has_room><Add/></Show>
            </fieldset>
        </Show>
    }
    .into_any()
}

/// One of them; a press removes it.
#[component]
fn Other(photo: Photo, index: usize) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let advice = photo.faces().first().map(|face| face_advice(face, studio.language));
    view! {
        <button
            class="sample sample-more"
            type="button"
            aria-label=remove_photo(index + 1, studio.language)
            title=advice
            on:click=move |_| studio.remove_more(index)
        >
            <FaceCrop photo face=0/>
            <Icon glyph=Glyph::Close/>
        </button>
    }
    .into_any()
}

#[component]
fn Add() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let label = studio.words().add_photos;
    let picked = move |event: ev::Event| studio.add_more(picked_files(&event));
    view! {
        <label class="sample sample-add" title=label>
            <input
                class="sample-input"
                type="file"
                id="source-more"
                multiple
                accept="image/jpeg,image/png,image/webp"
                aria-label=label
                on:change=picked
            />
            <Icon glyph=Glyph::Add/>
        </label>
    }
    .into_any()
}

impl Studio {
    /// Puts files beside the source's photo, as many as there is room for, one after the other.
    fn add_more(self, files: Vec<File>) {
        let room = MOST_MORE_SOURCES - self.more.with_untracked(Vec::len).min(MOST_MORE_SOURCES);
        let photos = files.into_iter().take(room).filter_map(|file| {
            let title = file.name();
            let url = browser::remember_file(file.into())?;
            Some(Photo { origin: Origin::Own, title, sizes: None, thumbnail: url.clone(), url, view: None })
        });
        let photos: Vec<Photo> = photos.collect();
        self.dismiss(Some(Slot::Source));
        spawn_local(self.open_more(photos));
    }

    /// The engine has forgotten the source's photo and was given it again: the others follow.
    pub(super) fn reopen_more(self) {
        let photos = self.more.try_update(std::mem::take).unwrap_or_default();
        if !photos.is_empty() {
            spawn_local(self.open_more(photos));
        }
    }

    /// Another person's photo lies there now.
    pub(super) fn forget_more(self) {
        for photo in self.more.try_update(std::mem::take).unwrap_or_default() {
            browser::forget_file(&photo.url);
        }
    }

    /// The addresses of them all, apart by blanks.
    pub(super) fn more_urls(self) -> String {
        self.more.with(|photos| photos.iter().map(|photo| photo.url.as_str()).collect::<Vec<_>>().join(" "))
    }

    async fn open_more(self, photos: Vec<Photo>) {
        let of = self.source.ticket();
        for photo in photos {
            match self.open_another(&photo, of).await {
                Ok(Some(view)) => {
                    self.more.update(|more| more.push(Photo { view: Some(view), ..photo }));
                    self.graft_now();
                }
                Ok(None) => browser::forget_file(&photo.url),
                Err(code) => {
                    browser::forget_file(&photo.url);
                    self.fail(code, Some(Slot::Source), Some(photo.title));
                }
            }
        }
    }

    /// None when the source is another photo by now.
    async fn open_another(self, photo: &Photo, of: u32) -> Result<Option<PhotoView>, ErrorCode> {
        let file = browser::remembered_file(&photo.url).ok_or(ErrorCode::Internal)?;
        let bytes = browser::bytes_of_file(&file).await?;
        let engine = self.engine.start()?;
        engine.ready().await?;
        let is_current = || self.source.ticket() == of && self.holds_engine();
        if !is_current() {
            return Ok(None);
        }
        match engine.ask(&Request::AddSource, Some(bytes.into())).await.reply {
            Reply::Opened { photo, .. } => Ok(is_current().then_some(photo)),
            Reply::Failed { code, .. } => Err(code),
            _ => Err(ErrorCode::Internal),
        }
    }

    fn remove_more(self, index: usize) {
        spawn_local(async move {
            let Ok(engine) = self.engine.start() else { return };
            let answer = engine.ask(&Request::RemoveSource { index }, None).await;
            if let Reply::Failed { code, .. } = answer.reply {
                return self.fail(code, Some(Slot::Source), None);
            }
            let removed = self.more.try_update(|more| (index < more.len()).then(|| more.remove(index)));
            if let Some(photo) = removed.flatten() {
                browser::forget_file(&photo.url);
            }
            self.graft_now();
        });
    }
}
