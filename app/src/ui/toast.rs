//! News that lies over the page until it is put aside.

use leptos::prelude::*;

use super::button::IconButton;
use super::icon::{Glyph, Icon};
use super::words::UiWords;
use crate::words::language;

/// What kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// Something went wrong: it is said at once.
    Fault,
    /// Something went well: it is said when there is a pause.
    Good,
}

/// A piece of news, and the button that puts it aside.
#[component]
pub(crate) fn Toast(
    news: News,
    /// Which thing it is about.
    #[prop(default = None)]
    about: Option<String>,
    /// What happened.
    title: &'static str,
    /// What to do.
    #[prop(default = "")]
    advice: &'static str,
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let (role, glyph) = match news {
        News::Fault => ("alert", Glyph::Warning),
        News::Good => ("status", Glyph::Done),
    };
    view! {
        <div class="toast glass-dark" role=role data-news=if news == News::Fault { "fault" } else { "good" }>
            <Icon glyph/>
            <div class="toast-text">
                {about.map(|about| view! { <p class="toast-about">{about}</p> })}
                <p><b>{title}</b> " " {advice}</p>
            </div>
            <IconButton glyph=Glyph::Close label=UiWords::of(language()).dismiss on_press=on_dismiss/>
        </div>
    }
    .into_any()
}
