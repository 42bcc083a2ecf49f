//! `/account/faces`: what a person stated about the faces they use, and their age.

use contract::Language;
use contract::consent::{AttestationView, Claim};
use leptos::prelude::*;

use super::document::{AccountFrame, Document, Place, titled};
use super::form::{Confirm, Done, Send};
use super::lawful_words::FaceWords;
use crate::format;
use crate::ui::{Badge, Card, EmptyState, Glyph, Weight};
use crate::words::language;

/// What has just gone well on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceNews {
    /// The age was confirmed.
    OfAge,
    /// A statement was withdrawn.
    Withdrawn,
}

impl FaceNews {
    /// The news as it stands in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OfAge => "age",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The news of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::OfAge, Self::Withdrawn].into_iter().find(|news| news.as_str() == text)
    }
}

/// `/account/faces`.
#[derive(Clone, Debug)]
pub struct FacesPage {
    /// Whether its owner said that they are of age.
    pub of_age: bool,
    /// What was stated, the newest first.
    pub statements: Vec<AttestationView>,
    /// What has just gone well.
    pub news: Option<FaceNews>,
}

impl Document for FacesPage {
    fn title(&self, language: Language) -> String {
        titled(FaceWords::of(language).faces)
    }

    fn body(self) -> AnyView {
        let words = FaceWords::of(language());
        let said = self.news.map(|news| match news {
            FaceNews::OfAge => words.age_said,
            FaceNews::Withdrawn => words.withdrawn_now,
        });
        view! {
            <AccountFrame place=Place::Faces>
                <Done sentence=said/>
                <Card id="age" title=words.age_title note=words.age_note>
                    <Age of_age=self.of_age/>
                </Card>
                <Card id="statements" title=words.statements note=words.statements_note wide=true>
                    <Statements statements=self.statements/>
                </Card>
            </AccountFrame>
        }
        .into_any()
    }
}

#[component]
fn Age(of_age: bool) -> impl IntoView {
    let words = FaceWords::of(language());
    if of_age {
        return view! { <Badge label=words.of_age good=true/> }.into_any();
    }
    view! {
        <form class="form-line" method="post" action="/account/faces/age">
            <Send label=words.age_confirm/>
        </form>
    }
    .into_any()
}

#[component]
fn Statements(statements: Vec<AttestationView>) -> impl IntoView {
    let words = FaceWords::of(language());
    if statements.is_empty() {
        return view! { <EmptyState glyph=Glyph::Faces line=words.none/> }.into_any();
    }
    let rows = statements.into_iter().map(|statement| view! { <Row statement/> }).collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

#[component]
fn Row(statement: AttestationView) -> impl IntoView {
    let words = FaceWords::of(language());
    let claim = match statement.claim {
        Claim::Myself => words.myself,
        Claim::Permission => words.permission,
        Claim::Synthetic => words.synthetic,
    };
    let made = match statement.results {
        1 => words.one_result.to_owned(),
        many => format!("{many} {}", words.results),
    };
    let day = format::day(statement.created_at_ms, language());
    let way_back = match statement.revoked_at_ms {
        Some(at_ms) => {
            view! { <p class="row-note">{words.withdrawn} " " {format::day(at_ms, language())}</p> }
                .into_any()
        }
        None => view! {
            <Confirm summary=words.withdraw question=words.withdraw_question>
                <form method="post" action=format!("/account/faces/{}/withdraw", statement.id)>
                    <Send label=words.withdraw_now weight=Weight::Fault/>
                </form>
            </Confirm>
        }
        .into_any(),
    };
    view! {
        <li class="row">
            <div class="row-text">
                <p class="row-title">{claim}</p>
                <p class="row-note">{day} " · " {made}</p>
            </div>
            {way_back}
        </li>
    }
    .into_any()
}
