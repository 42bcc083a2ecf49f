//! The places to go to.

use leptos::prelude::*;

use super::words::PlaceWords;
use crate::ui::{Glyph, Icon};
use crate::visitor::Visitor;
use crate::words::language;

/// The places, as markup; that of `path` is marked as the one that is open.
pub(super) fn html(path: &str) -> String {
    let words = PlaceWords::of(language());
    let signed_in = use_context::<Visitor>().is_some_and(|visitor| visitor.name.is_some());
    let link = |href: &'static str, label: &'static str, glyph: Glyph| {
        view! {
            <a class="nav-link" href=href aria-current=(path == href).then_some("page")>
                <Icon glyph/>
                <span>{label}</span>
            </a>
        }
    };
    view! {
        {link("/", words.home, Glyph::Home)}
        {link("/studio", words.studio, Glyph::Studio)}
        {link("/live", words.live, Glyph::Camera)}
        {link("/verify", words.verify, Glyph::Private)}
        {link("/models", words.models, Glyph::Models)}
        // A document of its own (docs/adr/0012). On a phone it is in the account's menu: five places are enough for a thumb.
        {signed_in.then(|| view! {
            <a class="nav-link nav-library" href="/library" rel="external" aria-current=(path == "/library").then_some("page")>
                <Icon glyph=Glyph::Library/>
                <span>{words.library}</span>
            </a>
        })}
        // On a phone the account is under the thumb, too; elsewhere it is among the tools.
        <button class="nav-link nav-account" type="button" popovertarget="account-menu">
            <Icon glyph=Glyph::Person/>
            <span>{words.account}</span>
        </button>
    }
    .into_any()
    .to_html()
}
