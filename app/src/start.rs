//! What begins a page's scripts, and its program if it has one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use contract::Language;
use contract::assets::PageFiles;
use leptos::nonce::Nonce;
use leptos::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};

/// When the scripts begin; the same on every page.
const START: &str = include_str!("start.js");

/// How the program begins, on pages that have one.
const BOOT: &str = include_str!("boot.js");

/// The source by which a policy lets `START` in: its hash (CSP Level 3, 2.3.1).
pub(crate) fn source_of_start() -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(START)))
}

/// A page's program: where its parts are, as `boot.js` reads it.
#[derive(Clone, Debug)]
pub(crate) struct Program(String);

impl Program {
    /// `pieces` are the addresses of the code that this page needs beside the main piece.
    pub(crate) fn new(files: &PageFiles, pieces: &[String]) -> Self {
        let parts = json!({
            "script": files.script,
            "script_integrity": files.script_integrity,
            "wasm": files.wasm,
            "pieces": pieces,
        });
        Self(parts.to_string())
    }
}

/// The one script in the text of a page: it fetches all others when the page has been painted.
#[component]
pub(crate) fn Start(
    files: PageFiles,
    language: Language,
    /// A script of this page alone.
    #[prop(optional)]
    also: Option<String>,
    /// What brings the page to life.
    #[prop(optional)]
    program: Option<Program>,
    /// Lets this script in where the policy does not name its hash.
    #[prop(default = None)]
    nonce: Option<Nonce>,
) -> impl IntoView {
    let scripts = [Some(files.shell), Some(files.install), also].into_iter().flatten();
    let scripts = scripts.collect::<Vec<_>>().join(" ");
    let text = if program.is_some() { format!("{START}{BOOT}") } else { START.to_owned() };
    // Browsers ask for a manifest without cookies: the page's language stands in the address.
    let manifest = format!("/manifest.webmanifest?lang={language}");
    view! {
        <script
            r#type="module"
            nonce=nonce
            data-scripts=scripts
            data-manifest=manifest
            data-program=program.map(|program| program.0)
            inner_html=text
        ></script>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_script_ends_the_element_it_stands_in() {
        assert!(!format!("{START}{BOOT}").contains("</"));
    }
}
