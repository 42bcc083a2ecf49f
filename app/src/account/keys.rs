//! `/account/keys`: API keys, each shown once.

use contract::Language;
use contract::auth::{ApiKeyView, CreatedApiKey, Scope};
use contract::fields::DeviceName;
use leptos::prelude::*;

use super::document::{AccountFrame, Document, Place, titled};
use super::form::{Confirm, Done, Faults, Field, Kind, Send, Sent};
use super::words::{FormWords, PageWords, scope};
use crate::format;
use crate::ui::{Card, Choice, EmptyState, FieldFault, Glyph, News, Notice, Of, Weight};
use crate::words::language;

/// `/account/keys`.
#[derive(Clone, Debug)]
pub struct KeysPage {
    /// The keys there are.
    pub keys: Vec<ApiKeyView>,
    /// What was sent: `name`, `scopes` (with blanks between), `expires_in_days`.
    pub form: Sent,
    /// The key that was made just now.
    pub made: Option<CreatedApiKey>,
    /// Whether one was revoked just now.
    pub revoked: bool,
}

impl Document for KeysPage {
    fn title(&self, language: Language) -> String {
        titled(PageWords::of(language).keys)
    }

    fn body(self) -> AnyView {
        let words = PageWords::of(language());
        view! {
            <AccountFrame place=Place::Keys>
                <Done sentence=self.revoked.then_some(words.key_revoked)/>
                {self.made.map(|made| view! { <Made made/> })}
                <Card id="keys" title=words.keys note=words.keys_note>
                    <List keys=self.keys/>
                </Card>
                <Card id="new-key" title=words.new_key>
                    <Create form=self.form/>
                </Card>
            </AccountFrame>
        }
        .into_any()
    }
}

/// The new key, this once.
#[component]
fn Made(made: CreatedApiKey) -> impl IntoView {
    let (words, fields) = (PageWords::of(language()), FormWords::of(language()));
    view! {
        <Notice news=News::Good focus=true>
            <p><b>{made.view.name}</b> " " {words.key_made}</p>
            <p class="once-line">
                <code class="hash" id="key">{made.key.expose().to_owned()}</code>
                <button class="button needs-script" type="button" data-copies="key" data-done=fields.copied>{fields.copy}</button>
            </p>
        </Notice>
    }
    .into_any()
}

#[component]
fn List(keys: Vec<ApiKeyView>) -> impl IntoView {
    let words = PageWords::of(language());
    if keys.is_empty() {
        return view! { <EmptyState glyph=Glyph::Key line=words.no_keys/> }.into_any();
    }
    let rows = keys.into_iter().map(|key| view! { <Row key/> }).collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

#[component]
fn Row(key: ApiKeyView) -> impl IntoView {
    let words = PageWords::of(language());
    let may = key.scopes.iter().map(|&each| scope(each, language())).collect::<Vec<_>>().join(", ");
    let used = match key.last_used_at_ms {
        Some(at_ms) => format!("{} {}", words.last_used, format::day(at_ms, language())),
        None => words.never_used.to_owned(),
    };
    view! {
        <li class="row">
            <div class="row-text">
                <p class="row-title">{key.name} " " <code class="hash">{key.prefix} "…"</code></p>
                <p class="row-note">{may}</p>
                <p class="row-note">{used} " · " {words.ends} " " {format::day(key.expires_at_ms, language())}</p>
            </div>
            <Confirm summary=words.revoke question=words.revoke_question>
                <form method="post" action=format!("/account/keys/{}/revoke", key.id)>
                    <Send label=words.revoke_now weight=Weight::Fault/>
                </form>
            </Confirm>
        </li>
    }
    .into_any()
}

#[component]
fn Create(form: Sent) -> impl IntoView {
    let words = PageWords::of(language());
    let chosen = form.values.get("scopes").cloned().unwrap_or_default();
    let fault = form.faults.iter().find(|fault| fault.field == "scopes").map(|fault| fault.code);
    let scopes = Scope::ALL.map(|each| {
        let checked = chosen.split(' ').any(|name| name == each.as_str());
        view! { <Choice of=Of::Any name="scopes" value=each.as_str() label=scope(each, language()) checked/> }
    });
    view! {
        <form class="form" method="post" action="/account/keys">
            <Faults form=form.clone() of="key"/>
            <Field form=form.clone() of="key" name="name" label=words.key_name kind=Kind::Text required=true max_chars=DeviceName::MAX_CHARS/>
            <fieldset class="choices" id="key-scopes" tabindex="-1" data-fault=fault.map(|_| "true") aria-describedby=fault.map(|_| "key-scopes-fault")>
                <legend class="field-label">{words.key_scopes}</legend>
                {scopes.collect_view()}
                {fault.map(|code| view! { <FieldFault id="key-scopes-fault".to_owned() fault=code.title(language()).to_owned()/> })}
            </fieldset>
            <Field form of="key" name="expires_in_days" label=words.key_days kind=Kind::Days hint=words.key_days_hint/>
            <Send label=words.create_key/>
        </form>
    }
    .into_any()
}
