//! The whole service in a test's own process: real engine, real database in a folder that vanishes.

mod accounts;
mod shown;

use std::net::SocketAddr;
use std::path::Path;
use std::process::Child;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use contract::Problem;
use engine::photo::Photo;
use engine::{Engine, ModelFiles, codec};
use http_body_util::BodyExt;
use platform::auth::{AuthConfig, HashCost};
use platform::clock::Clock;
use platform::database::testing::TestDatabase;
use platform::database::{Database, DatabaseKind};
use platform::provenance::ProvenanceService;
use platform::results::{Pictures, ResultService, SqlResults};
use platform::sealing::{InstanceSecret, SECRET_BYTES};
use platform::swaps::SwapService;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tower::ServiceExt;

pub(crate) use self::accounts::{PASSWORD, Person};
use crate::assets::{Assets, Folders};
use crate::config::Config;
use crate::http::{AppState, Parts, leptos_options, router};
use crate::offline::OfflineBuild;
use crate::operations::Operations;
use crate::ports::{SystemClock, SystemRandom};
use crate::services::{Ground, Services};
use crate::site::Site;

/// What Trunk would have written.
const INDEX: &str = r#"
    <link rel="stylesheet" href="/pkg/main-0123456789abcdef.css" integrity="sha384-css"/>
    <link rel="stylesheet" href="/pkg/documents-0123456789abcdef.css" integrity="sha384-css"/>"#;

/// What `cargo xtask` would have written of the page that it cut.
const PAGE: &str = r#"{"folder":"/pkg/page-0123456789abcdef","integrity":"sha384-js","pieces":{}}"#;

/// Cargo runs tests in their package's folder.
const REPOSITORY: &str = "..";

/// A process that ends with its test.
pub(crate) struct Ends(pub(crate) Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A service for one test.
pub(crate) struct TestServer {
    router: Router,
    state: AppState,
    folder: Arc<TempDir>,
    pub(crate) clock: Arc<TestClock>,
    /// Kept for as long as the server is.
    stored: Arc<TestDatabase>,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl TestServer {
    /// As the settings are by default, but without limits: a test asks faster than anybody may. On SQLite.
    pub(crate) async fn start() -> Self {
        Self::on(TestDatabase::migrated(DatabaseKind::Sqlite).await).await
    }

    /// The same on a database of the test's own.
    pub(crate) async fn on(database: TestDatabase) -> Self {
        let mut config = Config::default();
        config.limits.enabled = false;
        Self::of(&config, database).await
    }

    /// With these settings, but for addresses and folders.
    pub(crate) async fn with(config: &Config) -> Self {
        Self::of(config, TestDatabase::migrated(DatabaseKind::Sqlite).await).await
    }

    async fn of(config: &Config, database: TestDatabase) -> Self {
        let folder = TempDir::new().unwrap();
        let dist = folder.path().join("dist");
        std::fs::create_dir_all(dist.join("scripts")).unwrap();
        let built = [
            ("index.html", INDEX),
            ("page.json", PAGE),
            ("worker.js", "/* worker */"),
            ("worker_bg.wasm", "wasm"),
            ("notary.js", "/* notary */"),
            ("notary_bg.wasm", "wasm"),
        ];
        for (name, content) in built {
            std::fs::write(dist.join(name), content).unwrap();
        }
        let repository = Path::new(REPOSITORY);
        for script in std::fs::read_dir(repository.join("frontend/scripts")).unwrap() {
            let script = script.unwrap();
            std::fs::copy(script.path(), dist.join("scripts").join(script.file_name())).unwrap();
        }
        let folders = Folders { dist, assets: repository.join("assets"), public: repository.join("public") };
        let assets = Assets::load(folders).expect("run `cargo xtask models` first");
        let clock = Arc::new(TestClock::default());
        let Services { auth, users, idempotency, credits, jobs, media, consent, moderation, hd_swaps } =
            services(config, &database, clock.clone(), folder.path());
        let results = ResultService::new(
            Arc::new(SqlResults::new(database.clone())),
            Pictures::open(&folder.path().join("results")).unwrap(),
            Arc::new(SystemClock),
            Arc::new(SystemRandom),
        );
        let operations = Operations::new(config, &database, Arc::new(SystemClock));
        operations.readiness.started();
        let provenance = ProvenanceService::open(
            &database,
            &secret(),
            "mog.example",
            Arc::new(SystemClock),
            &SystemRandom,
        )
        .await
        .unwrap();
        let swaps = SwapService::new(engine(&repository.join("assets/models")), provenance.clone(), 2);
        let state = AppState::from(Parts {
            leptos: leptos_options(),
            offline: OfflineBuild::of(&assets.folders).unwrap(),
            assets: Arc::new(assets),
            database: database.clone(),
            provenance,
            swaps,
            results,
            clock: clock.clone(),
            site: site(),
            operations,
            auth,
            users,
            idempotency,
            credits,
            jobs,
            media,
            consent,
            moderation,
            hd_swaps,
        });
        Self {
            router: router(state.clone()),
            state,
            folder: Arc::new(folder),
            clock,
            stored: Arc::new(database),
        }
    }

    /// A second server beside this one, as several behind a balancer: of its own but for database and folders.
    pub(crate) fn another(&self, config: &Config) -> Self {
        let operations = Operations::new(config, &self.state.database, Arc::new(SystemClock));
        let state = AppState::from(Parts { operations, ..Parts::clone(&self.state) });
        Self {
            router: router(state.clone()),
            state,
            folder: Arc::clone(&self.folder),
            clock: self.clock.clone(),
            stored: self.stored.clone(),
        }
    }

    pub(crate) fn database(&self) -> &Database {
        &self.state.database
    }

    pub(crate) const fn state(&self) -> &AppState {
        &self.state
    }

    pub(crate) fn operations(&self) -> &Operations {
        &self.state.operations
    }

    /// Pictures that the server keeps at this moment.
    pub(crate) fn kept_pictures(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("results")).unwrap().count()
    }

    /// Serves on a port of this machine, for as long as the test runs.
    pub(crate) async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = self.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        address
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }
}

