//! The page that says where a picture comes from.

use contract::provenance::ManifestView;
use contract::studio::MarkView;
use leptos::ev;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::checking::{Finding, Inspected, inspect};
use super::words::{VerifyWords, action_named, ingredient_named, marked_bits, verdict};
use crate::engine::Engine;
use crate::format::moment_utc;
use crate::ui::{Fact, FileWell, Glyph, Icon, PageLine, listed};
use crate::words::language;

/// Drop a picture, read what it says.
#[component]
pub(crate) fn VerifyPage() -> impl IntoView {
    let words = VerifyWords::of(language());
    let engine = expect_context::<Engine>();
    let shown = RwSignal::new(None::<Inspected>);
    listen(engine, shown);
    view! {
        <Title text=format!("{} · MOG AI", words.title)/>
        <Meta name="description" content=words.description/>
        <PageLine text=words.line/>
        <div class="verify">
            <section class="verify-picture glass" aria-label=words.picture>
                <Picture shown/>
                <FileWell
                    name="picture"
                    label=words.choose.to_owned()
                    headline=Signal::derive(move || shown.with(|shown| shown.as_ref().map_or_else(|| words.drop.to_owned(), |shown| shown.name.clone())))
                    detail=Signal::derive(move || words.stays.to_owned())
                    busy=Signal::derive(move || shown.with(|shown| shown.as_ref().is_some_and(is_looking)))
                    on_file=Callback::new(move |file| inspect(file, engine, shown))
                >
                    <Icon glyph=Glyph::Add/>
                </FileWell>
            </section>
            <div class="verify-findings">
                <p class="verify-verdict" role="status">{move || shown.with(|shown| verdict(shown.as_ref(), language()))}</p>
                <section class="paper glass" aria-labelledby="verify-mark">
                    <h2 id="verify-mark">{words.mark}</h2>
                    {move || shown.with(|shown| mark_found(shown.as_ref().map(|shown| &shown.mark)))}
                </section>
                <section class="paper glass" aria-labelledby="verify-manifest">
                    <h2 id="verify-manifest">{words.manifest}</h2>
                    {move || shown.with(|shown| manifest_found(shown.as_ref().map(|shown| &shown.manifest)))}
                </section>
            </div>
        </div>
    }
    .into_any()
}

fn is_looking(shown: &Inspected) -> bool {
    shown.mark == Finding::Looking || shown.manifest == Finding::Looking
}

/// A picture may be dropped anywhere on the page, or pasted.
fn listen(engine: Engine, shown: RwSignal<Option<Inspected>>) {
    Effect::new(move |_| {
        let open = move |files: Vec<web_sys::File>| {
            files.into_iter().next().map(|file| inspect(file, engine, shown))
        };
        let handles = [
            // Without this the browser would leave the page and show the file.
            window_event_listener(ev::dragover, |event| event.prevent_default()),
            window_event_listener(ev::drop, move |event| {
                event.prevent_default();
                open(listed(event.data_transfer().and_then(|data| data.files())));
            }),
            window_event_listener(ev::paste, move |event| {
                open(listed(event.clipboard_data().and_then(|data| data.files())));
            }),
        ];
        on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
    });
}

#[component]
fn Picture(shown: RwSignal<Option<Inspected>>) -> impl IntoView {
    let url = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|shown| shown.url.clone())));
    move || match url.get() {
        Some(url) => {
            view! { <img class="verify-image" src=url alt=VerifyWords::of(language()).picture/> }.into_any()
        }
        None => view! { <div class="verify-empty" aria-hidden="true"><Icon glyph=Glyph::Private/></div> }
            .into_any(),
    }
}

/// What holds for either finding; none once it was read and there is something to show.
fn waiting<T>(finding: Option<&Finding<T>>, nothing: &'static str) -> Option<AnyView> {
    let words = VerifyWords::of(language());
    let sentence = match finding {
        None => words.waiting,
        Some(Finding::Looking) => words.looking,
        Some(Finding::Read(None)) => nothing,
        Some(Finding::Failed(code)) => {
            return Some(view! { <p>{code.title(language())} " " {code.advice(language())}</p> }.into_any());
        }
        Some(Finding::Read(Some(_))) => return None,
    };
    Some(view! { <p>{sentence}</p> }.into_any())
}

fn mark_found(finding: Option<&Finding<MarkView>>) -> AnyView {
    let words = VerifyWords::of(language());
    if let Some(waiting) = waiting(finding, words.no_mark) {
        return waiting;
    }
    let Some(Finding::Read(Some(mark))) = finding else { return ().into_any() };
    let (payload, heard) = (mark.payload.clone(), marked_bits(mark.agreement_percent, language()));
    view! {
        <p>{words.mark_found}</p>
        <dl class="facts">
            <Fact term=words.says><code class="hash">{payload}</code></Fact>
            <Fact term=words.heard>{heard}</Fact>
        </dl>
    }
    .into_any()
}

fn manifest_found(finding: Option<&Finding<ManifestView>>) -> AnyView {
    let words = VerifyWords::of(language());
    if let Some(waiting) = waiting(finding, words.no_manifest) {
        return waiting;
    }
    let Some(Finding::Read(Some(manifest))) = finding else { return ().into_any() };
    let manifest = manifest.clone();
    let text =
        |term: &'static str, value: Option<String>| value.map(|value| view! { <Fact term>{value}</Fact> });
    let listed = |lines: Vec<String>| {
        let items = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <ul class="plain-list">{items}</ul> }
    };
    let actions: Vec<_> = manifest.actions.iter().map(|action| action_named(action, language())).collect();
    let made_of: Vec<_> =
        manifest.ingredients.iter().map(|part| ingredient_named(part, language())).collect();
    let problems = (!manifest.problems.is_empty()).then(|| manifest.problems.join(", "));
    view! {
        <p>{if manifest.intact { words.intact } else { words.broken }}</p>
        <dl class="facts">
            {text(words.signer, manifest.signer)}
            {text(words.generator, manifest.generator)}
            {text(words.when, manifest.at_ms.map(|at_ms| moment_utc(at_ms, language())))}
            {text(words.says, manifest.mark)}
            {(!actions.is_empty()).then(|| view! { <Fact term=words.done>{listed(actions)}</Fact> })}
            {(!made_of.is_empty()).then(|| view! { <Fact term=words.made_of>{listed(made_of)}</Fact> })}
            {text(words.problems, problems)}
        </dl>
    }
    .into_any()
}
