//! The studio's page. Without JavaScript it is a form that the server answers with a picture.

use contract::ErrorCode;
use contract::studio::Slot;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::alerts::Alerts;
use super::fit::Fit;
use super::intake;
use super::keeper::StudioKeeper;
use super::session::{Studio, Trouble};
use super::stage::Stage;
use super::well::PhotoCard;
use crate::ui::{Glyph, Icon, PageLine};

/// What a browser without JavaScript gets to send the form with. As markup, because a browser with JavaScript does not
/// make elements of it, and hydration would look for them.
fn send(label: &str) -> String {
    format!(r#"<button class="button button-main send" type="submit">{label}</button>"#)
}

/// The studio.
#[component]
pub(crate) fn StudioPage() -> impl IntoView {
    let studio = expect_context::<StudioKeeper>().studio();
    provide_context(studio);
    show_problem_of_query(studio);
    Effect::new(move |_| studio.wake());
    intake::listen(studio);
    let words = studio.words();
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        studio.graft_now();
    };
    view! {
        <Title text=words.title/>
        <Meta name="description" content=words.description/>
        <form
            class="studio"
            method="post"
            action="/swaps"
            enctype="multipart/form-data"
            data-dragging=move || studio.dragging.get().to_string()
            on:submit=submitted
        >
            <PageLine text=words.line class="studio-line"/>
            <div class="studio-stage">
                <Alerts/>
                <Stage/>
            </div>
            <div class="studio-side">
                <PhotoCard of=Slot::Source/>
                <PhotoCard of=Slot::Target/>
                <Fit/>
                <noscript inner_html=send(words.send)/>
                <Promise/>
            </div>
        </form>
    }
    .into_any()
}

/// Where the photos go.
#[component]
fn Promise() -> impl IntoView {
    let words = expect_context::<Studio>().words();
    view! {
        <div class="card card-note glass needs-script">
            <Icon glyph=Glyph::Private/>
            <p>{words.promise} " " <a class="text-link" href="/models">{words.how}</a></p>
        </div>
        <div class="card card-note glass without-script">
            <Icon glyph=Glyph::Private/>
            <p>
                {words.on_server}
            </p>
        </div>
    }
    .into_any()
}

/// The server sends a refused form back here, with the reason in the address.
fn show_problem_of_query(studio: Studio) {
    let query = use_query_map().get_untracked();
    let Some(code) = query.get("problem").and_then(|code| code.parse::<ErrorCode>().ok()) else { return };
    let slot = match query.get("field").as_deref() {
        Some("source") => Some(Slot::Source),
        Some("target") => Some(Slot::Target),
        _ => None,
    };
    studio.complain(Trouble { code, slot, photo: None, sent_back: true });
}
