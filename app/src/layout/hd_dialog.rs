//! What is asked before photos leave the device for a swap at full size. `frontend/scripts/hd.js` opens it and sends what it says.

use leptos::prelude::*;

use super::words::HdWords;
use crate::ui::{Choice, Dialog, Of};
use crate::words::language;

#[component]
pub(super) fn HdDialog() -> impl IntoView {
    let words = HdWords::of(language());
    let claims = [("self", words.myself), ("permission", words.permission), ("synthetic", words.synthetic)];
    let claims = claims.map(|(claim, label)| {
        view! { <Choice of=Of::One name="claim" value=claim label required=true/> }
    });
    view! {
        <Dialog id="hd-dialog" title=words.title>
            <form class="form" data-unsent=words.unsent>
                <p class="panel-note">{words.note}</p>
                <fieldset class="choices">
                    <legend class="field-label">{words.whose}</legend>
                    {claims.collect_view()}
                </fieldset>
                <Choice of=Of::Any name="age" value="yes" label=words.of_age required=true/>
                <p class="hd-fault" role="alert"></p>
                <button class="button button-main" type="submit">{words.send}</button>
            </form>
        </Dialog>
    }
    .into_any()
}
