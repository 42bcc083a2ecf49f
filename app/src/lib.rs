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
mod live;
mod models;
mod not_found;
pub mod results;
mod routes;
#[cfg(feature = "ssr")]
mod start;
mod studio;
mod ui;
mod verify;
mod visitor;
mod words;

use codee::binary::PostcardCodec;
use contract::assets::StudioFiles;
#[cfg(feature = "ssr")]
pub use document::{content_security_policy, shell};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::{Lazy, SsrMode, path};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::engine::Engine;
use crate::layout::Frame;
#[cfg(feature = "ssr")]
pub use crate::routes::route_name;
use crate::routes::{DesignRoute, HomeRoute, NotFoundRoute, PapersRoute, ResultRoute, StudioRoute};
use crate::studio::StudioKeeper;
pub use crate::visitor::Visitor;

/// The route of the addresses that nothing has, as axum writes it: the server answers those itself.
#[cfg(feature = "ssr")]
pub const WRONG_ADDRESS: &str = "/{*wrong}";

/// Where the studio is.
pub const STUDIO: &str = "/studio";

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let files: StudioFiles = handed();
    let visitor: Visitor = handed();
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
                <FlatRoutes fallback=|| () transition=true>
                    <Route path=path!("/") view={Lazy::<HomeRoute>::new()}/>
                    <Route path=path!("/studio") view={Lazy::<StudioRoute>::new()}/>
                    <Route path=path!("/live") view={Lazy::<StudioRoute>::new()}/>
                    <Route path=path!("/models") view={Lazy::<PapersRoute>::new()}/>
                    <Route path=path!("/verify") view={Lazy::<PapersRoute>::new()}/>
                    <Route path=path!("/design") view={Lazy::<DesignRoute>::new()}/>
                    // Waits for the answer: this page is for browsers without JavaScript, which cannot fill it in later.
                    <Route path=path!("/swaps/:id") view={Lazy::<ResultRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/*wrong") view={Lazy::<NotFoundRoute>::new()}/>
                </FlatRoutes>
            </Framed>
        </Router>
    }
    .into_any()
}

/// What the server knows and puts into the document for the browser. By postcard, because the code that reads JSON would be in
/// every visitor's download.
fn handed<T>() -> T
where
    T: Clone + Default + Serialize + DeserializeOwned + 'static,
{
    SharedValue::<T, PostcardCodec>::new_with_encoding(|| use_context::<T>().unwrap_or_default()).into_inner()
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
