//! `/account/security`: password, address, second step, sessions.

use contract::Language;
use contract::auth::{SecurityEventView, SessionView};
use contract::fields::MAX_PASSWORD_CHARS;
use contract::paging::Page;
use contract::users::Me;
use leptos::prelude::*;

use super::document::{AccountFrame, Document, Place, titled};
use super::form::{Confirm, Done, Faults, Field, Kind, Send, Sent, Whose};
use super::history::History;
use super::words::{FormWords, PageWords, SecurityWords, device};
use crate::format;
use crate::ui::{Badge, Card, Weight};
use crate::words::language;

/// Which of the page's forms was sent.
#[derive(Clone, Debug, Default)]
pub enum SecurityForm {
    /// None.
    #[default]
    None,
    /// `current`, `password`.
    Password(Sent),
    /// `email`, `password`.
    Email(Sent),
    /// Turning the second step off: `password`.
    TotpOff(Sent),
    /// New recovery codes: `password`.
    RenewCodes(Sent),
}

impl SecurityForm {
    fn password(&self) -> Sent {
        if let Self::Password(form) = self { form.clone() } else { Sent::default() }
    }

    fn email(&self) -> Sent {
        if let Self::Email(form) = self { form.clone() } else { Sent::default() }
    }

    fn totp_off(&self) -> Option<Sent> {
        if let Self::TotpOff(form) = self { Some(form.clone()) } else { None }
    }

    fn renew_codes(&self) -> Option<Sent> {
        if let Self::RenewCodes(form) = self { Some(form.clone()) } else { None }
    }
}

/// What has just gone well on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecurityNews {
    /// The password was changed.
    PasswordChanged,
    /// The second step was turned off.
    TotpOff,
    /// A session was ended.
    SessionEnded,
    /// All the others were ended.
    OthersEnded,
}

impl SecurityNews {
    /// The news as it stands in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PasswordChanged => "password",
            Self::TotpOff => "step-off",
            Self::SessionEnded => "session",
            Self::OthersEnded => "others",
        }
    }

    /// The news of that name.
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::PasswordChanged, Self::TotpOff, Self::SessionEnded, Self::OthersEnded];
        all.into_iter().find(|news| news.as_str() == text)
    }

    const fn sentence(self, words: &SecurityWords) -> &'static str {
        match self {
            Self::PasswordChanged => words.password_changed,
            Self::TotpOff => words.totp_is_off,
            Self::SessionEnded => words.session_ended,
            Self::OthersEnded => words.others_ended,
        }
    }
}

/// `/account/security`.
#[derive(Clone, Debug)]
pub struct SecurityPage {
    /// Whose account it is.
    pub me: Me,
    /// Where they are signed in.
    pub sessions: Vec<SessionView>,
    /// What happened, the newest first.
    pub history: Page<SecurityEventView>,
    /// The form that was sent and refused.
    pub form: SecurityForm,
    /// What has just gone well.
    pub news: Option<SecurityNews>,
}

impl Document for SecurityPage {
    fn title(&self, language: Language) -> String {
        titled(PageWords::of(language).security)
    }

    fn body(self) -> AnyView {
        let words = SecurityWords::of(language());
        let Self { me, sessions, history, form, news } = self;
        view! {
            <AccountFrame place=Place::Security>
                <Done sentence=news.map(|news| news.sentence(words))/>
                <Password form=form.password() email=me.email.clone()/>
                <Email form=form.email() email=me.email.clone()/>
                <SecondStep on=me.totp_enabled email=me.email off=form.totp_off() renew=form.renew_codes()/>
                <Sessions sessions/>
                <History history/>
            </AccountFrame>
        }
        .into_any()
    }
}

#[component]
fn Password(form: Sent, email: String) -> impl IntoView {
    let (words, fields) = (SecurityWords::of(language()), FormWords::of(language()));
    view! {
        <Card id="password" title=words.password_title note=words.password_note>
            <form class="form" method="post" action="/account/password">
                <Faults form=form.clone() of="password"/>
                <Whose email/>
                <Field form=form.clone() of="password" name="current" label=fields.current_password kind=Kind::CurrentPassword required=true max_chars=MAX_PASSWORD_CHARS/>
                <Field form of="password" name="password" label=fields.new_password kind=Kind::NewPassword hint=fields.password_hint required=true max_chars=MAX_PASSWORD_CHARS/>
                <Send label=words.password_button/>
            </form>
        </Card>
    }
    .into_any()
}

