//! What lies between a form and a mail: look in your mail, confirm an address, choose a new password.

use contract::Language;
use contract::fields::{MAX_PASSWORD_CHARS, Secret};
use leptos::prelude::*;

use super::document::{Document, titled};
use super::doors::Door;
use super::form::{Faults, Field, Kind, Send, Sent};
use super::words::{DoorWords, FormWords};
use crate::ui::{Glyph, Icon};
use crate::words::language;

/// Which mail is on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailKind {
    /// After signing up.
    #[default]
    SignUp,
    /// After asking for a new password.
    Reset,
    /// After asking for another address.
    Email,
}

impl MailKind {
    /// The mail as it stands in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignUp => "sign-up",
            Self::Reset => "reset",
            Self::Email => "email",
        }
    }

    /// The mail of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::SignUp, Self::Reset, Self::Email].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// `/check-your-mail`. Says the same whether or not the address has an account.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckMailPage {
    /// Which mail is on its way.
    pub kind: MailKind,
}

impl Document for CheckMailPage {
    fn title(&self, language: Language) -> String {
        titled(DoorWords::of(language).check_title)
    }

    fn body(self) -> AnyView {
        let words = DoorWords::of(language());
        let (lead, href, label) = match self.kind {
            MailKind::SignUp => (words.check_sign_up, "/sign-in", words.sign_in),
            MailKind::Reset => (words.check_reset, "/sign-in", words.sign_in),
            MailKind::Email => (words.check_email, "/account/security", words.to_account),
        };
        view! {
            <Door line=words.check_line lead>
                <p class="door-note"><Icon glyph=Glyph::Mail/>{words.check_nothing}</p>
                <p class="door-foot"><a class="text-link" href=href>{label}</a></p>
            </Door>
        }
        .into_any()
    }
}

/// `/confirm-address?token=`: asks for a press, because programs that look through mails open every link.
#[derive(Clone, Debug)]
pub struct AskVerifyPage {
    /// The token of the link.
    pub token: Secret,
    /// Why it was refused.
    pub form: Sent,
}

impl Document for AskVerifyPage {
    fn title(&self, language: Language) -> String {
        titled(DoorWords::of(language).verify_title)
    }

    fn body(self) -> AnyView {
        let words = DoorWords::of(language());
        view! {
            <Door line=words.verify_line lead=words.verify_lead>
                <form class="form" method="post" action="/confirm-address">
                    <Faults form=self.form of="verify"/>
                    <input type="hidden" name="token" value=self.token.expose().to_owned()/>
                    <Send label=words.verify_button/>
                </form>
            </Door>
        }
        .into_any()
    }
}

/// The address counts now.
#[derive(Clone, Copy, Debug)]
pub struct VerifiedPage;

impl Document for VerifiedPage {
    fn title(&self, language: Language) -> String {
        titled(DoorWords::of(language).verified_title)
    }

    fn body(self) -> AnyView {
        let words = DoorWords::of(language());
        view! {
            <Door line=words.verified_line lead=words.verified_lead>
                <a class="button button-main door-button" href="/account">{words.to_account}</a>
            </Door>
        }
        .into_any()
    }
}

/// `/forgot-password`.
#[derive(Clone, Debug, Default)]
pub struct ForgotPage {
    /// What was sent: `email`.
    pub form: Sent,
}

impl Document for ForgotPage {
    fn title(&self, language: Language) -> String {
        titled(DoorWords::of(language).forgot_title)
    }

    fn body(self) -> AnyView {
        let (words, fields) = (DoorWords::of(language()), FormWords::of(language()));
        let form = self.form;
        view! {
            <Door line=words.forgot_line lead=words.forgot_lead>
                <form class="form" method="post" action="/forgot-password">
                    <Faults form=form.clone() of="forgot"/>
                    <Field form of="forgot" name="email" label=fields.email kind=Kind::Username required=true focus=true/>
                    <Send label=words.send_link/>
                </form>
                <p class="door-foot"><a class="text-link" href="/sign-in">{words.sign_in}</a></p>
            </Door>
        }
        .into_any()
    }
}

/// `/reset-password?token=`.
#[derive(Clone, Debug)]
pub struct ResetPage {
    /// The token of the link.
    pub token: Secret,
    /// What was sent: `password`.
    pub form: Sent,
}

impl Document for ResetPage {
    fn title(&self, language: Language) -> String {
        titled(DoorWords::of(language).reset_title)
    }

    fn body(self) -> AnyView {
        let (words, fields) = (DoorWords::of(language()), FormWords::of(language()));
        let form = self.form;
        view! {
            <Door line=words.reset_line lead=words.reset_lead>
                <form class="form" method="post" action="/reset-password">
                    <Faults form=form.clone() of="reset"/>
                    <input type="hidden" name="token" value=self.token.expose().to_owned()/>
                    <Field form of="reset" name="password" label=fields.new_password kind=Kind::NewPassword hint=fields.password_hint required=true focus=true max_chars=MAX_PASSWORD_CHARS/>
                    <Send label=words.reset_button/>
                </form>
                <p class="door-foot"><a class="text-link" href="/forgot-password">{words.send_link}</a></p>
            </Door>
        }
        .into_any()
    }
}
