//! What a page says about the connection and about new versions, in a corner of it.

use contract::Language;
use leptos::prelude::*;

use super::words::NoticeWords;
use crate::STUDIO;
use crate::ui::{Glyph, Icon};

/// Every notice there can be, none of them shown: `frontend/scripts/install.js` shows what has become true. A reader of screens
/// hears it then, without losing the place.
#[component]
pub(crate) fn Notices(language: Language) -> impl IntoView {
    let words = NoticeWords::of(language);
    view! {
        <div class="notices" id="notices" aria-live="polite" data-studio=STUDIO>
            <Notice of="offline" glyph=Glyph::Warning text=words.offline/>
            <Notice of="unsent" glyph=Glyph::Warning text=words.unsent/>
            <Notice of="kept-one" glyph=Glyph::Done text=words.kept_one/>
            <Notice of="kept-many" glyph=Glyph::Done text=words.kept_many/>
            <Notice of="sent" glyph=Glyph::Done text=words.sent/>
            <Notice of="refused" glyph=Glyph::Warning text=words.refused/>
            <Notice of="expired" glyph=Glyph::Warning text=words.expired/>
            <Notice of="add-to-home" glyph=Glyph::Download text=words.add_to_home/>
            <Notice of="stopped" glyph=Glyph::Warning text=words.stopped action=words.reload/>
            <Notice of="update" glyph=Glyph::Download text=words.update action=words.reload/>
        </div>
    }
    .into_any()
}

/// One of them. Its sentence is the one that the script may write a number or a reason into.
#[component]
fn Notice(
    of: &'static str,
    glyph: Glyph,
    text: &'static str,
    #[prop(optional)] action: Option<&'static str>,
) -> impl IntoView {
    let close = NoticeWords::of(crate::words::language()).close;
    view! {
        <div class="notice-card" data-notice=of hidden=true>
            <Icon glyph/>
            <p data-text=text>{text}</p>
            {action.map(|label| view! { <button class="button button-main" type="button" data-act=of>{label}</button> })}
            <button class="icon-button" type="button" data-close="" aria-label=close title=close>
                <Icon glyph=Glyph::Close/>
            </button>
        </div>
    }
    .into_any()
}
