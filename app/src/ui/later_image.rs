//! A picture that may wait.

use leptos::prelude::*;

/// Holds a picture's place: nothing, in one pixel.
const NOTHING: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/// A picture that is asked for once the page has come to life, so that it takes nothing from what is looked at first; at once
/// where there are no scripts.
#[component]
pub(crate) fn LaterImage(
    src: String,
    #[prop(optional)] alt: String,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let begun = RwSignal::new(false);
    Effect::new(move |_| begun.set(true));
    let twin = twin(&src, &alt, class);
    view! {
        <img class=class src=move || if begun.get() { src.clone() } else { NOTHING.to_owned() } alt=alt width="160" height="160"/>
        <noscript inner_html=twin></noscript>
    }
    .into_any()
}

/// The picture as markup, for a browser that will never come to life.
fn twin(src: &str, alt: &str, class: &str) -> String {
    let alt = alt.replace('&', "&amp;").replace('"', "&quot;");
    format!(r#"<img class="{class}" src="{src}" alt="{alt}" width="160" height="160">"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stays_inside_its_attribute() {
        assert!(twin("/a.webp", r#"Ann" onload="x"#, "").contains(r#"alt="Ann&quot; onload=&quot;x""#));
    }
}
