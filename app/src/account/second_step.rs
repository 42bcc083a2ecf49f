//! Setting up the second step, and the codes for the day when the phone is lost.

use contract::Language;
use contract::auth::{RecoveryCodes, TotpSetup};
use leptos::prelude::*;

use super::document::{Document, titled};
use super::doors::Door;
use super::form::{Faults, Field, Kind, Send, Sent};
use super::words::{FormWords, SecurityWords};
use crate::ui::Weight;
use crate::words::language;

/// `/account/second-step`: a picture for the app, and a first code from it.
#[derive(Clone, Debug)]
pub struct TotpPage {
    /// What the app needs; none when it was shown before, and the first code was wrong.
    pub setup: Option<TotpSetup>,
    /// What was sent: `code`, never shown again.
    pub form: Sent,
}

impl Document for TotpPage {
    fn title(&self, language: Language) -> String {
        titled(SecurityWords::of(language).totp_title)
    }

    fn body(self) -> AnyView {
        let (words, fields) = (SecurityWords::of(language()), FormWords::of(language()));
        let form = self.form;
        let again = self.setup.is_none().then(|| {
            view! {
                <form class="door-foot" method="post" action="/account/second-step">
                    <Send label=words.set_up_again weight=Weight::Quiet/>
                </form>
            }
        });
        let lead = if self.setup.is_some() { words.set_up_scan } else { words.set_up_known };
        view! {
            <Door line=words.set_up_line lead>
                {self.setup.map(|setup| view! { <Scan setup/> })}
                <form class="form" method="post" action="/account/second-step/confirm">
                    <Faults form=form.clone() of="totp"/>
                    <Field form of="totp" name="code" label=words.set_up_enter kind=Kind::OneTimeCode required=true max_chars=7/>
                    <Send label=words.set_up_button/>
                </form>
                {again}
                <p class="door-foot"><a class="text-link" href="/account/security">{fields.cancel}</a></p>
            </Door>
        }
        .into_any()
    }
}

/// The secret: as a picture, and to type where no camera is at hand.
#[component]
fn Scan(setup: TotpSetup) -> impl IntoView {
    let words = SecurityWords::of(language());
    view! {
        // Ours, drawn by the server a moment ago.
        <div class="qr" role="img" aria-label=words.qr inner_html=setup.qr_svg.expose().to_owned()></div>
        <p class="door-note">{words.set_up_type} " " <code class="hash" id="secret">{grouped(setup.secret.expose())}</code></p>
    }
}

/// The recovery codes, this once.
#[derive(Clone, Debug)]
pub struct RecoveryPage {
    /// The codes.
    pub codes: RecoveryCodes,
}

impl Document for RecoveryPage {
    fn title(&self, language: Language) -> String {
        titled(SecurityWords::of(language).recovery_title)
    }

    fn body(self) -> AnyView {
        let (words, fields) = (SecurityWords::of(language()), FormWords::of(language()));
        let codes = self.codes.codes.into_iter().map(|code| {
            view! { <li><code>{code.expose().to_owned()}</code></li> }
        });
        view! {
            <Door line=words.recovery_line lead=words.recovery_lead>
                <ol class="codes" id="codes">{codes.collect_view()}</ol>
                <div class="form-line needs-script">
                    <button class="button" type="button" data-copies="codes" data-done=fields.copied>{fields.copy}</button>
                    <button class="button" type="button" data-prints="true">{fields.print}</button>
                </div>
                <a class="button button-main door-button" href="/account/security">{words.recovery_done}</a>
            </Door>
        }
        .into_any()
    }
}

/// In groups of four, as people read it aloud.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect()).collect::<Vec<String>>().join(" ")
}
