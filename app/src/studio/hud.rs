//! The bar over the stage: what has happened, and what to do with it.

use contract::studio::Slot;
use contract::swaps::OutputFormat;
use leptos::ev::{MouseEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::label::LabelChoice;
use super::photos::Photo;
use super::quality::Quality;
use super::session::Studio;
use super::words::{self, Phase};
use crate::engine::{EngineState, EngineWords, done};
use crate::format;
use crate::ui::{Glyph, Icon, Progress, Seam};
use crate::visitor::Visitor;

/// A press that is longer than this many milliseconds was meant to be held.
const HOLD_MS: f64 = 350.0;

/// Status and actions.
#[component]
pub(super) fn Hud(seam: Seam, choosing: RwSignal<bool>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let several =
        move || studio.target.photo.with(|photo| photo.as_ref().is_some_and(|photo| photo.faces().len() > 1));
    let percent = Signal::derive(move || studio.engine.state().get().percent());
    view! {
        <div class="hud glass-dark" data-first=move || studio.is_first_look().to_string()>
            <Status/>
            <div class="hud-actions needs-script">
                <Show when=several>
                    <button
                        class="button"
                        type="button"
                        aria-label=words.choose_faces
                        aria-pressed=move || choosing.get().to_string()
                        on:click=move |_| choosing.update(|choosing| *choosing = !*choosing)
                    >
                        <Icon glyph=Glyph::Faces/>
                        <span class="wide">{words.choose_faces}</span>
                    </button>
                </Show>
                <Compare seam/>
                <Quality/>
                <MakeHd/>
                <Download/>
                <Show when=move || studio.is_first_look()>
                    <Begin/>
                </Show>
            </div>
            <Show when=move || studio.engine.state().get().is_loading()>
                <Progress label=EngineWords::of(studio.language).loading percent/>
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn Status() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let phase = Memo::new(move |_| studio.phase());
    // While a slider moves, the last report stands: flicker helps nobody, and a screen reader would read it all.
    let report = move || match phase.get() {
        Phase::Done | Phase::Grafting => studio.result.get(),
        _ => None,
    };
    let text = move || match (report(), phase.get()) {
        (Some(report), _) => done(&report, studio.language).0,
        (None, Phase::Idle) => words::idle(
            studio.source.photo.with(Option::is_some),
            studio.target.photo.with(Option::is_some),
            studio.target_faces.with(|chosen| chosen.is_empty()),
            studio.engine.state().get() == EngineState::Ready,
            studio.language,
        )
        .to_owned(),
        (None, phase) => phase.sentence(studio.language).to_owned(),
    };
    // Numbers change often: they are for the eye, and not announced.
    let numbers = move || match (report(), studio.engine.state().get()) {
        (Some(report), _) => done(&report, studio.language).1,
        (None, EngineState::Loading { received_bytes, total_bytes }) if total_bytes > 0 => {
            format!(": {}", format::bytes_of(received_bytes, total_bytes, studio.language))
        }
        _ => String::new(),
    };
    view! {
        <p class="status" role="status">
            <span class="dot" aria-hidden="true"></span>
            <span>{text}<span aria-hidden="true">{numbers}</span></span>
        </p>
    }
    .into_any()
}

/// Shows the picture as it was: while it is held, or until it is pressed again.
#[component]
fn Compare(seam: Seam) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let comparing = seam.comparing;
    let since_ms = StoredValue::new(0.0);
    let down = move |event: PointerEvent| {
        since_ms.set_value(event.time_stamp());
        comparing.update(|comparing| *comparing = !*comparing);
    };
    let up = move |event: PointerEvent| {
        if event.time_stamp() - since_ms.get_value() > HOLD_MS {
            comparing.set(false);
        }
    };
    // A click without a pointer: the keyboard, or a program that reads the page.
    let click = move |event: MouseEvent| {
        if event.detail() == 0 {
            comparing.update(|comparing| *comparing = !*comparing);
        }
    };
    view! {
        <button
            class="button"
            type="button"
            aria-label=studio.words().compare
            title=studio.words().compare_hint
            aria-pressed=move || comparing.get().to_string()
            disabled=move || studio.result.with(Option::is_none)
            on:pointerdown=down
            on:pointerup=up
            on:pointercancel=move |_| comparing.set(false)
            on:click=click
        >
            <Icon glyph=Glyph::Compare/>
            <span class="wide">{studio.words().compare}</span>
        </button>
    }
    .into_any()
}

/// For those who are signed in: the same on the server, at full size and kept. `frontend/scripts/hd.js` takes it from here.
#[component]
fn MakeHd() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let signed_in = use_context::<Visitor>().is_some_and(|visitor| visitor.name.is_some());
    let url = |photo: &Option<Photo>| photo.as_ref().map(|photo| photo.url.clone());
    let faces = move || {
        let chosen: Vec<String> = studio.target_faces.get().iter().map(ToString::to_string).collect();
        chosen.join(",")
    };
    signed_in.then(|| {
        view! {
            <button
                class="button"
                type="button"
                data-hd=""
                data-source=move || studio.source.photo.with(url)
                data-sources-more=move || studio.more_urls()
                data-target=move || studio.target.photo.with(url)
                data-source-face=move || studio.source_face.get().to_string()
                data-target-faces=faces
                data-likeness=move || studio.likeness.get().to_string()
                data-label-corner=move || studio.label.get().corner.as_str()
                data-label-size=move || studio.label.get().size.as_str()
                data-skin-tone=move || studio.skin_tone.get().to_string()
                disabled=move || studio.result.with(Option::is_none)
                title=studio.words().make_hd
            >
                {studio.words().hd}
            </button>
        }
    })
}

#[component]
fn Download() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let none = move || studio.result.with(Option::is_none);
    let kind = move || if studio.is_first_look() { "button" } else { "button button-main" };
    let words = studio.words();
    view! {
        <div class="split">
            <button class=kind type="button" aria-label=words.download disabled=none on:click=move |_| studio.save(OutputFormat::Jpeg)>
                <Icon glyph=Glyph::Download/>
                <span class="wide">{words.download}</span>
            </button>
            <button class=kind type="button" aria-label=words.choose_format popovertarget="formats" disabled=none>
                <Icon glyph=Glyph::More/>
            </button>
        </div>
        <div class="sheet glass-dark" id="formats" popover="auto">
            <FormatChoice format=OutputFormat::Jpeg name="JPEG" note=words.jpeg_note/>
            <FormatChoice format=OutputFormat::Png name="PNG" note=words.png_note/>
            <LabelChoice/>
        </div>
    }
    .into_any()
}

#[component]
fn FormatChoice(format: OutputFormat, name: &'static str, note: &'static str) -> impl IntoView {
    let studio = expect_context::<Studio>();
    view! {
        <button
            class="sheet-row"
            type="button"
            popovertarget="formats"
            popovertargetaction="hide"
            on:click=move |_| studio.save(format)
        >
            <b>{name}</b>
            <small>{note}</small>
        </button>
    }
}

/// The one clear way to start: the visitor's own face.
#[component]
fn Begin() -> impl IntoView {
    let label = expect_context::<Studio>().words().use_own;
    let pick = move |_| {
        let input = document().get_element_by_id(Slot::Source.as_str());
        if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            input.click();
        }
    };
    view! {
        <button class="button button-main" type="button" on:click=pick>{label}</button>
    }
}
