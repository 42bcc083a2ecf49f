//! A test alone: no secret that people or programs send us, or that we make for them, ever stands in a log.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::http::Method;
use axum::http::{Request, header};
use contract::auth::{CreatedApiKey, TokenResponse};
use serde_json::{Value, json};
use tracing::Dispatch;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::testing::TestServer;

/// Everything of ours, down to the smallest detail, and what the libraries would write on a server that is watched.
const FILTER: &str = "trace,mog=trace,platform=trace,contract=trace";

/// What somebody types, each found nowhere else.
const PASSWORD: &str = "canary-password-lantern-quartz";
const NEW_PASSWORD: &str = "canary-second-harbour-walnut";
const WRONG_PASSWORD: &str = "canary-wrong-password";
const WRONG_CODE: &str = "canary-wrong-code";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Uses accounts in every way that a secret takes part in; answers with all the secrets.
async fn use_accounts(server: &TestServer) -> Vec<String> {
    let email = "ada@example.org";
    let typed = [PASSWORD, NEW_PASSWORD, WRONG_PASSWORD, WRONG_CODE];
    let mut secrets: Vec<String> = typed.map(str::to_owned).to_vec();
    server.post("/auth/register", json!({ "email": email, "password": PASSWORD })).await;
    let verify = server.mailed_token("verify_address", email).await;
    server.post("/auth/verify-email", json!({ "token": verify })).await;
    server
        .post("/auth/login", json!({ "email": email, "password": WRONG_PASSWORD, "code": WRONG_CODE }))
        .await;
    let form = format!("grant_type=password&username={email}&password={PASSWORD}");
    let request =
        Request::post("/auth/login").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let first: TokenResponse =
        serde_json::from_slice(&server.send(request.body(form.into()).unwrap()).await.body).unwrap();
    let refresh = json!({ "refresh_token": first.refresh_token });
    let next: TokenResponse =
        serde_json::from_slice(&server.post("/auth/refresh", refresh).await.body).unwrap();
    let bearer = Some(next.access_token.expose());
    let key = json!({ "name": "CI", "scopes": ["profile:read"] });
    let key = server.call(Method::POST, "/auth/api-keys", bearer, Some(key)).await;
    let key: CreatedApiKey = serde_json::from_slice(&key.body).unwrap();
    server.call(Method::GET, "/users/me", Some(key.key.expose()), None).await;
    let totp = server.call(Method::POST, "/auth/totp", bearer, None).await;
    let totp: Value = serde_json::from_slice(&totp.body).unwrap();
    server.call(Method::POST, "/auth/totp/confirm", bearer, Some(json!({ "code": WRONG_CODE }))).await;
    server.post("/auth/password/forgot", json!({ "email": email })).await;
    let reset = server.mailed_token("reset_password", email).await;
    // The link itself, as a browser opens it.
    server.get(&format!("/reset-password?token={reset}")).await;
    server.post("/auth/password/reset", json!({ "token": reset, "password": NEW_PASSWORD })).await;
    for tokens in [first, next] {
        secrets.extend([tokens.access_token.expose().to_owned(), tokens.refresh_token.expose().to_owned()]);
    }
    secrets.extend([verify, reset, key.key.expose().to_owned()]);
    secrets.push(totp["secret"].as_str().unwrap().to_owned());
    secrets
}

#[tokio::test(flavor = "current_thread")]
async fn no_secret_is_ever_in_a_log() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(FILTER))
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(log.clone())
        .finish();
    // With one subscriber alone, `tracing` asks the thread that first comes by whether a line is wanted at all, and
    // other tests' threads have none. With two it asks both.
    let _second = Dispatch::new(tracing_subscriber::registry());
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = TestServer::start().await;
    let secrets = use_accounts(&server).await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for written in ["/auth/login", "security event", "answered"] {
        assert!(text.contains(written), "the log says nothing of {written}: {text}");
    }
    for secret in secrets {
        let at = text.find(&secret);
        assert!(at.is_none(), "{}", &text[at.unwrap_or(0).saturating_sub(300)..][..600]);
    }
}
