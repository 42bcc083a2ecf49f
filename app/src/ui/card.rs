//! A card: one subject, on glass.

use leptos::prelude::*;

/// A card with its title, and a sentence under it.
#[component]
pub(crate) fn Card(
    /// The card's id; its heading's is made of it.
    id: &'static str,
    title: &'static str,
    #[prop(optional)] note: Option<&'static str>,
    /// Whether it takes the whole row.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let heading = format!("{id}-title");
    view! {
        <section class=if wide { "panel panel-wide glass" } else { "panel glass" } id=id aria-labelledby=heading.clone()>
            <h2 class="panel-title" id=heading.clone()>{title}</h2>
            {note.map(|note| view! { <p class="panel-note">{note}</p> })}
            {children()}
        </section>
    }
    .into_any()
}
