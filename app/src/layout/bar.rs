//! The bar over every page: the logo and the tools.

use leptos::prelude::*;

use super::mark::Mark;
use super::tools::Tools;

/// The bar, as markup.
pub(super) fn html(address: &str) -> String {
    let back = address.to_owned();
    view! {
        <a class="logo" href="/">
            <Mark/>
            <span class="logo-name">
                <b>"MOG AI"</b>
                <small>"Mastering Optical Grafting"</small>
            </span>
        </a>
        <div class="tools"><Tools back/></div>
    }
    .into_any()
    .to_html()
}
