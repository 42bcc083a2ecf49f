//! What happened to the account's security.

use contract::auth::SecurityEventView;
use contract::paging::Page;
use leptos::prelude::*;

use super::words::{SecurityWords, device, event};
use crate::format;
use crate::ui::Card;
use crate::words::language;

/// The newest entries, and a link to older ones.
#[component]
pub(super) fn History(history: Page<SecurityEventView>) -> impl IntoView {
    let words = SecurityWords::of(language());
    let rows = history.items.into_iter().map(|entry| view! { <Entry entry/> }).collect_view();
    let older = history.next.map(|next| {
        view! { <a class="text-link" href=format!("/account/security?after={next}#history")>{words.older}</a> }
    });
    view! {
        <Card id="history" title=words.history_title note=words.history_note wide=true>
            <ol class="rows">{rows}</ol>
            {older}
        </Card>
    }
    .into_any()
}

#[component]
fn Entry(entry: SecurityEventView) -> impl IntoView {
    let mut from = device(&entry.device, language());
    if !entry.network.is_empty() {
        from = format!("{from} · {}", entry.network);
    }
    view! {
        <li class="row">
            <div class="row-text">
                <p class="row-title">{event(entry.kind, language())}</p>
                <p class="row-note">{from}</p>
            </div>
            <time class="row-time" datetime=format::moment_iso(entry.at_ms)>{format::moment_utc(entry.at_ms, language())}</time>
        </li>
    }
    .into_any()
}
