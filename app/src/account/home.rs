//! `/account`: the profile and the account at a glance.

use contract::Language;
use contract::fields::{Bio, PersonName};
use contract::users::{Me, Role};
use leptos::prelude::*;

use super::document::{AccountFrame, Document, Place, titled};
use super::form::{Done, Faults, Field, Kind, Send, Sent};
use super::words::{FormWords, PageWords};
use crate::format;
use crate::ui::{Badge, Card, Glyph, Icon};
use crate::words::language;

/// What has just gone well on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomeNews {
    /// The profile was saved.
    Saved,
    /// Another mail was sent.
    MailSent,
}

impl HomeNews {
    /// The news as it stands in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::MailSent => "mail",
        }
    }

    /// The news of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Saved, Self::MailSent].into_iter().find(|news| news.as_str() == text)
    }
}

/// `/account`.
#[derive(Clone, Debug)]
pub struct HomePage {
    /// Whose account it is.
    pub me: Me,
    /// What was sent: `name`, `bio`; none when the page is just looked at.
    pub form: Option<Sent>,
    /// What has just gone well.
    pub news: Option<HomeNews>,
}

impl Document for HomePage {
    fn title(&self, language: Language) -> String {
        titled(PageWords::of(language).your_account)
    }

    fn description(&self, language: Language) -> Option<&'static str> {
        Some(PageWords::of(language).about_account)
    }

    fn body(self) -> AnyView {
        let words = PageWords::of(language());
        let said = self.news.map(|news| match news {
            HomeNews::Saved => words.saved,
            HomeNews::MailSent => words.sent_again,
        });
        let form = self
            .form
            .unwrap_or_else(|| Sent::with([("name", self.me.name.clone()), ("bio", self.me.bio.clone())]));
        view! {
            <AccountFrame place=Place::Home>
                <Done sentence=said/>
                <Profile form account=self.me.id.to_string()/>
                <Glance me=self.me/>
            </AccountFrame>
        }
        .into_any()
    }
}

#[component]
fn Profile(form: Sent, account: String) -> impl IntoView {
    let (words, fields) = (PageWords::of(language()), FormWords::of(language()));
    let done = format!("/account?done={}", HomeNews::Saved.as_str());
    view! {
        <Card id="profile" title=words.profile note=words.profile_note>
            // Without a connection the change waits on the device (frontend/scripts/install.js, docs/adr/0026).
            <form class="form" method="post" action="/account" data-operation="PATCH /api/v1/users/me" data-account=account data-done=done>
                <Faults form=form.clone() of="profile"/>
                <Field form=form.clone() of="profile" name="name" label=fields.name kind=Kind::Text autocomplete="nickname" max_chars=PersonName::MAX_CHARS/>
                <Field form of="profile" name="bio" label=fields.bio kind=Kind::Lines hint=words.bio_hint max_chars=Bio::MAX_CHARS/>
                <Send label=fields.save/>
            </form>
        </Card>
    }
}

#[component]
fn Glance(me: Me) -> impl IntoView {
    let words = PageWords::of(language());
    let verified = me.email_verified;
    view! {
        <Card id="glance" title=words.account_card>
            <dl class="glance">
                <div>
                    <dt>{words.address}</dt>
                    <dd>
                        <span>{me.email}</span>
                        <Badge label=if verified { words.confirmed } else { words.unconfirmed } good=verified/>
                    </dd>
                </div>
                <div>
                    <dt>{words.second_step}</dt>
                    <dd><a class="text-link" href="/account/security">{if me.totp_enabled { words.on } else { words.off }}</a></dd>
                </div>
                <div>
                    <dt>{words.since}</dt>
                    <dd>{format::day(me.created_at_ms, language())}</dd>
                </div>
                {(me.role != Role::User).then(|| view! { <div><dt>{words.role}</dt><dd>{me.role.as_str()}</dd></div> })}
            </dl>
            {(!verified).then(|| view! { <Unverified/> })}
            <form class="form-line" method="post" action="/sign-out">
                <button class="button" type="submit"><Icon glyph=Glyph::SignOut/>{words.sign_out}</button>
            </form>
        </Card>
    }
    .into_any()
}

#[component]
fn Unverified() -> impl IntoView {
    let words = PageWords::of(language());
    view! {
        <form class="aside" method="post" action="/account/verify-again">
            <p>{words.unconfirmed_note}</p>
            <button class="button" type="submit"><Icon glyph=Glyph::Mail/>{words.send_again}</button>
        </form>
    }
}