#[component]
fn Email(form: Sent, email: String) -> impl IntoView {
    let (words, fields) = (SecurityWords::of(language()), FormWords::of(language()));
    view! {
        <Card id="email" title=words.email_title>
            <p class="panel-note">{words.email_now} " " <b>{email.clone()}</b></p>
            <form class="form" method="post" action="/account/email">
                <Faults form=form.clone() of="email"/>
                <Field form=form.clone() of="email" name="email" label=words.email_new kind=Kind::Email required=true/>
                <Whose email/>
                <Field form of="email" name="password" label=fields.password kind=Kind::CurrentPassword required=true max_chars=MAX_PASSWORD_CHARS/>
                <Send label=words.email_button/>
            </form>
        </Card>
    }
    .into_any()
}

#[component]
fn SecondStep(on: bool, email: String, off: Option<Sent>, renew: Option<Sent>) -> impl IntoView {
    let words = SecurityWords::of(language());
    let (of_renew, of_off) = (email.clone(), email);
    let inside = if on {
        view! {
            <div class="form-line">
                <Confirm summary=words.renew_codes question=words.renew_question open=renew.is_some()>
                    <ByPassword form=renew.unwrap_or_default() of="renew" action="/account/second-step/codes" email=of_renew label=words.renew_now/>
                </Confirm>
                <Confirm summary=words.totp_turn_off question=words.totp_off_question open=off.is_some()>
                    <ByPassword form=off.unwrap_or_default() of="off" action="/account/second-step/off" email=of_off label=words.totp_off_now/>
                </Confirm>
            </div>
        }
        .into_any()
    } else {
        view! {
            <form method="post" action="/account/second-step">
                <Send label=words.totp_set_up/>
            </form>
        }
        .into_any()
    };
    view! {
        <Card id="second-step" title=words.totp_title note=if on { words.totp_on } else { words.totp_off }>
            {inside}
        </Card>
    }
    .into_any()
}

/// A form that only asks for the password.
#[component]
fn ByPassword(
    form: Sent,
    of: &'static str,
    action: &'static str,
    email: String,
    label: &'static str,
) -> impl IntoView {
    let fields = FormWords::of(language());
    view! {
        <form class="form" method="post" action=action>
            <Faults form=form.clone() of/>
            <Whose email/>
            <Field form of name="password" label=fields.password kind=Kind::CurrentPassword required=true max_chars=MAX_PASSWORD_CHARS/>
            <Send label weight=Weight::Fault/>
        </form>
    }
    .into_any()
}

#[component]
fn Sessions(sessions: Vec<SessionView>) -> impl IntoView {
    let words = SecurityWords::of(language());
    let others = sessions.iter().any(|session| !session.current);
    let rows = sessions.into_iter().map(|session| view! { <Session session/> }).collect_view();
    view! {
        <Card id="sessions" title=words.sessions_title wide=true>
            <ul class="rows">{rows}</ul>
            {others.then(|| view! {
                <Confirm summary=words.end_others question=words.end_others_question>
                    <form method="post" action="/account/sessions/end-others">
                        <Send label=words.end_others_now weight=Weight::Fault/>
                    </form>
                </Confirm>
            })}
        </Card>
    }
    .into_any()
}

#[component]
fn Session(session: SessionView) -> impl IntoView {
    let words = SecurityWords::of(language());
    let network = (!session.network.is_empty()).then(|| format!("{} · ", session.network));
    let end = (!session.current).then(|| {
        view! {
            <Confirm summary=words.end_session question=words.end_question>
                <form method="post" action=format!("/account/sessions/{}/end", session.id)>
                    <Send label=words.end_now weight=Weight::Fault/>
                </form>
            </Confirm>
        }
    });
    view! {
        <li class="row">
            <div class="row-text">
                <p class="row-title">
                    {device(&session.device, language())}
                    {session.current.then(|| view! { " " <Badge label=words.this_device good=true/> })}
                </p>
                <p class="row-note">
                    {network} {words.last_seen} " "
                    <time datetime=format::moment_iso(session.last_seen_at_ms)>{format::moment_utc(session.last_seen_at_ms, language())}</time>
                </p>
            </div>
            {end}
        </li>
    }
    .into_any()
}
