//! The pages: Leptos, the forms of browsers without JavaScript, and files.

pub(crate) mod account;
pub(crate) mod delete_result;
pub(crate) mod language;
mod remembered;
pub(crate) mod seen;
pub(crate) mod swap_form;
pub(crate) mod theme;

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use app::results::ResultReader;
use app::{App, Visitor, WRONG_ADDRESS, route_name, shell};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::request::Parts;
use axum::http::response::Parts as ResponseParts;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use contract::results::{ResultId, ResultView};
use contract::{ErrorCode, Language};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list_with_exclusions, render_app_async_with_context};
use platform::results::ResultService;
use tower::{Service, ServiceBuilder};
use tower_http::services::ServeDir;

use self::seen::Seen;
use crate::http::AppState;
use crate::middleware::static_cache;
use crate::offline;

/// Every page and every form.
pub(crate) fn routes(state: &AppState) -> Router<AppState> {
    Router::new()
        .route("/swaps", post(swap_form::post))
        .route("/swaps/{id}/delete", post(delete_result::post))
        .route("/language", post(language::post))
        .route("/theme", post(theme::post))
        .merge(account::routes())
        .merge(offline::routes())
        .merge(leptos_routes(state))
        .layer(from_fn_with_state(state.clone(), seen::establish))
}

/// The routes that the app itself declares, and its server functions.
fn leptos_routes(state: &AppState) -> Router<AppState> {
    let routes = generate_route_list_with_exclusions(App, Some(vec![WRONG_ADDRESS.into()]));
    Router::new().leptos_routes_with_context(state, routes, context(state), document(state))
}

/// Trunk's output under `/pkg`, the rest under `/assets`, precompressed where the build did so.
pub(crate) fn static_files(state: &AppState) -> Router<AppState> {
    let folders = &state.assets.folders;
    let files = |folder| ServeDir::new(folder).precompressed_br().append_index_html_on_directories(false);
    Router::new()
        .nest_service("/pkg", files(&folders.dist))
        .nest_service("/assets", files(&folders.assets))
        .layer(from_fn_with_state(state.offline.clone(), static_cache::add))
}

/// What no route knows: a file of `public/`, or the app's page for a wrong address.
pub(crate) fn fallback(
    state: &AppState,
) -> impl Service<Request, Response = impl IntoResponse, Error = Infallible, Future: Send>
+ Clone
+ Send
+ Sync
+ 'static {
    let seen = from_fn_with_state(state.clone(), seen::establish);
    let not_found = wrong_address.layer(seen).with_state(state.clone());
    let public = ServeDir::new(&state.assets.folders.public)
        .append_index_html_on_directories(false)
        .call_fallback_on_method_not_allowed(true)
        .fallback(not_found);
    ServiceBuilder::new().layer(from_fn_with_state(state.offline.clone(), static_cache::add)).service(public)
}

async fn wrong_address(State(state): State<AppState>, request: Request<Body>) -> Response {
    let render = render_app_async_with_context(context(&state), document(&state));
    let mut response = render(request).await.into_response();
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// The page that says what went wrong, in the place of an answer that a handler or a layer gave up on.
pub(crate) fn instead_of(
    mut parts: ResponseParts,
    state: &AppState,
    language: Language,
    address: String,
    code: ErrorCode,
) -> Response {
    let visitor = Visitor { language, ..Visitor::default() };
    let page = account::failure(state, &Seen { visitor, address, me: Ok(None) }, code);
    let (head, body) = page.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    for (name, value) in &head.headers {
        parts.headers.insert(name.clone(), value.clone());
    }
    Response::from_parts(parts, body)
}

/// What components and server functions find in their context.
fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let results: Arc<dyn ResultReader> = Arc::new(Results(state.results.clone()));
    move || provide_context(results.clone())
}

