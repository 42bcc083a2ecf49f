//! The app as something to install, which works without the server: its manifest, its service worker, and what that needs.

mod files;

use std::collections::HashSet;
use std::sync::Arc;

use app::install::{OfflinePage, web_manifest};
use app::{App, STUDIO};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use contract::{ErrorCode, Language};
use http_body_util::{BodyExt, Limited};
use leptos_axum::generate_route_list;
use serde::Serialize;

use self::files::OfflineFile;
use crate::assets::Folders;
use crate::http::AppState;
use crate::pages::account::document;
use crate::pages::seen;

/// The service worker, in the order of its parts.
const WORKER: [&str; 4] = [
    include_str!("worker/store.js"),
    include_str!("worker/cache.js"),
    include_str!("worker/queue.js"),
    include_str!("worker/worker.js"),
];

/// Where another program's photos are sent to (the manifest's `share_target`).
const SHARE: &str = "/share";

/// How much of what was shared is read, though nothing is kept: some photos of a phone.
const SHARED_BYTES: usize = 64 << 20;

/// What is shown in the place of a page that only the server can give.
const OFFLINE: &str = "/offline";

/// Asked for again each time: a device must learn that there is a new version.
const ASK: (HeaderName, HeaderValue) = (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));

/// The service worker with the list of what it keeps, read once.
#[derive(Clone, Debug)]
pub(crate) struct OfflineBuild {
    script: Arc<str>,
    pages: Arc<[String]>,
    addresses: Arc<HashSet<String>>,
}

/// What the worker is told. Its fields are read in `worker/*.js`.
#[derive(Serialize)]
struct Build {
    id: String,
    files: Vec<OfflineFile>,
    pages: Vec<String>,
    languages: [&'static str; Language::ALL.len()],
    studio: &'static str,
}

impl OfflineBuild {
    /// Looks at every file that a device is to keep.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub(crate) fn of(folders: &Folders) -> anyhow::Result<Self> {
        let files = files::collect(folders)?;
        let pages = pages();
        let id = files::build_id(&files, &[&WORKER.concat(), &pages.join(" "), env!("CARGO_PKG_VERSION")]);
        let languages = Language::ALL.map(Language::tag);
        let addresses = files.iter().map(|OfflineFile(address, _)| address.clone()).collect();
        let build = Build { id, files, pages: pages.clone(), languages, studio: STUDIO };
        let script = format!("const BUILD = {};\n{}", serde_json::to_string(&build)?, WORKER.join("\n"));
        Ok(Self { script: script.into(), pages: pages.into(), addresses: Arc::new(addresses) })
    }

    /// Whether this is the address, version included, of a file as it is today.
    pub(crate) fn has(&self, address: &str) -> bool {
        self.addresses.contains(address)
    }

    /// A build of these addresses and nothing else.
    #[cfg(test)]
    pub(crate) fn with(addresses: &[&str]) -> Self {
        let addresses = addresses.iter().map(|&address| address.into()).collect();
        Self { script: "".into(), pages: [].into(), addresses: Arc::new(addresses) }
    }

    /// Whether a path is that of a page which is the same for everybody, but for who looks at it.
    pub(crate) fn is_for_everybody(&self, path: &str) -> bool {
        path != OFFLINE && self.pages.iter().any(|page| page == path)
    }
}

/// The app's own pages but for those of one thing, which the server alone knows.
fn pages() -> Vec<String> {
    let routes = generate_route_list(App);
    let own = routes.iter().map(|route| route.path().to_owned());
    let mut pages: Vec<String> = own.filter(|path| !path.contains([':', '{', '*'])).collect();
    pages.push(OFFLINE.into());
    pages.sort();
    pages.dedup();
    pages
}

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/sw.js", get(worker))
        .route("/manifest.webmanifest", get(manifest))
        .route(OFFLINE, get(offline))
        .route(SHARE, get(share_again).post(share))
}

async fn worker(State(state): State<AppState>) -> Response {
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    ([kind, ASK], state.offline.script.to_string()).into_response()
}

