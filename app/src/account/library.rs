//! `/library`: what a person keeps here.

use contract::ErrorCode;
use contract::Language;
use contract::media::{MediaKind, MediaLink, MediaUsage, MediaView};
use leptos::prelude::*;

use super::document::{Document, titled};
use super::form::Done;
use super::library_words::LibraryWords;
use crate::format;
use crate::ui::{EmptyState, Glyph, Icon, News, Notice, PageLine, Tabs};
use crate::words::language;

/// One file, and what stands in its place until it is there.
#[derive(Clone, Debug)]
pub struct Shot {
    /// What is known of it.
    pub file: MediaView,
    /// A few pixels of it as the address of a picture (`data:`); none of a document.
    pub placeholder: Option<String>,
}

/// What has just happened.
#[derive(Clone, Debug)]
pub enum LibraryNews {
    /// A file came in.
    Added,
    /// A file stays until it is deleted.
    Kept,
    /// A file goes when its time is over.
    NotKept,
    /// A file was thrown away; it can be had back under this id.
    Deleted(String),
    /// A file is back.
    Restored,
    /// A link was made.
    Link(MediaLink),
    /// Something was refused.
    Refused(ErrorCode),
}

/// `/library`.
#[derive(Clone, Debug)]
pub struct LibraryPage {
    /// A page of what there is, the newest first.
    pub shots: Vec<Shot>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Only these.
    pub kind: Option<MediaKind>,
    /// How much there is, and may be.
    pub usage: MediaUsage,
    /// Whether pictures are checked before they are taken.
    pub checked: bool,
    /// What has just happened.
    pub news: Option<LibraryNews>,
}

impl Document for LibraryPage {
    fn title(&self, language: Language) -> String {
        titled(LibraryWords::of(language).library)
    }

    fn body(self) -> AnyView {
        let words = LibraryWords::of(language());
        let chosen = match self.kind {
            None => "/library",
            Some(MediaKind::Upload) => "/library?kind=upload",
            Some(MediaKind::Result) => "/library?kind=result",
        };
        let places = vec![
            ("/library", words.all),
            ("/library?kind=result", words.results),
            ("/library?kind=upload", words.uploads),
        ];
        let more = self.next.map(|next| {
            let join = if chosen.contains('?') { '&' } else { '?' };
            view! { <a class="button library-more" href=format!("{chosen}{join}after={next}")>{words.older}</a> }
        });
        view! {
            <div class="account library">
                <PageLine text=words.library/>
                <p class="library-lead">{words.lead} " " <a class="text-link" href="/account/faces">{words.to_faces}</a></p>
                <Tabs label=words.library places chosen/>
                {self.news.map(|news| view! { <NewsOf news/> })}
                <Upload usage=self.usage checked=self.checked/>
                <Shots shots=self.shots/>
                {more}
            </div>
        }
        .into_any()
    }
}

#[component]
fn NewsOf(news: LibraryNews) -> impl IntoView {
    let words = LibraryWords::of(language());
    match news {
        LibraryNews::Added => view! { <Done sentence=Some(words.added)/> }.into_any(),
        LibraryNews::Kept => view! { <Done sentence=Some(words.is_kept)/> }.into_any(),
        LibraryNews::NotKept => view! { <Done sentence=Some(words.is_not_kept)/> }.into_any(),
        LibraryNews::Restored => view! { <Done sentence=Some(words.restored)/> }.into_any(),
        LibraryNews::Deleted(id) => view! {
            <Notice news=News::Good focus=true>
                <p>{words.deleted}</p>
                <form method="post" action=format!("/library/{id}/restore")>
                    <button class="button" type="submit">{words.undo}</button>
                </form>
            </Notice>
        }
        .into_any(),
        LibraryNews::Link(link) => view! {
            <Notice news=News::Good focus=true>
                <p>{words.link_made} " " {format::day(link.expires_at_ms, language())} "."</p>
                <p class="once-line">
                    <code class="hash" id="link">{link.url}</code>
                    <button class="button needs-script" type="button" data-copies="link" data-done=words.copied>{words.copy}</button>
                </p>
            </Notice>
        }
        .into_any(),
        LibraryNews::Refused(code) => view! {
            <Notice news=News::Fault focus=true>
                <p><b>{code.title(language())}</b> " " {code.advice(language())}</p>
            </Notice>
        }
        .into_any(),
    }
}

