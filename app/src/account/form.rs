//! Native forms: what was sent, what was wrong with it, and how both are shown.

use std::collections::BTreeMap;

use contract::ErrorCode;
use contract::fields::FieldError;
use leptos::prelude::*;

use crate::ui::{self, News, Notice, Weight};
pub(super) use crate::ui::{Confirm, FieldKind as Kind};
use crate::words::language;

/// A form as it was sent and refused. Empty, when it is shown for the first time.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The values by field. Never a password or a code.
    pub values: BTreeMap<&'static str, String>,
    /// The fields at fault.
    pub faults: Vec<FieldError>,
    /// Why the whole was refused, where no field is to blame.
    pub refusal: Option<ErrorCode>,
}

impl Sent {
    /// A form with these values, such as a profile that is about to be edited.
    pub fn with(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self { values: values.into_iter().collect(), ..Self::default() }
    }

    fn value(&self, field: &str) -> String {
        self.values.get(field).cloned().unwrap_or_default()
    }

    fn fault(&self, field: &str) -> Option<ErrorCode> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.code)
    }
}

/// A field of a form: its value and its fault are those that were sent.
#[component]
pub(super) fn Field(
    form: Sent,
    /// The form's short name: a page can have several, and ids are unique.
    of: &'static str,
    name: &'static str,
    label: &'static str,
    kind: Kind,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] required: bool,
    #[prop(optional)] focus: bool,
    #[prop(optional)] max_chars: Option<usize>,
) -> impl IntoView {
    // What is at fault takes the focus by the summary; else the first field.
    let autofocus = focus && form.faults.is_empty() && form.refusal.is_none();
    let id = format!("{of}-{name}");
    let (value, fault) = (form.value(name), form.fault(name).map(sentence));
    view! { <ui::Field id name label kind value hint fault autocomplete required autofocus max_chars/> }
}

/// Why the form came back. Takes the focus, so that nobody has to look for it.
#[component]
pub(super) fn Faults(form: Sent, of: &'static str) -> impl IntoView {
    let code = form.refusal.or_else(|| (!form.faults.is_empty()).then_some(ErrorCode::FieldsInvalid))?;
    // The page that is shown instead of a form speaks for itself.
    let items = form.faults.iter().map(|fault| {
        let target = format!("#{of}-{}", fault.field);
        view! { <li><a class="text-link" href=target>{fault.code.title(language())}</a></li> }
    });
    let items = (!form.faults.is_empty()).then(|| view! { <ul>{items.collect_view()}</ul> });
    Some(view! {
        <Notice news=News::Fault focus=true id=Some(format!("{of}-faults"))>
            <p><b>{code.title(language())}</b> " " {code.advice(language())}</p>
            {items}
        </Notice>
    })
}

/// What went well. Takes the focus for the same reason.
#[component]
pub(super) fn Done(sentence: Option<&'static str>) -> impl IntoView {
    sentence.map(|sentence| view! { <Notice news=News::Good focus=true><p>{sentence}</p></Notice> })
}

/// The button that sends the form.
#[component]
pub(super) fn Send(label: &'static str, #[prop(default = Weight::Main)] weight: Weight) -> impl IntoView {
    view! { <button class=weight.class() type="submit">{label}</button> }
}

fn sentence(code: ErrorCode) -> String {
    format!("{} {}", code.title(language()), code.advice(language()))
}

/// Whose password is asked for: a field that nobody sees, for password managers.
#[component]
pub(super) fn Whose(email: String) -> impl IntoView {
    view! { <input class="sr-only" type="text" name="username" value=email autocomplete="username" readonly tabindex="-1" aria-hidden="true"/> }
}