async fn manifest(parts: Parts) -> Response {
    let language = seen::of(&parts).visitor.language;
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/manifest+json"));
    let language_of_it = (header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    ([kind, language_of_it, ASK], web_manifest(language, SHARE)).into_response()
}

async fn offline(State(state): State<AppState>, parts: Parts) -> Response {
    let mut page = document(&state, &seen::of(&parts), OFFLINE, StatusCode::OK, OfflinePage);
    page.headers_mut().insert(ASK.0, ASK.1);
    page
}

/// Shared photos are the service worker's to take. They came here because there is none, and here is nobody to show them.
///
/// They are read to their end and forgotten piece by piece: a browser that gets an answer before it has sent everything may
/// wait for ever.
async fn share(photos: Body) -> Redirect {
    let mut photos = Limited::new(photos, SHARED_BYTES);
    while let Some(Ok(_)) = photos.frame().await {}
    Redirect::to(&format!("{STUDIO}?problem={}", ErrorCode::ShareNotReady.as_str()))
}

/// The address after a reload.
async fn share_again() -> Redirect {
    Redirect::to(STUDIO)
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use serde_json::Value;

    use super::*;
    use crate::testing::{Form, TestServer, with_header};

    fn build(script: &str) -> Value {
        let line = script.lines().next().unwrap();
        let json = line.strip_prefix("const BUILD = ").and_then(|rest| rest.strip_suffix(';')).unwrap();
        serde_json::from_str(json).unwrap()
    }

    #[tokio::test]
    async fn the_worker_is_asked_for_each_time_and_knows_every_page_of_the_app() {
        let server = TestServer::start().await;
        let answer = server.get("/sw.js").await;
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-cache");
        assert_eq!(answer.header(header::CONTENT_TYPE), "text/javascript; charset=utf-8");
        assert!(answer.header(header::CONTENT_SECURITY_POLICY).contains("connect-src 'self'"));
        let build = build(answer.text());
        let pages: Vec<&str> = build["pages"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(["/", "/models", OFFLINE, STUDIO].iter().all(|page| pages.contains(page)), "{pages:?}");
        assert!(!pages.iter().any(|page| page.starts_with("/account") || page.starts_with("/swaps")));
        for page in pages {
            let answer = server.get(page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            let policy = answer.header(header::CACHE_CONTROL);
            assert!(!policy.contains("private") && !policy.contains("no-store"), "{page}: {policy}");
        }
    }

    #[tokio::test]
    async fn every_file_of_the_list_is_served_at_its_address() {
        let server = TestServer::start().await;
        let files = build(server.get("/sw.js").await.text())["files"].clone();
        for file in files.as_array().unwrap() {
            let answer = server.get(file[0].as_str().unwrap()).await;
            assert_eq!(answer.status, StatusCode::OK, "{file}");
        }
    }

    #[tokio::test]
    async fn the_manifest_speaks_the_visitor_s_language() {
        let server = TestServer::start().await;
        let ask = |language| {
            let request = Request::get("/manifest.webmanifest").body(Body::empty()).unwrap();
            server.send(with_header(request, "accept-language", language))
        };
        let (english, french) = (ask("en").await, ask("fr").await);
        assert_eq!(french.header(header::CONTENT_TYPE), "application/manifest+json");
        assert_eq!(french.header(header::CONTENT_LANGUAGE), "fr");
        let (english, french): (Value, Value) =
            (serde_json::from_slice(&english.body).unwrap(), serde_json::from_slice(&french.body).unwrap());
        assert_eq!((&english["id"], &english["name"]), (&french["id"], &french["name"]));
        assert_ne!(english["description"], french["description"]);
        for manifest in [english, french] {
            for picture in ["icons", "screenshots"] {
                for each in manifest[picture].as_array().unwrap() {
                    let answer = server.get(each["src"].as_str().unwrap()).await;
                    assert_eq!(answer.status, StatusCode::OK, "{each}");
                    assert_eq!(answer.header(header::CONTENT_TYPE), each["type"].as_str().unwrap());
                }
            }
        }
    }

    #[tokio::test]
    async fn shared_photos_that_nobody_can_take_lead_to_the_studio_which_says_so() {
        let server = TestServer::start().await;
        let answer = server.send(Form::default().file("photos", b"\xff\xd8\xff").to(SHARE)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let studio = server.get(answer.header(header::LOCATION)).await;
        assert!(studio.text().contains(ErrorCode::ShareNotReady.title(Language::English)));
        assert_eq!(server.get(SHARE).await.header(header::LOCATION), STUDIO);
    }
}
