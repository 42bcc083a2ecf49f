//! Where there is nothing yet.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// Says that there is nothing, and how to change that.
#[component]
pub(crate) fn EmptyState(
    glyph: Glyph,
    line: &'static str,
    #[prop(optional)] advice: Option<&'static str>,
    /// What there is to press.
    #[prop(default = None)]
    action: Option<AnyView>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon glyph/>
            <p class="empty-line">{line}</p>
            {advice.map(|advice| view! { <p class="panel-note">{advice}</p> })}
            {action}
        </div>
    }
    .into_any()
}
