//! What the head of every document says about the app as a whole.

use contract::Language;
use contract::assets::PageFiles;
use leptos::prelude::*;

/// The manifest in the page's language, the icon of Apple's devices, and the script that speaks with the service worker.
#[component]
pub(crate) fn InstallHead(files: PageFiles, language: Language) -> impl IntoView {
    // Browsers ask for a manifest without cookies: the page's language stands in the address.
    let manifest = format!("/manifest.webmanifest?lang={language}");
    view! {
        <link rel="manifest" href=manifest/>
        <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png"/>
        <script r#type="module" src=files.install></script>
    }
}
