//! `/account/settings`: language and appearance.

use contract::Language;
use contract::users::{Settings, Theme};
use leptos::prelude::*;

use super::document::{AccountFrame, Document, Place, titled};
use super::form::{Done, Send};
use super::words::{FormWords, PageWords};
use crate::ui::{Card, Choice, Of};
use crate::words::{language, own_name};

/// `/account/settings`.
#[derive(Clone, Copy, Debug)]
pub struct SettingsPage {
    /// What they chose.
    pub settings: Settings,
    /// Whether it was saved just now.
    pub saved: bool,
}

impl Document for SettingsPage {
    fn title(&self, language: Language) -> String {
        titled(PageWords::of(language).settings)
    }

    fn body(self) -> AnyView {
        let (words, fields) = (PageWords::of(language()), FormWords::of(language()));
        let Settings { language: chosen, theme } = self.settings;
        let as_browser = view! {
            <Choice of=Of::One name="language" value="" label=words.as_browser checked=chosen.is_none()/>
        };
        let languages = Language::ALL.map(|each| {
            view! { <Choice of=Of::One name="language" value=each.tag() label=own_name(each) checked=chosen == Some(each) lang=Some(each.tag())/> }
        });
        let themes = [
            (Theme::System, words.theme_system),
            (Theme::Dark, words.theme_dark),
            (Theme::Light, words.theme_light),
        ];
        let themes = themes.map(|(each, label)| {
            view! { <Choice of=Of::One name="theme" value=each.as_str() label checked=each == theme/> }
        });
        view! {
            <AccountFrame place=Place::Settings>
                <Done sentence=self.saved.then_some(words.saved)/>
                <Card id="settings" title=words.settings note=words.settings_note>
                    <form class="form" method="post" action="/account/settings">
                        <fieldset class="choices">
                            <legend class="field-label">{words.language}</legend>
                            {as_browser}
                            {languages.collect_view()}
                        </fieldset>
                        <fieldset class="choices">
                            <legend class="field-label">{words.theme}</legend>
                            {themes.collect_view()}
                        </fieldset>
                        <Send label=fields.save/>
                    </form>
                </Card>
            </AccountFrame>
        }
        .into_any()
    }
}
