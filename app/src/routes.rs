//! The pages whose code a browser fetches when they are opened (docs/adr/0009).

use leptos::prelude::*;
use leptos_router::hooks::use_matched;
use leptos_router::{LazyRoute, lazy_route};

use crate::design::DesignPage;
use crate::home::HomePage;
use crate::live::LivePage;
use crate::models::ModelsPage;
use crate::not_found::NotFoundPage;
use crate::results::ResultPage;
use crate::studio::StudioPage;
use crate::verify::VerifyPage;

/// Declares a route that is fetched when it is opened. Pages get their data from the context or ask for it themselves.
macro_rules! lazy_pages {
    ($($(#[$doc:meta])* $route:ident => $page:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $route;

        #[lazy_route]
        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            fn view(_this: Self) -> AnyView {
                view! { <$page/> }.into_any()
            }
        }
    )*};
}

/// What the route of an address is called in the names of its pieces.
#[cfg(feature = "ssr")]
pub fn route_name(path: &str) -> &str {
    match path.split('/').nth(1).unwrap_or_default() {
        "" => "home",
        "swaps" => "result",
        "live" => "studio",
        "models" | "verify" => "papers",
        own => own,
    }
}

/// Two pages in one piece: each further piece splits what all of them share into more and smaller parts, which weigh more.
#[component]
fn PapersPage() -> impl IntoView {
    match &*use_matched().get_untracked() {
        "/verify" => view! { <VerifyPage/> }.into_any(),
        _ => view! { <ModelsPage/> }.into_any(),
    }
}

/// Two pages that are made of much the same.
#[component]
fn StudioPages() -> impl IntoView {
    match &*use_matched().get_untracked() {
        "/live" => view! { <LivePage/> }.into_any(),
        _ => view! { <StudioPage/> }.into_any(),
    }
}

lazy_pages! {
    /// `/`.
    HomeRoute => HomePage;
    /// `/studio` and `/live`.
    StudioRoute => StudioPages;
    /// `/models` and `/verify`.
    PapersRoute => PapersPage;
    /// `/design`.
    DesignRoute => DesignPage;
    /// `/swaps/{id}`.
    ResultRoute => ResultPage;
    /// Every other address.
    NotFoundRoute => NotFoundPage;
}
