//! What people see: pages and components, rendered by the server and brought to life in the browser.

// A page is one type, and the compiler looks into it as deep as its elements are nested.
#![recursion_limit = "256"]
#![allow(unreachable_pub, reason = "the component macro of Leptos writes `pub` whatever the component says")]

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
mod document;
mod format;
mod layout;
mod models;
mod not_found;
pub mod results;
mod studio;
mod visitor;
mod words;

use contract::assets::StudioFiles;
#[cfg(feature = "ssr")]
pub use document::{content_security_policy, shell};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{SsrMode, path};

use crate::layout::Frame;
use crate::models::ModelsPage;
use crate::not_found::NotFoundPage;
use crate::results::ResultPage;
use crate::studio::{Studio, StudioPage};
pub use crate::visitor::Visitor;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let files = SharedValue::new(|| use_context::<StudioFiles>().unwrap_or_default()).into_inner();
    let visitor = SharedValue::new(|| use_context::<Visitor>().unwrap_or_default()).into_inner();
    let language = visitor.language;
    provide_context(language);
    provide_context(visitor);
    // Above the router, so that photos and the loaded engine outlive a look at another page.
    provide_context(Studio::new(files, language));
    Effect::new(|_| {
        if let Some(body) = document().body() {
            let _ = body.set_attribute("data-hydrated", "true");
        }
    });
    view! {
        <Router>
            <Framed>
                <Routes fallback=NotFoundPage>
                    <Route path=path!("/") view=StudioPage/>
                    <Route path=path!("/models") view=ModelsPage/>
                    // Waits for the answer: this page is for browsers without JavaScript, which cannot fill it in later.
                    <Route path=path!("/swaps/:id") view=ResultPage ssr=SsrMode::Async/>
                </Routes>
            </Framed>
        </Router>
    }
    .into_any()
}

/// The frame, which follows the router.
#[component]
fn Framed(children: Children) -> impl IntoView {
    let location = use_location();
    let address = Signal::derive(move || match location.search.get() {
        search if search.is_empty() => location.pathname.get(),
        search => format!("{}?{search}", location.pathname.get()),
    });
    view! { <Frame address>{children()}</Frame> }
}
