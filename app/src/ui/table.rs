//! Rows and columns; on a phone each row becomes a block that names its columns.

use leptos::prelude::*;

/// A table of texts.
#[component]
pub(crate) fn Table(
    caption: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    /// What to say instead where there are no rows.
    empty: &'static str,
) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="panel-note">{empty}</p> }.into_any();
    }
    let head: Vec<AnyView> =
        columns.iter().map(|&column| view! { <th scope="col">{column}</th> }.into_any()).collect();
    let body: Vec<AnyView> = rows.into_iter().map(|cells| row(&columns, cells)).collect();
    view! {
        // The roles stay what they are, although the style sheet makes blocks of the rows on a phone.
        <table class="table" role="table">
            <caption>{caption}</caption>
            <thead role="rowgroup"><tr role="row">{head}</tr></thead>
            <tbody role="rowgroup">{body}</tbody>
        </table>
    }
    .into_any()
}

fn row(columns: &[&'static str], cells: Vec<String>) -> AnyView {
    let cells: Vec<AnyView> = columns
        .iter()
        .zip(cells)
        .map(|(&column, cell)| view! { <td role="cell" data-column=column>{cell}</td> }.into_any())
        .collect();
    view! { <tr role="row">{cells}</tr> }.into_any()
}
