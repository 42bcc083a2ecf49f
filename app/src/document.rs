//! The document around the app, and what it allows itself.

use std::sync::LazyLock;

use axum::http::{HeaderName, HeaderValue};
use contract::Language;
use contract::assets::{PageFiles, StudioFiles, StyleSheet};
use contract::users::Theme;
use leptos::html::meta;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

use crate::App;
use crate::install::Notices;
use crate::start::{Program, Start};
use crate::visitor::Visitor;

/// The icon of a tab, as an address that is its own content (RFC 2397): one request less before the first picture.
static ICON: LazyLock<String> = LazyLock::new(|| {
    let svg = include_str!("../../public/favicon.svg").replace('"', "'").replace(['\n', '\r'], " ");
    let encoded = svg.replace('%', "%25").replace('#', "%23").replace('<', "%3C").replace('>', "%3E");
    format!("data:image/svg+xml,{encoded}")
});

/// The `Content-Security-Policy` of every page: nothing from elsewhere, no inline style, and no inline script but
/// those that carry this answer's nonce.
pub fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' blob: data:; font-src 'self'; connect-src 'self' blob:; worker-src 'self'; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'; report-to csp; \
         report-uri /api/v1/csp-reports"
    )
}

/// The document around the app, written by the server for this visitor.
///
/// `pieces` are the addresses of the code that this page needs beside the main piece. `public_address` is where everybody can
/// find this page, if everybody can: search engines are told of its languages.
pub fn shell(
    files: PageFiles,
    pieces: &[String],
    studio: StudioFiles,
    visitor: Visitor,
    public_address: Option<String>,
) -> impl IntoView {
    let (language, theme) = (visitor.language, visitor.theme);
    provide_context(studio);
    provide_context(visitor);
    provide_context(files.clone());
    let program = Program::new(&files, pieces);
    let style = files.style.clone();
    let nonce = use_nonce();
    if let (Some(nonce), Some(options)) = (&nonce, use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&content_security_policy(nonce))
    {
        options.insert_header(HeaderName::from_static("content-security-policy"), policy);
    }
    view! {
        <!DOCTYPE html>
        <html lang=language.tag() data-theme=theme.as_str()>
            <head>
                <Head style theme/>
                {public_address.map(|address| view! { <Alternates address/> })}
                <Start files language program nonce/>
                <MetaTags/>
            </head>
            <body><App/><Notices language/></body>
        </html>
    }
    .into_any()
}

/// What the head of every document has: style, typefaces, colours.
#[component]
pub(crate) fn Head(style: StyleSheet, theme: Theme) -> impl IntoView {
    // The colour of a phone's bars.
    let bars = |colour, device| meta().name("theme-color").content(colour).attr("media", device);
    let (dark, light) = ("#0a1012", "#eaf0ee");
    let (scheme, in_dark, in_light) = match theme {
        Theme::System => ("dark light", dark, light),
        Theme::Dark => ("dark", dark, dark),
        Theme::Light => ("light", light, light),
    };
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
        <meta name="color-scheme" content=scheme/>
        {bars(in_dark, "(prefers-color-scheme: dark)")}
        {bars(in_light, "(prefers-color-scheme: light)")}
        <link rel="icon" href=ICON.as_str() r#type="image/svg+xml"/>
        <link rel="preload" href="/assets/fonts/geist-core.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
        <link rel="preload" href="/assets/fonts/instrument-serif-core.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
        <link rel="stylesheet" href=style.url integrity=style.integrity/>
        <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png"/>
    }
}

/// The same page in each language, and at the address that answers in the visitor's own (docs/adr/0027).
#[component]
fn Alternates(address: String) -> impl IntoView {
    let each = Language::ALL.map(|language| {
        let href = format!("{address}?lang={language}");
        view! { <link rel="alternate" hreflang=language.tag() href=href/> }
    });
    view! {
        {each.collect_view()}
        <link rel="alternate" hreflang="x-default" href=address/>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_lets_the_engine_compile_and_no_inline_style_in() {
        let policy = content_security_policy("abc");
        assert!(policy.contains("script-src 'self' 'nonce-abc' 'wasm-unsafe-eval';"));
        assert!(policy.contains("style-src 'self';"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }
}
