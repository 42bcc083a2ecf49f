//! Native forms: what was sent, what was wrong with it, and how both are shown.

use std::collections::BTreeMap;

use contract::ErrorCode;
use contract::fields::FieldError;
use leptos::prelude::*;

use super::words::FormWords;
use crate::layout::{Glyph, Icon};
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

/// What kind of field it is: decides its type, its keyboard, and what a password manager makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One line of text.
    Text,
    /// Several lines.
    Lines,
    /// The address that somebody signs in with.
    Username,
    /// Another address.
    Email,
    /// The password until now.
    CurrentPassword,
    /// The password from now on.
    NewPassword,
    /// Six digits, or a recovery code.
    OneTimeCode,
    /// A number of days.
    Days,
}

impl Kind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Username | Self::Email => "email",
            Self::CurrentPassword | Self::NewPassword => "password",
            Self::Days => "number",
            Self::Text | Self::Lines | Self::OneTimeCode => "text",
        }
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Email => "email",
            Self::CurrentPassword => "current-password",
            Self::NewPassword => "new-password",
            Self::OneTimeCode => "one-time-code",
            Self::Text | Self::Lines | Self::Days => "off",
        }
    }

    const fn inputmode(self) -> Option<&'static str> {
        match self {
            Self::Username | Self::Email => Some("email"),
            Self::Days => Some("numeric"),
            _ => None,
        }
    }

    const fn is_password(self) -> bool {
        matches!(self, Self::CurrentPassword | Self::NewPassword)
    }
}

/// A field with its label, its hint and its fault.
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
    let id = format!("{of}-{name}");
    let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-fault"));
    let fault = form.fault(name);
    let described: Vec<String> =
        [hint.map(|_| hint_id.clone()), fault.map(|_| fault_id.clone())].into_iter().flatten().collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = fault.map(|_| "true");
    let autocomplete = autocomplete.unwrap_or(kind.autocomplete());
    let value = form.value(name);
    // What is at fault takes the focus by the summary; else the first field.
    let autofocus = focus && form.faults.is_empty() && form.refusal.is_none();
    let input = match kind {
        Kind::Lines => view! {
            <textarea class="input" id=id.clone() name=name rows="4" maxlength=max_chars.map(|most| most.to_string())
                autocomplete=autocomplete aria-describedby=described aria-invalid=invalid>{value}</textarea>
        }
        .into_any(),
        _ => view! {
            <input class="input" id=id.clone() name=name type=kind.input_type() value=value autocomplete=autocomplete
                inputmode=kind.inputmode() required=required autofocus=autofocus
                maxlength=max_chars.map(|most| most.to_string())
                spellcheck=(kind != Kind::Text).then_some("false")
                autocapitalize=(kind != Kind::Text).then_some("none")
                aria-describedby=described aria-invalid=invalid/>
        }
        .into_any(),
    };
    view! {
        <div class="field" data-fault=fault.map(|_| "true")>
            <label class="field-label" for=id.clone()>{label}</label>
            <div class="field-input">
                {input}
                {kind.is_password().then(|| view! { <Reveal input=id.clone()/> })}
            </div>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {fault.map(|code| view! { <p class="field-fault" id=fault_id><Icon glyph=Glyph::Warning/>{sentence(code)}</p> })}
        </div>
    }
    .into_any()
}

/// Shows what was typed; `public/forms.js` listens.
#[component]
fn Reveal(input: String) -> impl IntoView {
    let words = FormWords::of(language());
    view! {
        <button class="reveal needs-script" type="button" data-reveals=input.clone() aria-controls=input aria-pressed="false" aria-label=words.show_password>
            {words.show}
        </button>
    }
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
        <div class="faults" role="alert" tabindex="-1" autofocus=true id=format!("{of}-faults")>
            <Icon glyph=Glyph::Warning/>
            <div>
                <p><b>{code.title(language())}</b> " " {code.advice(language())}</p>
                {items}
            </div>
        </div>
    })
}

/// What went well. Takes the focus for the same reason.
#[component]
pub(super) fn Done(sentence: Option<&'static str>) -> impl IntoView {
    sentence.map(|sentence| {
        view! {
            <div class="faults done" role="status" tabindex="-1" autofocus=true>
                <Icon glyph=Glyph::Done/>
                <p>{sentence}</p>
            </div>
        }
    })
}

/// The button that sends the form.
#[component]
pub(super) fn Send(label: &'static str, #[prop(optional)] kind: &'static str) -> impl IntoView {
    let class = if kind.is_empty() { "button-main" } else { kind };
    view! { <button class=format!("button {class}") type="submit">{label}</button> }
}

/// Something that cannot be taken back: one press opens it, a second one does it. Works without JavaScript.
#[component]
pub(super) fn Confirm(
    summary: &'static str,
    question: &'static str,
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="confirm" open=open>
            <summary class="button">{summary}</summary>
            <div class="confirm-body">
                <p>{question}</p>
                {children()}
            </div>
        </details>
    }
}

fn sentence(code: ErrorCode) -> String {
    format!("{} {}", code.title(language()), code.advice(language()))
}

/// Whose password is asked for: a field that nobody sees, for password managers.
#[component]
pub(super) fn Whose(email: String) -> impl IntoView {
    view! { <input class="sr-only" type="text" name="username" value=email autocomplete="username" readonly tabindex="-1" aria-hidden="true"/> }
}
