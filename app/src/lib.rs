//! What people see: pages and components, rendered by the server and brought to life in the browser.

// A page is one type, and the compiler looks into it as deep as its elements are nested.
#![recursion_limit = "256"]
#![allow(unreachable_pub, reason = "the component macro of Leptos writes `pub` whatever the component says")]

#[cfg(feature = "ssr")]
pub mod account;
mod design;
#[cfg(feature = "ssr")]
mod document;
mod engine;
mod format;
mod gallery;
mod home;
#[cfg(feature = "ssr")]
pub mod install;
mod layout;
mod models;
mod not_found;
pub mod results;
mod routes;
mod studio;
mod ui;
mod visitor;
mod words;

use contract::assets::StudioFiles;
#[cfg(feature = "ssr")]
pub use document::{content_security_policy, shell};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{Lazy, SsrMode, path};

use crate::engine::Engine;
use crate::layout::Frame;
use crate::not_found::NotFoundPage;
use crate::routes::{DesignRoute, HomeRoute, ModelsRoute, ResultRoute, StudioRoute};
use crate::studio::StudioKeeper;
pub use crate::visitor::Visitor;

/// Where the studio is.
pub const STUDIO: &str = "/studio";

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
    let engine = Engine::new(files);
    provide_context(engine);
    provide_context(StudioKeeper::new(engine));
    Effect::new(|_| {
        if let Some(body) = document().body() {
            let _ = body.set_attribute("data-hydrated", "true");
        }
    });
    view! {
        <Router>
            <Framed>
                <Routes fallback=NotFoundPage transition=true>
                    <Route path=path!("/") view={Lazy::<HomeRoute>::new()}/>
                    <Route path=path!("/studio") view={Lazy::<StudioRoute>::new()}/>
                    <Route path=path!("/models") view={Lazy::<ModelsRoute>::new()}/>
                    <Route path=path!("/design") view={Lazy::<DesignRoute>::new()}/>
                    // Waits for the answer: this page is for browsers without JavaScript, which cannot fill it in later.
                    <Route path=path!("/swaps/:id") view={Lazy::<ResultRoute>::new()} ssr=SsrMode::Async/>
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
