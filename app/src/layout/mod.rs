//! What surrounds every page: the navigation and the mark.

mod icons;
mod mark;
mod words;

use contract::Language;
use leptos::prelude::*;

pub(crate) use icons::{Glyph, Icon};
pub(crate) use mark::Mark;
pub(crate) use words::FrameWords;

use crate::install::InstallButton;
use crate::visitor::Visitor;
use crate::words::{language, own_name};

/// The navigation beside the page; around it, on a phone.
///
/// `address` is the page's path and query, to come back to after the language was changed.
#[component]
pub(crate) fn Frame(#[prop(into)] address: Signal<String>, children: Children) -> impl IntoView {
    let words = FrameWords::of(language());
    let visitor = use_context::<Visitor>().unwrap_or_default();
    let signed_in = visitor.name.is_some();
    view! {
        <a class="skip" href="#content">{words.skip}</a>
        <div class="app">
            <nav class="nav glass" aria-label=words.main>
                <a class="nav-logo" href="/">
                    <Mark/>
                    <span class="nav-name">
                        <b>"MOG AI"</b>
                        <small>"Mastering Optical Grafting"</small>
                    </span>
                </a>
                <div class="nav-links">
                    <NavLink href="/" label=words.studio glyph=Glyph::Studio address/>
                    <NavLink href="/models" label=words.models glyph=Glyph::Models address/>
                    <AccountLink name=visitor.name address/>
                </div>
                <div class="nav-foot">
                    <LanguageSwitch address/>
                    <InstallButton/>
                    {signed_in.then(|| view! { <SignOut/> })}
                </div>
            </nav>
            <main class="content" id="content" tabindex="-1">{children()}</main>
        </div>
    }
    .into_any()
}

#[component]
fn NavLink(href: &'static str, label: &'static str, glyph: Glyph, address: Signal<String>) -> impl IntoView {
    let current = move || address.with(|address| path_of(address) == href).then_some("page");
    view! {
        <a class="nav-link" href=href aria-current=current>
            <Icon glyph/>
            <span>{label}</span>
        </a>
    }
}

/// The way to the account, or to sign in. Those pages are documents of their own, not the app's (docs/adr/0012).
#[component]
fn AccountLink(name: Option<String>, address: Signal<String>) -> impl IntoView {
    let words = FrameWords::of(language());
    let (href, label) = match name {
        Some(_) => ("/account", words.account),
        None => ("/sign-in", words.sign_in),
    };
    let inside = move || address.with(|address| path_of(address).starts_with(href)).then_some("page");
    let face = match name.as_deref().map(Visitor::initials).filter(|initials| !initials.is_empty()) {
        Some(initials) => view! { <span class="avatar" aria-hidden="true">{initials}</span> }.into_any(),
        None => view! { <Icon glyph=Glyph::Person/> }.into_any(),
    };
    view! {
        <a class="nav-link nav-account" href=href rel="external" aria-current=inside>
            {face}
            <span class="nav-account-text">
                <span>{label}</span>
                {name.map(|name| view! { <small>{name}</small> })}
            </span>
        </a>
    }
    .into_any()
}

/// The other language, as a form: it works without JavaScript.
#[component]
fn LanguageSwitch(address: Signal<String>) -> impl IntoView {
    let current = language();
    let choices = Language::ALL.map(|choice| {
        view! {
            <button
                class="switch-choice"
                type="submit"
                name="language"
                value=choice.tag()
                lang=choice.tag()
                title=own_name(choice)
                aria-label=own_name(choice)
                aria-pressed=(choice == current).to_string()
            >
                {choice.tag().to_uppercase()}
            </button>
        }
    });
    view! {
        <form class="switch" method="post" action="/language" aria-label=FrameWords::of(current).language>
            <input type="hidden" name="back" value=move || address.get()/>
            {choices.collect_view()}
        </form>
    }
    .into_any()
}

#[component]
fn SignOut() -> impl IntoView {
    let label = FrameWords::of(language()).sign_out;
    view! {
        <form class="sign-out" method="post" action="/sign-out">
            <button class="icon-button" type="submit" aria-label=label title=label>
                <Icon glyph=Glyph::SignOut/>
            </button>
        </form>
    }
}

fn path_of(address: &str) -> &str {
    address.split('?').next().unwrap_or_default()
}
