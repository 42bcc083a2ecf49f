//! The live page.

use contract::quality::ClipView;
use contract::studio::Slot;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::session::Live;
use super::stage::LiveStage;
use super::words::LiveWords;
use crate::studio::{Alerts, PhotoCard, Readings, StudioKeeper};
use crate::ui::{Glyph, Icon, PageLine, Switch};
use crate::words::language;

/// The camera's picture, with the face that lies in the studio.
#[component]
pub(crate) fn LivePage() -> impl IntoView {
    let studio = expect_context::<StudioKeeper>().studio();
    provide_context(studio);
    let live = Live::new(studio);
    provide_context(live);
    Effect::new(move |_| studio.wake_for_face());
    // Whoever opens another face or another photo of it, or chooses another of its photo's, wears it at once.
    Effect::new(move |_| {
        studio.source.photo.track();
        studio.more.track();
        let _ = (studio.source_face.get(), live.exchanging.get());
        live.tell_faces();
    });
    let words = LiveWords::of(language());
    view! {
        <Title text=words.title/>
        <Meta name="description" content=words.description/>
        <div class="studio">
            <PageLine text=words.line class="studio-line"/>
            <div class="studio-stage">
                <Alerts/>
                <LiveStage/>
            </div>
            <div class="studio-side live-side">
                <PhotoCard of=Slot::Source/>
                <Wishes/>
                <Clip/>
                <div class="card card-note glass">
                    <Icon glyph=Glyph::Private/>
                    <p>{words.promise}</p>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// How the picture is shown, and what is done with faces.
#[component]
fn Wishes() -> impl IntoView {
    let live = expect_context::<Live>();
    let words = LiveWords::of(language());
    view! {
        <section class="card glass needs-script" aria-labelledby="live-how">
            <h2 class="card-title" id="live-how">{words.how}</h2>
            <Switch name="mirror" label=words.mirror value=live.mirrored/>
            <Switch name="exchange" label=words.exchange value=live.exchanging/>
            <Devices/>
        </section>
    }
    .into_any()
}

/// What the last recording came to.
#[component]
fn Clip() -> impl IntoView {
    let live = expect_context::<Live>();
    let words = LiveWords::of(language());
    let measured = move |readings: ClipView| match readings.is_empty() {
        true => view! { <p>{words.clip_unmeasured}</p> }.into_any(),
        false => view! { <Readings readings/> <p class="quality-note">{words.clip_note}</p> }.into_any(),
    };
    move || {
        let readings = live.clip.get()?;
        Some(view! {
            <section class="card glass live-clip" aria-labelledby="live-clip">
                <h2 class="card-title" id="live-clip">{words.clip}</h2>
                {measured(readings)}
            </section>
        })
    }
}

/// Which camera, where there are several.
#[component]
fn Devices() -> impl IntoView {
    let live = expect_context::<Live>();
    let words = LiveWords::of(language());
    move || {
        let devices = live.devices.get();
        (devices.len() > 1).then(|| {
            let options = devices.into_iter().map(|device| {
                let name = if device.label.is_empty() { words.unnamed.to_owned() } else { device.label };
                view! { <option value=device.id>{name}</option> }
            });
            view! {
                <div class="field">
                    <label class="field-label" for="live-device">{words.device}</label>
                    <select class="input select" id="live-device" on:change=move |event| live.choose_device(event_target_value(&event))>
                        {options.collect_view()}
                    </select>
                </div>
            }
        })
    }
}
