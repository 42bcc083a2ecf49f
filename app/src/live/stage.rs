//! The stage: the camera's picture with another face, and the bar over it.

use leptos::prelude::*;

use super::session::Live;
use super::words::{LiveWords, path_name, speed};
use crate::engine::EngineState;
use crate::engine::EngineWords;
use crate::format;
use crate::ui::{Button, CameraState, Glyph, Icon, Progress, Weight};
use crate::words::language;

/// The stage.
#[component]
pub(super) fn LiveStage() -> impl IntoView {
    let live = expect_context::<Live>();
    let words = LiveWords::of(language());
    let counted = move |count: fn(&super::figures::Figures) -> u32| {
        move || live.figures.with(|figures| figures.as_ref().map(count).unwrap_or_default().to_string())
    };
    view! {
        <div
            class="stage live"
            data-camera=move || live.camera.get().as_str()
            data-recording=move || live.recording.get().to_string()
            data-drawn=counted(|figures| figures.drawn)
            data-changed=counted(|figures| figures.changed)
            data-rate=counted(|figures| figures.per_second)
            data-latency-ms=counted(|figures| figures.latency_ms)
            data-work-ms=counted(|figures| figures.work_ms)
        >
            <canvas class="live-picture" node_ref=live.canvas role="img" aria-label=words.picture width="1280" height="720"></canvas>
            <Invitation/>
            <Speed/>
            <Bar/>
        </div>
    }
    .into_any()
}

/// What stands there while the camera is off.
#[component]
fn Invitation() -> impl IntoView {
    let live = expect_context::<Live>();
    let words = LiveWords::of(language());
    view! {
        <div class="live-invitation" hidden=move || live.is_on()>
            <Icon glyph=Glyph::Camera/>
            <p class="display">{words.invitation}</p>
            <p class="needs-script">{words.before}</p>
            <p class="without-script">{words.without_script}</p>
        </div>
    }
    .into_any()
}

/// How fast it goes, and on what.
#[component]
fn Speed() -> impl IntoView {
    let live = expect_context::<Live>();
    let words = LiveWords::of(language());
    move || {
        let figures = live.figures.get().filter(|_| live.is_on())?;
        let text = speed(figures.per_second, figures.latency_ms, language());
        Some(view! {
            // For the eye: it changes twice a second.
            <p class="live-speed glass-dark" title=words.speed aria-hidden="true">
                <b>{text}</b>
                <span>{path_name(figures.relaxed)}</span>
            </p>
        })
    }
}

#[component]
fn Bar() -> impl IntoView {
    let live = expect_context::<Live>();
    let words = LiveWords::of(language());
    let waiting = Signal::derive(move || live.camera.get() == CameraState::Asking);
    let percent = Signal::derive(move || live.studio.engine.state().get().percent());
    let on = move || live.is_on();
    let recording_label = move || if live.recording.get() { words.end_recording } else { words.record };
    view! {
        <div class="hud glass-dark">
            <Status/>
            <div class="hud-actions needs-script">
                <Show when=on fallback=move || view! {
                    <Button label=words.start weight=Weight::Main busy=waiting on_press=Callback::new(move |()| live.start())/>
                }>
                    <button class="button" type="button" aria-label=words.snapshot title=words.snapshot on:click=move |_| live.snapshot()>
                        <Icon glyph=Glyph::Camera/>
                        <span class="wide">{words.snapshot}</span>
                    </button>
                    <button
                        class="button live-record"
                        type="button"
                        aria-label=recording_label
                        title=recording_label
                        aria-pressed=move || live.recording.get().to_string()
                        on:click=move |_| live.toggle_recording()
                    >
                        <span class="live-dot" aria-hidden="true"></span>
                        <span class="wide">{recording_label}</span>
                    </button>
                    <Button label=words.stop weight=Weight::Main on_press=Callback::new(move |()| live.stop())/>
                </Show>
            </div>
            <Show when=move || live.studio.engine.state().get().is_loading()>
                <Progress label=EngineWords::of(language()).loading percent/>
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn Status() -> impl IntoView {
    let live = expect_context::<Live>();
    let words = LiveWords::of(language());
    let text = Memo::new(move |_| {
        let state = live.camera.get();
        if state != CameraState::Live {
            return state.sentence();
        }
        if live.cannot_record.get() {
            return words.no_recording;
        }
        match (live.figures.with(|figures| figures.map(|figures| figures.faces)), live.exchanging.get()) {
            (None, _) => EngineWords::of(language()).loading,
            (Some(0), true) => words.waiting_for_two,
            (Some(0), false) => words.no_face,
            (Some(_), _) => words.wearing,
        }
    });
    // Numbers change often: they are for the eye, and not announced.
    let arrived = move || match live.studio.engine.state().get() {
        EngineState::Loading { received_bytes, total_bytes } if total_bytes > 0 => {
            format!(" {}", format::bytes_of(received_bytes, total_bytes, language()))
        }
        _ => String::new(),
    };
    view! {
        <p class="status" role="status">
            <span class="dot" aria-hidden="true"></span>
            <span>{move || text.get()}<span aria-hidden="true">{arrived}</span></span>
        </p>
    }
    .into_any()
}
