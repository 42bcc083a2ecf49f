//! The page about the models.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::manifest::{Manifest, Model, Package};
use super::words::{ModelsWords, about};
use crate::format;
use crate::ui::{Fact, PageLine};
use crate::words::language;

/// What the networks do, who made them, what they weigh, and where photos go.
#[component]
pub(crate) fn ModelsPage() -> impl IntoView {
    let words = ModelsWords::of(language());
    view! {
        <Title text=format!("{} · MOG AI", words.title)/>
        <Meta name="description" content=words.description/>
        <PageLine text=words.line/>
        <p class="lead">
            {words.lead}
        </p>
        {Manifest::read().ok().map(|manifest| view! { <Listing manifest/> })}
        <div class="paper-columns">
            <Limits/>
            <Whereabouts/>
        </div>
    }
    .into_any()
}

#[component]
fn Listing(manifest: Manifest) -> impl IntoView {
    let models = manifest.models.into_iter().map(|model| view! { <ModelCard model/> }).collect_view();
    view! {
        <div class="model-list">{models}</div>
        <Provenance packages=manifest.packages/>
    }
}

#[component]
fn ModelCard(model: Model) -> impl IntoView {
    let words = ModelsWords::of(language());
    let model = about(model, language());
    let heading = format!("model-{}", model.name);
    let weights = (model.parameters > 0)
        .then(|| view! { <Fact term=words.weights>{format::thousands(model.parameters, language())}</Fact> });
    view! {
        <article class="model glass" aria-labelledby=heading>
            <h2 class="model-title" id=heading.clone()>{model.title}</h2>
            <p class="model-purpose">{model.purpose}</p>
            <dl class="facts">
                <Fact term=words.size>{format::bytes(model.bytes, language())}</Fact>
                {weights}
                <Fact term=words.takes>{model.input}</Fact>
                <Fact term=words.gives>{model.output}</Fact>
                <Fact term=words.described>{model.paper}</Fact>
                <Fact term="SHA-256"><code class="hash">{model.sha256}</code></Fact>
            </dl>
            <a class="text-link" href=model.model_card rel="external noreferrer">{words.card}</a>
        </article>
    }
}

#[component]
fn Provenance(packages: Vec<Package>) -> impl IntoView {
    let words = ModelsWords::of(language());
    let makers = packages.first().map(|package| package.origin.clone());
    let packages = packages.into_iter().map(|package| view! { <PackageFacts package/> }).collect_view();
    view! {
        <section class="paper glass" aria-labelledby="origin">
            <h2 id="origin">{words.origin}</h2>
            <p>
                {words.package_before} " " {makers} {words.package_after}
            </p>
            {packages}
        </section>
    }
}

#[component]
fn PackageFacts(package: Package) -> impl IntoView {
    let words = ModelsWords::of(language());
    let version = format!("{} {}", package.name, package.version);
    view! {
        <dl class="facts">
            <Fact term=words.package>
                <a class="text-link" href=package.url rel="external noreferrer">{version}</a>
            </Fact>
            <Fact term=words.licence>
                <a class="text-link" href=package.licence_url rel="external noreferrer">{package.licence}</a>
            </Fact>
            <Fact term=words.integrity><code class="hash">{package.integrity}</code></Fact>
        </dl>
    }
}

#[component]
fn Limits() -> impl IntoView {
    let words = ModelsWords::of(language());
    view! {
        <section class="paper glass" aria-labelledby="limits">
            <h2 id="limits">{words.limits}</h2>
            <ul class="plain-list">
                <li>{words.limit_recognise}</li>
                <li>{words.limit_guess}</li>
                <li>{words.limit_miss}</li>
                <li>{words.limit_surface}</li>
                <li>{words.limit_proof}</li>
            </ul>
        </section>
    }
}

#[component]
fn Whereabouts() -> impl IntoView {
    let words = ModelsWords::of(language());
    view! {
        <section class="paper glass" aria-labelledby="whereabouts">
            <h2 id="whereabouts">{words.photos}</h2>
            <ul class="plain-list">
                <li>{words.photos_studio}</li>
                <li>{words.photos_form}</li>
                <li>{words.photos_samples}</li>
            </ul>
        </section>
    }
}
