//! What is shown instead of a page that only the server can give.

use contract::Language;
use leptos::prelude::*;

use super::words::OfflineWords;
use crate::STUDIO;
use crate::account::Document;
use crate::ui::PageLine;
use crate::words::language;

/// `/offline`: kept on every device, without anybody's name.
#[derive(Clone, Copy, Debug)]
pub struct OfflinePage;

impl Document for OfflinePage {
    fn title(&self, language: Language) -> String {
        format!("{} · MOG AI", OfflineWords::of(language).title)
    }

    fn body(self) -> AnyView {
        let words = OfflineWords::of(language());
        view! {
            <section class="dead-end">
                <PageLine text=words.line/>
                <p class="lead">{words.lead}</p>
                <div class="offline-ways">
                    <a class="button button-main" href=STUDIO>{words.studio}</a>
                    // The address of the page that was asked for: a link to nowhere else is that one again.
                    <a class="button" href="">{words.again}</a>
                </div>
            </section>
        }
        .into_any()
    }
}
