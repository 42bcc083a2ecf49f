//! `/account/data`: taking everything along, and leaving.

use contract::Language;
use contract::fields::MAX_PASSWORD_CHARS;
use leptos::prelude::*;

use super::document::{AccountFrame, Document, Place, titled};
use super::doors::Door;
use super::form::{Faults, Field, Kind, Send, Sent, Whose};
use super::words::{FormWords, PageWords};
use crate::ui::{Card, Glyph, Icon, Weight};
use crate::words::language;

/// `/account/data`.
#[derive(Clone, Copy, Debug)]
pub struct DataPage;

impl Document for DataPage {
    fn title(&self, language: Language) -> String {
        titled(PageWords::of(language).data)
    }

    fn body(self) -> AnyView {
        let words = PageWords::of(language());
        view! {
            <AccountFrame place=Place::Data>
                <Card id="export" title=words.export_title note=words.export_note>
                    <form method="post" action="/account/export">
                        <button class="button button-main" type="submit"><Icon glyph=Glyph::Download/>{words.export_button}</button>
                    </form>
                </Card>
                <Card id="leave" title=words.delete_title note=words.delete_note>
                    <a class="button button-fault" href="/account/delete">{words.delete_ask}</a>
                </Card>
            </AccountFrame>
        }
        .into_any()
    }
}

/// `/account/delete`: the password confirms it.
#[derive(Clone, Debug)]
pub struct DeletePage {
    /// Whose account it is: password managers want to know.
    pub email: String,
    /// What was sent: `password`.
    pub form: Sent,
}

impl Document for DeletePage {
    fn title(&self, language: Language) -> String {
        titled(PageWords::of(language).delete_title)
    }

    fn body(self) -> AnyView {
        let (words, fields) = (PageWords::of(language()), FormWords::of(language()));
        let form = self.form;
        view! {
            <Door line=words.delete_line lead=words.delete_note>
                <form class="form" method="post" action="/account/delete">
                    <Faults form=form.clone() of="delete"/>
                    <Whose email=self.email/>
                    <Field form of="delete" name="password" label=fields.password kind=Kind::CurrentPassword required=true max_chars=MAX_PASSWORD_CHARS/>
                    <Send label=words.delete_button weight=Weight::Fault/>
                </form>
                <p class="door-foot"><a class="text-link" href="/account/data">{words.keep_account}</a></p>
            </Door>
        }
        .into_any()
    }
}
