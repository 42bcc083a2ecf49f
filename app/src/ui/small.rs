//! The smallest pieces: an avatar, a badge, a skeleton.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::visitor::Visitor;

/// Who somebody is, in a circle: their initials, or a head where there are none. It says nothing itself.
#[component]
pub(crate) fn Avatar(#[prop(optional)] name: Option<String>) -> impl IntoView {
    match name.as_deref().map(Visitor::initials).filter(|initials| !initials.is_empty()) {
        Some(initials) => view! { <span class="avatar" aria-hidden="true">{initials}</span> }.into_any(),
        None => {
            view! { <span class="avatar avatar-nobody" aria-hidden="true"><Icon glyph=Glyph::Person/></span> }
                .into_any()
        }
    }
}

/// A state in a word.
#[component]
pub(crate) fn Badge(
    label: &'static str,
    /// Whether it is as it should be.
    good: bool,
) -> impl IntoView {
    view! { <span class="badge" data-good=good.to_string()>{label}</span> }.into_any()
}

/// The room of something that is on its way, so that nothing moves when it comes.
#[component]
pub(crate) fn Skeleton(
    /// How many lines of text it will be.
    #[prop(default = 1)]
    lines: usize,
) -> impl IntoView {
    let lines: Vec<AnyView> =
        (0..lines).map(|_| view! { <span class="skeleton"></span> }.into_any()).collect();
    view! { <div class="skeletons" aria-hidden="true">{lines}</div> }.into_any()
}