fn document(state: &AppState) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    let (assets, site, offline) = (Arc::clone(&state.assets), state.site.clone(), state.offline.clone());
    move || {
        let parts = use_context::<Parts>();
        let visitor = parts.as_ref().map(|parts| seen::of(parts).visitor).unwrap_or_default();
        let path = parts.map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
        let public_address = offline.is_for_everybody(&path).then(|| site.address_of(&path));
        let pieces = assets.pieces.of_page(&path);
        let mut files = assets.page.clone();
        if route_name(&path) == "design" {
            // It shows the components of documents, too.
            files.style = files.documents_style.clone();
        }
        shell(files, &pieces, assets.studio.clone(), visitor, public_address).into_any()
    }
}

/// The app's window on stored results.
struct Results(ResultService);

impl ResultReader for Results {
    fn find<'a>(&'a self, id: ResultId) -> Pin<Box<dyn Future<Output = Option<ResultView>> + Send + 'a>> {
        Box::pin(async move {
            self.0.find(id).await.unwrap_or_else(|error| {
                tracing::error!(%error, "a stored result could not be found");
                None
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, StatusCode, header};

    use crate::testing::{TestServer, with_header};

    fn policy() -> HeaderName {
        header::CONTENT_SECURITY_POLICY
    }

    #[tokio::test]
    async fn a_page_carries_a_fresh_nonce_and_no_unsafe_script() {
        let server = TestServer::start().await;
        let (one, two) = (server.get("/").await, server.get("/").await);
        assert_eq!(one.status, StatusCode::OK);
        assert!(one.header(policy()).contains("'nonce-"), "{}", one.header(policy()));
        assert_ne!(one.header(policy()), two.header(policy()));
        assert!(
            !one.header(policy()).contains("unsafe-inline")
                && !one.header(policy()).contains("'unsafe-eval'")
        );
        assert!(!one.text().contains(" style=\""), "the policy forbids style attributes");
        assert_eq!(one.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    }

    #[tokio::test]
    async fn every_inline_script_carries_the_nonce() {
        let answer = TestServer::start().await.get("/").await;
        let inline = answer.text().split("<script").skip(1).filter_map(|rest| rest.split('>').next());
        for tag in inline.filter(|tag| !tag.contains("src=") && !tag.contains("application/json")) {
            assert!(tag.contains("nonce="), "<script{tag}>");
        }
    }

    #[tokio::test]
    async fn a_wrong_address_gets_a_page_and_404() {
        let answer = TestServer::start().await.get("/nonsense").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.header(header::CONTENT_TYPE).starts_with("text/html"));
    }

    #[tokio::test]
    async fn files_say_how_long_they_may_be_kept() {
        let server = TestServer::start().await;
        let list = server.get("/sw.js").await;
        let model = "/assets/models/face_mesh.safetensors?v=";
        let version: String = list.text().split(model).nth(1).unwrap_or_default().chars().take(16).collect();
        for (version, policy) in
            [(version.as_str(), "public, max-age=31536000, immutable"), ("1", "no-cache")]
        {
            let model = server.get(&format!("{model}{version}")).await;
            assert_eq!((model.status, model.header(header::CACHE_CONTROL)), (StatusCode::OK, policy));
        }
        let worker = server.get("/pkg/worker.js").await;
        assert_eq!((worker.status, worker.header(header::CACHE_CONTROL)), (StatusCode::OK, "no-cache"));
        assert_eq!(server.get("/pkg/../Cargo.toml").await.status, StatusCode::NOT_FOUND);
        assert_eq!(server.get("/assets/nonsense").await.refusal(), (404, "not_found", None));
    }

    #[tokio::test]
    async fn a_models_brotli_twin_is_served_to_those_who_read_it() {
        let server = TestServer::start().await;
        let request = axum::http::Request::get("/assets/models/face_mesh.safetensors?v=1");
        let request = with_header(request.body(axum::body::Body::empty()).unwrap(), "accept-encoding", "br");
        let answer = server.send(request).await;
        assert_eq!(answer.header(header::CONTENT_ENCODING), "br");
    }
}
