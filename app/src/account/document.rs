//! An account page as a whole document: no scripts but a few small files, nothing that a cache may keep.

use contract::ErrorCode;
use contract::Language;
use contract::assets::{AssetFile, PageFiles, SampleView};
use leptos::prelude::*;

use super::words::PageWords;
use crate::document::Head;
use crate::install::Notices;
use crate::layout::Frame;
use crate::not_found::DeadEnd;
use crate::start::{Start, source_of_start};
use crate::ui::{PageLine, Tabs};
use crate::visitor::Visitor;

/// What surrounds a page: the files it is made with, who looks at it, and where it is.
#[derive(Clone, Debug)]
pub struct Chrome {
    /// The names of style sheet and scripts.
    pub files: PageFiles,
    /// `frontend/scripts/forms.js`.
    pub script: AssetFile,
    /// Who looks at it.
    pub visitor: Visitor,
    /// Samples for the picture beside a door.
    pub samples: Vec<SampleView>,
    /// Path and query under which the page can be had again.
    pub address: String,
}

/// A page of this part: what it is called and what it shows.
pub trait Document {
    /// Its title, for tabs and for those who listen.
    fn title(&self, language: Language) -> String;

    /// What search engines may say of it. A page without has no business there.
    fn description(&self, _: Language) -> Option<&'static str> {
        None
    }

    /// What it shows. `Visitor` and `Language` are in the context.
    fn body(self) -> AnyView;
}

/// The policy of these pages: stricter than the app's, because nothing of theirs is inline but one script that is always the
/// same, and named by its hash.
pub fn content_security_policy() -> String {
    format!(
        "default-src 'none'; script-src 'self' {}; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'",
        source_of_start()
    )
}

/// Writes a page.
pub fn render(chrome: Chrome, page: impl Document) -> String {
    let language = chrome.visitor.language;
    let (title, description) = (page.title(language), page.description(language));
    Owner::new().with(|| {
        provide_context(language);
        provide_context(chrome.visitor.clone());
        provide_context(chrome.files.clone());
        provide_context(chrome.samples.clone());
        let address = Signal::stored(chrome.address.clone());
        let body = page.body();
        let document = view! {
            <!DOCTYPE html>
            <html lang=language.tag() data-theme=chrome.visitor.theme.as_str()>
                <head>
                    <Head style=chrome.files.documents_style.clone() theme=chrome.visitor.theme/>
                    <title>{title}</title>
                    {found_by(description)}
                    <Start files=chrome.files.clone() language also=chrome.script.url.clone()/>
                </head>
                <body>
                    <Frame address>{body}</Frame>
                    <Notices language/>
                </body>
            </html>
        };
        document.into_any().to_html()
    })
}

fn found_by(description: Option<&'static str>) -> impl IntoView {
    match description {
        Some(description) => view! { <meta name="description" content=description/> },
        None => view! { <meta name="robots" content="noindex"/> },
    }
}

/// A page for a failure that is no form's.
#[derive(Clone, Copy, Debug)]
pub struct FailurePage(pub ErrorCode);

impl Document for FailurePage {
    fn title(&self, language: Language) -> String {
        titled(self.0.title(language).trim_end_matches('.'))
    }

    fn body(self) -> AnyView {
        view! { <DeadEnd code=self.0/> }.into_any()
    }
}

/// A page's name with the product's.
pub(super) fn titled(name: &str) -> String {
    format!("{name} · MOG AI")
}

/// The places of an account, as the bar above each of them lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Home,
    Settings,
    Security,
    Keys,
    Credits,
    Faces,
    Data,
}

/// A page inside the account: its headline, the bar of places, and what it shows.
#[component]
pub(super) fn AccountFrame(place: Place, children: Children) -> impl IntoView {
    let words = PageWords::of(crate::words::language());
    let places = [
        (Place::Home, "/account", words.profile),
        (Place::Settings, "/account/settings", words.settings),
        (Place::Security, "/account/security", words.security),
        (Place::Keys, "/account/keys", words.keys),
        (Place::Credits, "/account/credits", words.credits),
        (Place::Data, "/account/data", words.data),
    ];
    let chosen = places.iter().find(|(at, ..)| *at == place).map_or("", |(_, href, _)| href);
    let places = places.into_iter().map(|(_, href, label)| (href, label)).collect();
    view! {
        <div class="account">
            <PageLine text=words.your_account/>
            <Tabs label=words.your_account places chosen/>
            <div class="account-cards">{children()}</div>
        </div>
    }
    .into_any()
}
