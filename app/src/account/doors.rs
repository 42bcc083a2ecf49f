//! Sign up, sign in, and the second step.

use contract::Language;
use contract::assets::SampleView;
use contract::fields::{MAX_PASSWORD_CHARS, PersonName};
use leptos::prelude::*;

use super::document::{Document, titled};
use super::form::{Done, Faults, Field, Kind, Send, Sent};
use super::words::{DoorWords, FormWords};
use crate::ui::PageLine;
use crate::words::language;

/// Six digits, or a recovery code with room for the spaces somebody types into it.
const MAX_CODE_CHARS: usize = 40;

/// A door: a headline and a form, beside a picture where there is room.
#[component]
pub(super) fn Door(
    line: &'static str,
    lead: &'static str,
    #[prop(default = None)] done: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="door">
            <section class="door-card glass">
                <PageLine text=line/>
                <p class="door-lead">{lead}</p>
                <Done sentence=done/>
                {children()}
            </section>
            {use_context::<Vec<SampleView>>().map(|samples| view! { <Seamed samples/> })}
        </div>
    }
    .into_any()
}

/// Two faces of nobody, one picture: what this house does.
#[component]
fn Seamed(samples: Vec<SampleView>) -> impl IntoView {
    let [first, second, ..] = samples.as_slice() else { return None };
    let half = |sample: &SampleView, class| {
        view! { <img class=class src=sample.picture.url.clone() alt="" width="640" height="640" loading="lazy"/> }
    };
    Some(view! {
        <div class="door-picture" aria-hidden="true">
            {half(first, "door-half")}
            {half(second, "door-half door-half-right")}
            <span class="door-seam"></span>
        </div>
    })
}

/// `/sign-up`.
#[derive(Clone, Debug, Default)]
pub struct SignUpPage {
    /// What was sent: `email`, `password`, `name`.
    pub form: Sent,
}

impl Document for SignUpPage {
    fn title(&self, language: Language) -> String {
        titled(DoorWords::of(language).sign_up)
    }

    fn description(&self, language: Language) -> Option<&'static str> {
        Some(DoorWords::of(language).sign_up_lead)
    }

    fn body(self) -> AnyView {
        let (words, fields) = (DoorWords::of(language()), FormWords::of(language()));
        let form = self.form;
        view! {
            <Door line=words.sign_up_line lead=words.sign_up_lead>
                <form class="form" method="post" action="/sign-up">
                    <Faults form=form.clone() of="sign-up"/>
                    <Field form=form.clone() of="sign-up" name="email" label=fields.email kind=Kind::Username required=true focus=true/>
                    <Field form=form.clone() of="sign-up" name="password" label=fields.password kind=Kind::NewPassword hint=fields.password_hint required=true max_chars=MAX_PASSWORD_CHARS/>
                    <Field form=form of="sign-up" name="name" label=fields.name kind=Kind::Text hint=fields.name_hint autocomplete="nickname" max_chars=PersonName::MAX_CHARS/>
                    <Send label=words.create_account/>
                </form>
                <p class="door-foot">{words.have_account} " " <a class="text-link" href="/sign-in">{words.sign_in}</a></p>
            </Door>
        }
        .into_any()
    }
}

/// What has just happened, said above the sign-in form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The password was reset.
    PasswordReset,
    /// The account was deleted.
    Deleted,
    /// They signed out.
    SignedOut,
    /// A page asked for somebody who is signed in.
    SentHere,
}

impl Arrival {
    /// The arrival as it stands in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PasswordReset => "reset",
            Self::Deleted => "deleted",
            Self::SignedOut => "signed-out",
            Self::SentHere => "needed",
        }
    }

    /// The arrival of that name.
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::PasswordReset, Self::Deleted, Self::SignedOut, Self::SentHere];
        all.into_iter().find(|arrival| arrival.as_str() == text)
    }

    const fn sentence(self, words: &DoorWords) -> &'static str {
        match self {
            Self::PasswordReset => words.reset_done,
            Self::Deleted => words.deleted,
            Self::SignedOut => words.signed_out,
            Self::SentHere => words.ask_sign_in,
        }
    }
}

/// `/sign-in`.
#[derive(Clone, Debug, Default)]
pub struct SignInPage {
    /// What was sent: `email`, `password`.
    pub form: Sent,
    /// Where to go afterwards: a path of ours.
    pub next: Option<String>,
    /// What has just happened.
    pub arrival: Option<Arrival>,
}

impl Document for SignInPage {
    fn title(&self, language: Language) -> String {
        titled(DoorWords::of(language).sign_in_title)
    }

    fn description(&self, language: Language) -> Option<&'static str> {
        Some(DoorWords::of(language).sign_in_lead)
    }

    fn body(self) -> AnyView {
        let (words, fields) = (DoorWords::of(language()), FormWords::of(language()));
        let form = self.form;
        let done = self.arrival.map(|arrival| arrival.sentence(words));
        view! {
            <Door line=words.sign_in_line lead=words.sign_in_lead done=done>
                <form class="form" method="post" action="/sign-in">
                    <Faults form=form.clone() of="sign-in"/>
                    <Field form=form.clone() of="sign-in" name="email" label=fields.email kind=Kind::Username required=true focus=done.is_none()/>
                    <Field form=form of="sign-in" name="password" label=fields.password kind=Kind::CurrentPassword required=true max_chars=MAX_PASSWORD_CHARS/>
                    {self.next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                    <Send label=words.sign_in/>
                    <a class="text-link form-aside" href="/forgot-password">{words.forgot_link}</a>
                </form>
                <p class="door-foot">{words.no_account} " " <a class="text-link" href="/sign-up">{words.sign_up}</a></p>
            </Door>
        }
        .into_any()
    }
}

/// `/sign-in/code`: the second step.
#[derive(Clone, Debug, Default)]
pub struct CodePage {
    /// What was sent: `code`, never shown again.
    pub form: Sent,
    /// Where to go afterwards: a path of ours.
    pub next: Option<String>,
}

impl Document for CodePage {
    fn title(&self, language: Language) -> String {
        titled(DoorWords::of(language).code_title)
    }

    fn body(self) -> AnyView {
        let words = DoorWords::of(language());
        let form = self.form;
        view! {
            <Door line=words.code_line lead=words.code_lead>
                <form class="form" method="post" action="/sign-in/code">
                    <Faults form=form.clone() of="code"/>
                    <Field form=form of="code" name="code" label=words.code_label kind=Kind::OneTimeCode required=true focus=true max_chars=MAX_CODE_CHARS/>
                    {self.next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                    <Send label=words.sign_in/>
                </form>
                <p class="door-foot"><a class="text-link" href="/sign-in">{words.start_again}</a></p>
            </Door>
        }
        .into_any()
    }
}
