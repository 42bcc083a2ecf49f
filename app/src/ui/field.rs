//! Native fields: a label, an input, a hint, and what is wrong with it.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::words::UiWords;
use crate::words::language;

/// What kind of field it is: decides its type, its keyboard, and what a password manager makes of it.
#[cfg_attr(
    not(feature = "ssr"),
    expect(dead_code, reason = "some kinds are only in the account's forms, which the server writes")
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
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

impl FieldKind {
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
pub(crate) fn Field(
    id: String,
    name: &'static str,
    label: &'static str,
    kind: FieldKind,
    #[prop(optional)] value: String,
    #[prop(default = None)] hint: Option<&'static str>,
    /// What is wrong with the value, and what to do.
    #[prop(default = None)]
    fault: Option<String>,
    #[prop(default = None)] autocomplete: Option<&'static str>,
    #[prop(optional)] required: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(default = None)] max_chars: Option<usize>,
) -> impl IntoView {
    let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-fault"));
    let described: Vec<String> = [hint.map(|_| hint_id.clone()), fault.as_ref().map(|_| fault_id.clone())]
        .into_iter()
        .flatten()
        .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = fault.as_ref().map(|_| "true");
    let autocomplete = autocomplete.unwrap_or(kind.autocomplete());
    let maxlength = max_chars.map(|most| most.to_string());
    let input = match kind {
        FieldKind::Lines => view! {
            <textarea class="input" id=id.clone() name=name rows="4" maxlength=maxlength disabled=disabled
                autocomplete=autocomplete aria-describedby=described aria-invalid=invalid>{value}</textarea>
        }
        .into_any(),
        _ => view! {
            <input class="input" id=id.clone() name=name type=kind.input_type() value=value autocomplete=autocomplete
                inputmode=kind.inputmode() required=required disabled=disabled autofocus=autofocus
                maxlength=maxlength
                spellcheck=(kind != FieldKind::Text).then_some("false")
                autocapitalize=(kind != FieldKind::Text).then_some("none")
                aria-describedby=described aria-invalid=invalid/>
        }
        .into_any(),
    };
    view! {
        <div class="field" data-fault=invalid>
            <label class="field-label" for=id.clone()>{label}</label>
            <div class="field-input">
                {input}
                {kind.is_password().then(|| view! { <Reveal input=id.clone()/> })}
            </div>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {fault.map(|fault| view! { <FieldFault id=fault_id fault/> })}
        </div>
    }
    .into_any()
}

/// What is wrong with a field.
#[component]
pub(crate) fn FieldFault(id: String, fault: String) -> impl IntoView {
    view! { <p class="field-fault" id=id><Icon glyph=Glyph::Warning/>{fault}</p> }
}

/// Shows what was typed; `frontend/scripts/forms.js` listens.
#[component]
fn Reveal(input: String) -> impl IntoView {
    let words = UiWords::of(language());
    view! {
        <button class="reveal needs-script" type="button" data-reveals=input.clone() aria-controls=input aria-pressed="false" aria-label=words.show_password>
            {words.show}
        </button>
    }
}