impl Answer {
    pub(crate) fn header(&self, name: HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The body as a problem document, which it must be.
    pub(crate) fn problem(&self) -> Problem {
        assert_eq!(self.header(header::CONTENT_TYPE), contract::problem::MEDIA_TYPE);
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status.as_u16());
        assert!(problem.request_id.is_some(), "a problem names its request");
        problem
    }

    /// Status, code and field of the problem.
    pub(crate) fn refusal(&self) -> (u16, &'static str, Option<String>) {
        let problem = self.problem();
        (problem.status, problem.code.as_str(), problem.field)
    }
}

/// A clock that a test sets. It begins with 2026.
#[derive(Debug)]
pub(crate) struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_767_225_600_000))
    }
}

impl TestClock {
    pub(crate) fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// The instance's secret.
pub(crate) fn secret() -> InstanceSecret {
    InstanceSecret::new(&[7; SECRET_BYTES])
}

/// Accounts whose passwords cost next to nothing to hash.
fn services(settings: &Config, database: &Database, clock: Arc<dyn Clock>, data: &Path) -> Services {
    let (credits, jobs) = (settings.jobs.credits(), settings.jobs.jobs());
    let mut config = AuthConfig::new("https://mog.example", secret(), 2);
    config.hash_cost = HashCost { memory_kib: 32, passes: 1, lanes: 1 };
    let (database, random) = (database.clone(), Arc::new(SystemRandom));
    let store = crate::ports::media::store(&settings.media, data).unwrap();
    let media = settings.media.limits(data);
    let safety = crate::ports::safety::judge(&settings.safety).unwrap();
    let ground = Ground { database, config, credits, jobs, clock, random, media, store, safety };
    Services::new(ground).unwrap()
}

/// Under https, so that cookies and headers are as strict as they get.
fn site() -> Site {
    Site::new(
        &"https://mog.example".to_owned().try_into().unwrap(),
        &["https://app.example".parse().unwrap()],
    )
}

fn engine(models: &Path) -> Arc<Engine> {
    static ENGINE: OnceLock<Arc<Engine>> = OnceLock::new();
    let load = || {
        let files = ModelFiles::read(|name| std::fs::read(models.join(name)));
        let files = files.expect("run `cargo xtask models` first");
        Arc::new(Engine::load(&files, &engine::cpu()).unwrap())
    };
    Arc::clone(ENGINE.get_or_init(load))
}

/// Two portraits of nobody as JPEG files.
pub(crate) fn portraits() -> [Vec<u8>; 2] {
    let samples = Path::new(REPOSITORY).join("assets/samples");
    let gallery = portrait::gallery();
    [0, 1].map(|at: usize| {
        let file = samples.join(format!("{}.webp", gallery[at].name));
        let file = std::fs::read(file).expect("run `cargo xtask serve` first, which draws them");
        codec::encode_jpeg(&codec::decode(&file, &codec::Limits::default()).unwrap(), 90).unwrap()
    })
}

/// A picture of nothing.
pub(crate) fn grey_png(width: u32, height: u32) -> Vec<u8> {
    let rgba = vec![128; width as usize * height as usize * 4];
    codec::encode_png(&Photo::from_rgba(width, height, rgba).unwrap()).unwrap()
}

/// A multipart form, as a browser sends it.
#[derive(Default)]
pub(crate) struct Form {
    body: Vec<u8>,
}

const BOUNDARY: &str = "----mog-test";

impl Form {
    pub(crate) fn file(self, name: &str, bytes: &[u8]) -> Self {
        self.part(
            &format!("name=\"{name}\"; filename=\"photo\"\r\nContent-Type: application/octet-stream"),
            bytes,
        )
    }

    pub(crate) fn named_file(self, name: &str, file_name: &str, bytes: &[u8]) -> Self {
        self.part(&format!("name=\"{name}\"; filename=\"{file_name}\""), bytes)
    }

    /// What a browser sends for a file input with nothing picked.
    pub(crate) fn no_file(self, name: &str) -> Self {
        self.part(&format!("name=\"{name}\"; filename=\"\"\r\nContent-Type: application/octet-stream"), b"")
    }

    pub(crate) fn text(self, name: &str, value: &str) -> Self {
        self.part(&format!("name=\"{name}\""), value.as_bytes())
    }

    fn part(mut self, disposition: &str, bytes: &[u8]) -> Self {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
        self.body.extend_from_slice(head.as_bytes());
        self.body.extend_from_slice(bytes);
        self.body.extend_from_slice(b"\r\n");
        self
    }

    pub(crate) fn to(mut self, path: &str) -> Request<Body> {
        self.body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        Request::post(path).header(header::CONTENT_TYPE, content_type).body(Body::from(self.body)).unwrap()
    }
}

/// A request with one more header.
pub(crate) fn with_header(
    mut request: Request<Body>,
    name: &'static str,
    value: &'static str,
) -> Request<Body> {
    request.headers_mut().insert(name, HeaderValue::from_static(value));
    request
}
