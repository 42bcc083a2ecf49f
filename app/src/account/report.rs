//! `/report`: says that something must not be here. For anybody.

use contract::Language;
use contract::fields::Report;
use contract::moderation::{ReportReason, ReportState, ReportView};
use leptos::prelude::*;

use super::document::{Document, titled};
use super::form::{Done, Faults, Field, Kind, Send, Sent};
use super::lawful_words::{ReportWords, reason};
use crate::format;
use crate::ui::{Card, Choice, EmptyState, Glyph, Of, PageLine, Weight};
use crate::words::language;

/// `/report`.
#[derive(Clone, Debug, Default)]
pub struct ReportPage {
    /// What was sent: `address`, `reason`, `details`, `contact`.
    pub form: Sent,
    /// Whether a report has just arrived.
    pub taken: bool,
}

impl Document for ReportPage {
    fn title(&self, language: Language) -> String {
        titled(ReportWords::of(language).report)
    }

    fn description(&self, language: Language) -> Option<&'static str> {
        Some(ReportWords::of(language).about)
    }

    fn body(self) -> AnyView {
        let words = ReportWords::of(language());
        let form = self.form;
        let chosen =
            form.values.get("reason").cloned().unwrap_or_else(|| ReportReason::MyFace.as_str().into());
        let reasons = ReportReason::ALL.map(|each| {
            let checked = chosen == each.as_str();
            view! { <Choice of=Of::One name="reason" value=each.as_str() label=reason(each, language()) checked/> }
        });
        view! {
            <div class="account">
                <PageLine text=words.line/>
                <div class="account-cards">
                    <Done sentence=self.taken.then_some(words.taken)/>
                    <Card id="report" title=words.report note=words.note wide=true>
                        <form class="form" method="post" action="/report">
                            <Faults form=form.clone() of="report"/>
                            <Field form=form.clone() of="report" name="address" label=words.address kind=Kind::Text hint=words.address_hint required=true max_chars=500/>
                            <fieldset class="choices">
                                <legend class="field-label">{words.why}</legend>
                                {reasons.collect_view()}
                            </fieldset>
                            <Field form=form.clone() of="report" name="details" label=words.details kind=Kind::Lines max_chars=Report::MAX_CHARS/>
                            <Field form of="report" name="contact" label=words.contact kind=Kind::Email hint=words.contact_hint/>
                            <Send label=words.send/>
                        </form>
                    </Card>
                </div>
            </div>
        }
        .into_any()
    }
}

/// `/moderation`: what was reported and waits. For administrators.
#[derive(Clone, Debug)]
pub struct ModerationPage {
    /// The reports, the oldest first.
    pub reports: Vec<ReportView>,
    /// Whether one was decided just now.
    pub decided: bool,
}

impl Document for ModerationPage {
    fn title(&self, language: Language) -> String {
        titled(ReportWords::of(language).moderation)
    }

    fn body(self) -> AnyView {
        let words = ReportWords::of(language());
        let rows = self.reports.into_iter().map(|report| view! { <Waiting report/> }).collect_view();
        let list = match rows.is_empty() {
            true => view! { <EmptyState glyph=Glyph::Done line=words.nothing_waits/> }.into_any(),
            false => view! { <ul class="rows">{rows}</ul> }.into_any(),
        };
        view! {
            <div class="account">
                <PageLine text=words.moderation/>
                <div class="account-cards">
                    <Done sentence=self.decided.then_some(words.decided)/>
                    <Card id="waiting" title=words.waiting note=words.waiting_note wide=true>{list}</Card>
                </div>
            </div>
        }
        .into_any()
    }
}

#[component]
fn Waiting(report: ReportView) -> impl IntoView {
    let words = ReportWords::of(language());
    let decide = move |take_down: bool, label: &'static str, weight: Weight| {
        view! {
            <form method="post" action=format!("/moderation/{}", report.id)>
                <input type="hidden" name="take_down" value=take_down.to_string()/>
                <Send label weight/>
            </form>
        }
    };
    let picture = report.media.filter(|_| report.state == ReportState::Open).map(|id| {
        view! { <img class="report-picture" src=format!("/moderation/media/{id}") alt="" loading="lazy"/> }
    });
    view! {
        <li class="row">
            {picture}
            <div class="row-text">
                <p class="row-title">{reason(report.reason, language())}</p>
                <p class="row-note report-address">{report.address}</p>
                <p class="row-note">{report.details}</p>
                <p class="row-note">{format::day(report.created_at_ms, language())} " " {report.contact}</p>
            </div>
            <div class="form-line">
                {decide(true, words.take_down, Weight::Fault)}
                {decide(false, words.dismiss, Weight::Plain)}
            </div>
        </li>
    }
    .into_any()
}
