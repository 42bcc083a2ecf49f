//! `/account/credits`: what there is to spend, and what became of the rest.

use contract::Language;
use contract::credits::{CreditBalance, TransferView};
use contract::paging::Page;
use leptos::prelude::*;

use super::document::{AccountFrame, Document, Place, titled};
use super::words::{CreditWords, PageWords, transfer};
use crate::format;
use crate::ui::Card;
use crate::words::language;

/// `/account/credits`.
#[derive(Clone, Debug)]
pub struct CreditsPage {
    /// What its owner has.
    pub balance: CreditBalance,
    /// What became of it, the newest first.
    pub history: Page<TransferView>,
}

impl Document for CreditsPage {
    fn title(&self, language: Language) -> String {
        titled(PageWords::of(language).credits)
    }

    fn body(self) -> AnyView {
        view! {
            <AccountFrame place=Place::Credits>
                <Balance balance=self.balance/>
                <History history=self.history/>
            </AccountFrame>
        }
        .into_any()
    }
}

#[component]
fn Balance(balance: CreditBalance) -> impl IntoView {
    let words = CreditWords::of(language());
    let allowance = (balance.monthly_allowance > 0).then(|| {
        let next = balance.next_allowance_at_ms;
        view! {
            <p class="panel-note">
                {words.next_before} " " <b>{balance.monthly_allowance}</b> " " {words.next_after} " "
                <time datetime=format::moment_iso(next)>{format::moment_utc(next, language())}</time>
            </p>
        }
    });
    view! {
        <Card id="balance" title=words.balance_title note=words.balance_note>
            <dl class="glance">
                <div><dt>{words.available}</dt><dd>{balance.available}</dd></div>
                <div><dt>{words.held}</dt><dd>{balance.held}</dd></div>
            </dl>
            {allowance}
        </Card>
    }
    .into_any()
}

#[component]
fn History(history: Page<TransferView>) -> impl IntoView {
    let words = CreditWords::of(language());
    let older = history.next.map(|next| {
        view! { <a class="text-link" href=format!("/account/credits?after={next}#history")>{words.older}</a> }
    });
    let inside = if history.items.is_empty() {
        view! { <p class="panel-note">{words.nothing_yet}</p> }.into_any()
    } else {
        let rows = history.items.into_iter().map(|line| view! { <Line line/> }).collect_view();
        view! { <ol class="rows">{rows}</ol> }.into_any()
    };
    view! {
        <Card id="history" title=words.history_title note=words.history_note wide=true>
            {inside}
            {older}
        </Card>
    }
    .into_any()
}

#[component]
fn Line(line: TransferView) -> impl IntoView {
    let language = language();
    // A capture moves nothing that can be spent: what it says is how many are gone for good.
    let amount = if line.change == 0 { line.amount.to_string() } else { format::signed(line.change) };
    view! {
        <li class="row">
            <div class="row-text">
                <p class="row-title">{transfer(line.kind, language)}</p>
                <p class="row-note">{line.note}</p>
            </div>
            <b class="row-amount" data-gain=(line.change > 0).to_string()>{amount}</b>
            <time class="row-time" datetime=format::moment_iso(line.at_ms)>{format::moment_utc(line.at_ms, language)}</time>
        </li>
    }
    .into_any()
}
