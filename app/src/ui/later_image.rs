//! A picture that may wait.

use leptos::prelude::*;

/// Holds a picture's place: nothing, in one pixel.
const NOTHING: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/// A picture that is asked for when the page has been painted, so that it takes nothing from what is looked at first: `start.js`
/// does that, and a browser without scripts asks at once. As markup, because the program has nothing to do with it.
#[component]
pub(crate) fn LaterImage(
    src: String,
    #[prop(optional)] alt: String,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    view! { <span class="later" inner_html=markup(&src, &alt, class)></span> }
}

fn markup(src: &str, alt: &str, class: &str) -> String {
    let alt = alt.replace('&', "&amp;").replace('"', "&quot;");
    let rest = format!(r#"class="{class}" alt="{alt}" width="160" height="160""#);
    let picture = format!(r#"<img src="{src}" {rest}>"#);
    // Where a program draws the page, it has been painted.
    if cfg!(feature = "ssr") {
        format!(r#"<img src="{NOTHING}" data-src="{src}" {rest}><noscript>{picture}</noscript>"#)
    } else {
        picture
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stays_inside_its_attribute() {
        assert!(markup("/a.webp", r#"Ann" onload="x"#, "").contains(r#"alt="Ann&quot; onload=&quot;x""#));
    }
}
