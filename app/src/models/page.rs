//! The page about the models.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::manifest::{Manifest, Model, Package};
use crate::format;

/// What the networks do, who made them, what they weigh, and where photos go.
#[component]
pub(crate) fn ModelsPage() -> impl IntoView {
    view! {
        <Title text="Models · MOG AI"/>
        <Meta name="description" content="The neural networks of MOG AI: what they do, who made them, under which licence, and what they do not do."/>
        <h1 class="display">"What looks at your photo."</h1>
        <p class="lead">
            "Small networks find the face and measure its shape. Plain geometry and colour mathematics do the grafting. \
             All of it runs on your device."
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
        <Provenance package=manifest.package/>
    }
}

#[component]
fn ModelCard(model: Model) -> impl IntoView {
    let heading = format!("model-{}", model.name);
    let weights = (model.parameters > 0)
        .then(|| view! { <Fact term="Weights">{format::thousands(model.parameters)}</Fact> });
    view! {
        <article class="model glass" aria-labelledby=heading>
            <h2 class="model-title" id=heading.clone()>{model.title}</h2>
            <p class="model-purpose">{model.purpose}</p>
            <dl class="facts">
                <Fact term="Size">{format::bytes(model.bytes)}</Fact>
                {weights}
                <Fact term="Takes">{model.input}</Fact>
                <Fact term="Gives">{model.output}</Fact>
                <Fact term="Described in">{model.paper}</Fact>
                <Fact term="SHA-256"><code class="hash">{model.sha256}</code></Fact>
            </dl>
            <a class="text-link" href=model.model_card rel="external noreferrer">"Its makers’ own description"</a>
        </article>
    }
}

#[component]
fn Provenance(package: Package) -> impl IntoView {
    let version = format!("{} {}", package.name, package.version);
    view! {
        <section class="paper glass" aria-labelledby="origin">
            <h2 id="origin">"Where they come from"</h2>
            <p>
                "All of them are part of one public package by " {package.origin} ". Set-up takes them out of it, \
                 compares every byte with the sums on this page, and converts them. Nothing of them is changed or retrained."
            </p>
            <dl class="facts">
                <Fact term="Package">
                    <a class="text-link" href=package.url rel="external noreferrer">{version}</a>
                </Fact>
                <Fact term="Licence">
                    <a class="text-link" href=package.licence_url rel="external noreferrer">{package.licence}</a>
                </Fact>
                <Fact term="Integrity"><code class="hash">{package.integrity}</code></Fact>
            </dl>
        </section>
    }
}

#[component]
fn Limits() -> impl IntoView {
    view! {
        <section class="paper glass" aria-labelledby="limits">
            <h2 id="limits">"What they do not do"</h2>
            <ul class="plain-list">
                <li>"They do not recognise anybody. No name, no match, no print of a face that could find a person again."</li>
                <li>"They do not guess age, gender, origin or mood."</li>
                <li>"They miss faces that are very small, turned far away, or covered; they can take a drawing for a face."</li>
                <li>"They measure a surface. Hair, glasses, teeth and ears stay those of the picture."</li>
                <li>"A result is a made-up picture. It proves nothing about anybody."</li>
            </ul>
        </section>
    }
}

#[component]
fn Whereabouts() -> impl IntoView {
    view! {
        <section class="paper glass" aria-labelledby="whereabouts">
            <h2 id="whereabouts">"Where your photos go"</h2>
            <ul class="plain-list">
                <li>"In the studio: nowhere. The engine is loaded into your browser, and both photos stay in its memory until you close the page."</li>
                <li>"Without JavaScript: the form sends both photos to this server, which keeps only the result, for one hour, at an address nobody can guess. You can delete it at once."</li>
                <li>"The sample faces show nobody. They are drawn by a program of ours."</li>
            </ul>
        </section>
    }
}

#[component]
fn Fact(term: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{term}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
