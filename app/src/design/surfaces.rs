//! Cards, news, dialogs, tables.

use contract::ErrorCode;
use leptos::prelude::*;

use super::words::DesignWords;
use crate::ui::{
    Avatar, Badge, ButtonLink, Card, Confirm, Dialog, DialogButton, EmptyState, Glyph, News, Notice,
    Skeleton, Stand, Table, Tabs, Toast, Weight,
};
use crate::words::language;

#[component]
pub(super) fn NewsOfAllKinds() -> impl IntoView {
    let words = DesignWords::of(language());
    let code = ErrorCode::ModelsUnavailable;
    let (fault, good) = (RwSignal::new(true), RwSignal::new(true));
    let gone = move || !fault.get() && !good.get();
    view! {
        <Card id="news" title=words.news>
            <div class="design-stack">
                <Notice news=News::Fault><p><b>{code.title(language())}</b> " " {code.advice(language())}</p></Notice>
                <Notice news=News::Good><p>{words.saved}</p></Notice>
                <Show when=move || fault.get()>
                    <Toast
                        news=News::Fault
                        about=Some("holiday-in-rome.jpg".to_owned())
                        title=code.title(language())
                        advice=code.advice(language())
                        on_dismiss=Callback::new(move |()| fault.set(false))
                    />
                </Show>
                <Show when=move || good.get()>
                    <Toast news=News::Good title=words.sent on_dismiss=Callback::new(move |()| good.set(false))/>
                </Show>
                <Show when=gone><p class="panel-note">{words.put_aside}</p></Show>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
pub(super) fn Cards() -> impl IntoView {
    let words = DesignWords::of(language());
    let make = view! { <ButtonLink href="/studio" label=words.make weight=Weight::Main/> }.into_any();
    let places =
        vec![("/design", words.plain), ("/design#tabs", words.waiting), ("/design#cards", words.disabled)];
    view! {
        <Card id="cards" title=words.cards note=words.card_note>
            <div class="design-stack">
                <div class="form-line">
                    <Avatar name="Ada Augusta Lovelace".to_owned()/>
                    <Avatar name="élise@exemple.fr".to_owned()/>
                    <Avatar/>
                    <Badge label=words.confirmed good=true/>
                    <Badge label=words.unconfirmed good=false/>
                </div>
                <Tabs label=words.tabs places chosen="/design"/>
                <p class="panel-note">{words.waiting}</p>
                <Skeleton lines=3/>
                <Confirm summary=words.remove question=words.remove_question open=true>
                    <ButtonLink href="/design" label=words.remove_now weight=Weight::Fault/>
                </Confirm>
                <EmptyState glyph=Glyph::Faces line=words.nothing advice=words.nothing_advice action=Some(make)/>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
pub(super) fn Overlays() -> impl IntoView {
    let words = DesignWords::of(language());
    view! {
        <Card id="overlays" title=words.overlays>
            <div class="form-line">
                <DialogButton opens="design-dialog" label=words.open_dialog/>
                <DialogButton opens="design-drawer" label=words.open_drawer/>
            </div>
        </Card>
        <Dialog id="design-dialog" title=words.dialog_title><p>{words.dialog_text}</p></Dialog>
        <Dialog id="design-drawer" title=words.drawer_title stand=Stand::Side><p>{words.dialog_text}</p></Dialog>
    }
    .into_any()
}

#[component]
pub(super) fn Devices() -> impl IntoView {
    let words = DesignWords::of(language());
    let columns = || vec![words.device, words.place, words.seen];
    let row =
        |device: &str, network: &str| vec![device.to_owned(), network.to_owned(), words.today.to_owned()];
    let rows = vec![row("Firefox", "192.0.2.0/24"), row(words.long_text, "2001:db8::/64")];
    view! {
        <Card id="devices" title=words.table wide=true>
            <Table caption=words.devices columns=columns() rows empty=words.no_devices/>
            <Table caption=words.devices columns=columns() rows=vec![] empty=words.no_devices/>
        </Card>
    }
    .into_any()
}
