//! What people see: pages and components, rendered by the server and brought to life in the browser.

use contract::assets::{PageFiles, StudioFiles};
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

/// The document around the app, written by the server.
#[cfg(feature = "ssr")]
pub fn shell(files: PageFiles, studio: StudioFiles) -> impl IntoView {
    provide_context(studio);
    let boot = format!(
        "import init, {{ hydrate }} from '{}';\nawait init({{ module_or_path: '{}' }});\nhydrate();",
        files.script, files.wasm
    );
    let nonce = leptos::nonce::use_nonce();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <link rel="stylesheet" href=files.style integrity=files.style_integrity/>
                <link rel="modulepreload" href=files.script integrity=files.script_integrity crossorigin="anonymous"/>
                <link rel="preload" href=files.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <script type="module" nonce=nonce inner_html=boot></script>
                <MetaTags/>
            </head>
            <body><App/></body>
        </html>
    }
}

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let studio = SharedValue::new(|| use_context::<StudioFiles>().unwrap_or_default()).into_inner();
    provide_context(studio);
    Effect::new(|_| {
        if let Some(body) = document().body() {
            let _ = body.set_attribute("data-hydrated", "true");
        }
    });
    view! {
        <Title text="MOG AI"/>
        <Router>
            <Routes fallback=|| "Not found.".into_view()>
                <Route path=path!("/") view=|| view! { <h1>"MOG AI"</h1> }/>
            </Routes>
        </Router>
    }
}