/// A form with one file, and what there is room for.
#[component]
fn Upload(usage: MediaUsage, checked: bool) -> impl IntoView {
    let words = LibraryWords::of(language());
    let size = |bytes: i64| format::bytes(u64::try_from(bytes).unwrap_or(0), language());
    view! {
        <form class="library-upload panel glass" method="post" action="/library" enctype="multipart/form-data" data-sends-at-once="true">
            <label class="library-pick">
                <Icon glyph=Glyph::Add/>
                <span class="library-pick-text">
                    <b>{words.add}</b>
                    <small>{words.formats}</small>
                </span>
                <input type="file" name="file" required=true accept=".jpg,.jpeg,.png,.gif,.webp,.pdf"/>
            </label>
            <button class="button button-main" type="submit">{words.send}</button>
            <p class="library-usage">
                {size(usage.bytes)} " " {words.of} " " {size(usage.quota_bytes)} " " {words.in_use}
                {(!checked).then(|| view! { <span class="library-unchecked">{words.unchecked}</span> })}
            </p>
        </form>
    }
    .into_any()
}

#[component]
fn Shots(shots: Vec<Shot>) -> impl IntoView {
    let words = LibraryWords::of(language());
    if shots.is_empty() {
        return view! { <EmptyState glyph=Glyph::Library line=words.nothing advice=words.nothing_advice/> }
            .into_any();
    }
    let shots = shots.into_iter().map(|shot| view! { <ShotCard shot/> }).collect_view();
    view! { <ul class="shots">{shots}</ul> }.into_any()
}

#[component]
fn ShotCard(shot: Shot) -> impl IntoView {
    let words = LibraryWords::of(language());
    let Shot { file, placeholder } = shot;
    let (id, kept) = (file.id, file.expires_at_ms.is_none());
    let stays = match file.expires_at_ms {
        None => words.kept.to_owned(),
        Some(at_ms) => format!("{} {}", words.goes, format::day(at_ms, language())),
    };
    let size = format::bytes(u64::try_from(file.bytes).unwrap_or(0), language());
    let note = match file.width {
        0 => size,
        width => format!("{width} × {} · {size}", file.height),
    };
    let actions = (!file.taken_down).then(|| {
        let download = format!("{}{}download=1", file.url, if file.url.contains('?') { '&' } else { '?' });
        view! {
            <div class="shot-actions">
                <form method="post" action=format!("/library/{id}/keep")>
                    <input type="hidden" name="kept" value=(!kept).to_string()/>
                    <button class="button" type="submit" aria-pressed=kept.to_string()>{words.keep}</button>
                </form>
                <a class="icon-button" href=download aria-label=words.download title=words.download><Icon glyph=Glyph::Download/></a>
                <form method="post" action=format!("/library/{id}/link")>
                    <button class="icon-button" type="submit" aria-label=words.share title=words.share><Icon glyph=Glyph::Link/></button>
                </form>
                <form method="post" action=format!("/library/{id}/delete")>
                    <button class="icon-button" type="submit" aria-label=words.delete title=words.delete><Icon glyph=Glyph::Bin/></button>
                </form>
            </div>
        }
    });
    view! {
        <li class="shot glass" data-kept=kept.to_string()>
            <Look file=file.clone() placeholder/>
            <div class="shot-text">
                <p class="shot-name">{file.name}</p>
                <p class="shot-note">{note}</p>
                <p class="shot-note">{if file.taken_down { words.taken_down.to_owned() } else { stays }}</p>
            </div>
            {actions}
        </li>
    }
    .into_any()
}

/// The picture over its placeholder; a document's format in letters.
#[component]
fn Look(file: MediaView, placeholder: Option<String>) -> impl IntoView {
    let words = LibraryWords::of(language());
    let label = format!("{} {}", words.open, file.name);
    let inside = match file.thumbnail_url.filter(|_| !file.taken_down) {
        Some(address) => view! {
            {placeholder.map(|address| view! { <img class="shot-blur" src=address alt=""/> })}
            <img class="shot-picture" src=address alt="" loading="lazy" decoding="async"/>
        }
        .into_any(),
        None => {
            view! { <span class="shot-format">{file.format.extension().to_uppercase()}</span> }.into_any()
        }
    };
    if file.taken_down {
        return view! { <div class="shot-look">{inside}</div> }.into_any();
    }
    view! { <a class="shot-look" href=file.url target="_blank" rel="noopener" aria-label=label>{inside}</a> }
        .into_any()
}
