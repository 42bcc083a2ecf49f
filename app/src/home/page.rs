//! The first page: a picture that wears another face, the faces to choose from, and the way to begin.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::demo::{Demo, Phase};
use super::words::{HomeWords, failed};
use crate::engine::{Engine, EngineState, EngineWords, done};
use crate::format;
use crate::gallery::SHARE_OF_WINDOW;
use crate::ui::{BeforeAfter, ButtonLink, LaterImage, PageLine, Progress, Weight};
use crate::words::language;

/// The first page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let demo = Demo::new(expect_context::<Engine>());
    let words = HomeWords::of(language());
    Effect::new(move |_| demo.start_when_idle());
    view! {
        <Title text=words.title/>
        <Meta name="description" content=words.description/>
        <section class="home">
            <PageLine text=words.line class="home-line"/>
            <div class="home-stage" on:pointerenter=move |_| demo.begin() on:focusin=move |_| demo.begin()>
                <Stage demo/>
            </div>
            <div class="home-say">
                <p class="lead needs-script">{words.lead}</p>
                <p class="lead without-script">{words.lead_form}</p>
                <Faces demo/>
                <ButtonLink weight=Weight::Main href="/studio" label=words.begin/>
            </div>
        </section>
    }
    .into_any()
}

/// The picture: as it was, as it was made beforehand, and as it was made here.
#[component]
fn Stage(demo: Demo) -> impl IntoView {
    let words = HomeWords::of(language());
    let first = demo.engine.with_files(|files| files.first_look.clone());
    let target = demo.target.get_value().unwrap_or_default();
    let state = move || match demo.phase.get() {
        Phase::Beforehand => "idle",
        Phase::Working => "working",
        Phase::Done(_) => "done",
        Phase::Failed(_) => "failed",
    };
    let loading = move || demo.engine.state().get().is_loading();
    let percent = Signal::derive(move || demo.engine.state().get().percent());
    view! {
        <div class="stage" data-state=state data-result="true">
            <BeforeAfter seam=demo.seam>
                <img class="before" srcset=target.sizes() sizes=SHARE_OF_WINDOW src=target.look.url alt=words.picture width="768" height="768" fetchpriority="high"/>
                <LaterImage class="after" src=first.picture.url/>
                <canvas class="after" node_ref=demo.canvas role="img" aria-label=words.grafted></canvas>
            </BeforeAfter>
            <span class="tag tag-before" aria-hidden="true">{words.before}</span>
            <span class="tag tag-after" aria-hidden="true">{words.after}</span>
            <div class="hud glass-dark">
                <Status demo/>
                <Show when=loading>
                    <Progress label=EngineWords::of(language()).loading percent/>
                </Show>
            </div>
        </div>
    }
    .into_any()
}

/// What has happened. Numbers change often: they are for the eye, and not announced.
#[component]
fn Status(demo: Demo) -> impl IntoView {
    let language = language();
    let both = Memo::new(move |_| match demo.phase.get() {
        Phase::Beforehand => (HomeWords::of(language).asleep.to_owned(), String::new()),
        Phase::Done(report) => done(&report, language),
        Phase::Failed(code) => (failed(code.title(language), language), String::new()),
        Phase::Working => match demo.engine.state().get() {
            EngineState::Loading { received_bytes, total_bytes } => {
                let arrived = (total_bytes > 0)
                    .then(|| format!(": {}", format::bytes_of(received_bytes, total_bytes, language)));
                (EngineWords::of(language).loading.to_owned(), arrived.unwrap_or_default())
            }
            _ => (EngineWords::of(language).grafting.to_owned(), String::new()),
        },
    });
    view! {
        <p class="status" role="status">
            <span class="dot" aria-hidden="true"></span>
            <span>{move || both.get().0}<span aria-hidden="true">{move || both.get().1}</span></span>
        </p>
    }
    .into_any()
}

/// The faces to choose from.
#[component]
fn Faces(demo: Demo) -> impl IntoView {
    let faces: Vec<AnyView> = demo
        .faces
        .get_value()
        .into_iter()
        .enumerate()
        .map(|(face, sample)| {
            let (title, alt) = (sample.title.clone(), sample.title);
            view! {
                <label class="sample" title=title>
                    <input
                        class="sample-input"
                        type="radio"
                        name="face"
                        checked=face == 0
                        prop:checked=move || demo.face.get() == face
                        on:change=move |_| demo.choose(face)
                    />
                    <LaterImage src=sample.thumbnail.url alt/>
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="samples needs-script">
            <legend class="sr-only">{HomeWords::of(language()).whose}</legend>
            {faces}
        </fieldset>
    }
    .into_any()
}
