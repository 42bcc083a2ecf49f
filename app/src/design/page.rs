//! The page of the components.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::controls::{Buttons, Choices, Fields, Sliders};
use super::pictures::Pictures;
use super::surfaces::{Cards, Devices, NewsOfAllKinds, Overlays};
use super::words::DesignWords;
use crate::ui::PageLine;
use crate::words::language;

/// Every component.
#[component]
pub(crate) fn DesignPage() -> impl IntoView {
    let words = DesignWords::of(language());
    view! {
        <Title text=format!("{} · MOG AI", words.title)/>
        <Meta name="robots" content="noindex"/>
        <PageLine text=words.line/>
        <p class="lead">{words.lead}</p>
        <div class="design">
            <Buttons/>
            <Fields/>
            <Choices/>
            <Sliders/>
            <NewsOfAllKinds/>
            <Cards/>
            <Overlays/>
            <Devices/>
            <Pictures/>
        </div>
    }
    .into_any()
}
