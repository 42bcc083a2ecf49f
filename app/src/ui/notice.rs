//! What has just gone well or wrong, in its place on the page. After a form was sent it takes the focus.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::toast::News;

/// A notice; what is inside is a sentence, and what else is to be said.
#[component]
pub(crate) fn Notice(
    news: News,
    #[prop(default = None)] id: Option<String>,
    /// Whether it takes the focus when the page is loaded, so that nobody has to look for it.
    #[prop(optional)]
    focus: bool,
    children: Children,
) -> impl IntoView {
    let (class, role, glyph) = match news {
        News::Fault => ("notice", "alert", Glyph::Warning),
        News::Good => ("notice notice-good", "status", Glyph::Done),
    };
    view! {
        <div class=class role=role tabindex="-1" autofocus=focus id=id>
            <Icon glyph/>
            <div class="notice-text">{children()}</div>
        </div>
    }
    .into_any()
}
