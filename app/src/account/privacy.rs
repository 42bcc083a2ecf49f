//! `/privacy`: what happens with photos and with everything else, in plain words.

use contract::Language;
use leptos::prelude::*;

use super::document::{Document, titled};
use super::lawful_words::PrivacyWords;
use crate::ui::{Card, PageLine};
use crate::words::language;

/// `/privacy`.
#[derive(Clone, Copy, Debug)]
pub struct PrivacyPage {
    /// Whether pictures that are kept are shown to a service that checks contents.
    pub checked: bool,
}

impl Document for PrivacyPage {
    fn title(&self, language: Language) -> String {
        titled(PrivacyWords::of(language).privacy)
    }

    fn description(&self, language: Language) -> Option<&'static str> {
        Some(PrivacyWords::of(language).about)
    }

    fn body(self) -> AnyView {
        let words = PrivacyWords::of(language());
        let checks = if self.checked { words.checked } else { words.unchecked };
        let list = |sentences: Vec<&'static str>| {
            let items = sentences.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view();
            view! { <ul class="plain-list">{items}</ul> }
        };
        view! {
            <div class="account">
                <PageLine text=words.line/>
                <div class="account-cards">
                    <Card id="studio" title=words.studio>
                        {list(vec![words.studio_device, words.studio_result, words.studio_form, words.studio_numbers])}
                    </Card>
                    <Card id="kept" title=words.kept>
                        {list(vec![words.kept_when, words.kept_clean, words.kept_long, words.kept_who, checks])}
                    </Card>
                    <Card id="account" title=words.account>
                        {list(vec![words.account_what, words.account_cookies, words.account_security, words.account_mail])}
                    </Card>
                    <Card id="consent" title=words.faces>
                        {list(vec![words.faces_stated, words.faces_chain, words.faces_withdrawn])}
                    </Card>
                    <Card id="rights" title=words.rights>
                        {list(vec![words.rights_export, words.rights_delete, words.rights_receipt])}
                        <p class="panel-note"><a class="text-link" href="/account/data">{words.to_data}</a></p>
                    </Card>
                    <Card id="report-it" title=words.report>
                        {list(vec![words.report_how, words.report_hidden])}
                        <p class="panel-note"><a class="text-link" href="/report">{words.to_report}</a></p>
                    </Card>
                </div>
            </div>
        }
        .into_any()
    }
}
