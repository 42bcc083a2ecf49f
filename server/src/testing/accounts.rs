//! People with accounts, and programs that speak for them.

use std::time::Duration;

use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{HeaderName, Method, Request, header};
use contract::auth::{CreatedApiKey, Scope, TokenResponse};
use contract::fields::{EmailAddress, NewPassword, Secret};
use contract::media::MediaView;
use contract::users::{Role, UserId};
use platform::auth::Principal;
use platform::mail::Message;
use serde_json::{Value, json};
use sqlx::Row;

use super::{Answer, Form, TestServer, grey_png, secret};

/// Everybody's password.
pub(crate) const PASSWORD: &str = "lantern otter quartz 93";

/// Somebody with an account, signed in.
pub(crate) struct Person<'a> {
    pub(crate) server: &'a TestServer,
    pub(crate) id: UserId,
    pub(crate) tokens: TokenResponse,
}

impl TestServer {
    /// Somebody whose address is confirmed.
    pub(crate) async fn person(&self, email: &str) -> Person<'_> {
        self.person_as(email, Role::User).await
    }

    pub(crate) async fn person_as(&self, email: &str, role: Role) -> Person<'_> {
        let address = EmailAddress::parse(email).unwrap();
        let password = NewPassword::parse(Secret::new(PASSWORD)).unwrap();
        let id = self.state().auth.create_account(&address, &password, role).await.unwrap();
        // Lists are in the order of time: two things of one moment would stand as chance has it.
        self.clock.advance(Duration::from_secs(1));
        Person { server: self, id, tokens: self.sign_in(email).await }
    }

    pub(crate) async fn sign_in(&self, email: &str) -> TokenResponse {
        let body = json!({ "email": email, "password": PASSWORD });
        let answer = self.call(Method::POST, "/api/v1/auth/login", None, Some(body)).await;
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// A program's request.
    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        bearer: Option<&str>,
        body: Option<Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        self.send(with_json(request, body)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, None, Some(body)).await
    }

    /// The token of the link in the last mail of a kind to an address.
    pub(crate) async fn mailed_token(&self, kind: &str, email: &str) -> String {
        let sealer = secret().sealer("outgoing mails").unwrap();
        let rows =
            sqlx::query("SELECT id, sealed FROM outgoing_mails WHERE kind = $1 ORDER BY created_at_ms")
                .bind(kind)
                .fetch_all(self.database().reader())
                .await
                .unwrap();
        let mut mails = rows.iter().map(|row| {
            let (id, sealed): (String, Vec<u8>) = (row.get("id"), row.get("sealed"));
            serde_json::from_slice::<Message>(&sealer.open(&id, &sealed).unwrap()).unwrap()
        });
        let mail = mails.rfind(|mail| mail.to == email).expect("a mail was put into the outbox");
        let (_, rest) = mail.text.split_once("?token=").expect("it has a link");
        rest.split_whitespace().next().unwrap().to_owned()
    }
}

fn with_json(request: Builder, body: Option<Value>) -> Request<Body> {
    match body {
        Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(body.to_string().into()),
        None => request.body(Body::empty()),
    }
    .unwrap()
}

impl Person<'_> {
    pub(crate) fn bearer(&self) -> &str {
        self.tokens.access_token.expose()
    }

    /// Who they are to the services.
    pub(crate) async fn principal(&self) -> Principal {
        self.server.state().auth.authenticate(self.bearer()).await.unwrap()
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.server.call(method, path, Some(self.bearer()), body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.call(Method::DELETE, path, None).await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(HeaderName, String)]) -> Answer {
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {}", self.bearer()));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        self.server.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form with files.
    pub(crate) async fn form(&self, form: Form, path: &str) -> Answer {
        let mut request = form.to(path);
        let bearer = format!("Bearer {}", self.bearer()).parse().unwrap();
        request.headers_mut().insert(header::AUTHORIZATION, bearer);
        self.server.send(request).await
    }

    /// Keeps a picture that no other number gives.
    pub(crate) async fn picture(&self, number: u32) -> MediaView {
        let form = Form::default().named_file("file", "picture.png", &grey_png(40 + number, 30));
        serde_json::from_slice(&self.form(form, "/api/v1/media").await.body).unwrap()
    }

    /// A new API key.
    pub(crate) async fn api_key(&self, scopes: &[Scope]) -> CreatedApiKey {
        let body = json!({ "name": "a program", "scopes": scopes });
        serde_json::from_slice(&self.post("/api/v1/auth/api-keys", body).await.body).unwrap()
    }

    /// What a browser sends: its cookies, to a page of its own.
    pub(crate) fn browser(&self, method: Method, path: &str) -> Builder {
        let TokenResponse { access_token, refresh_token, .. } = &self.tokens;
        let cookies = format!(
            "__Host-mog-access={}; __Host-mog-refresh={}",
            access_token.expose(),
            refresh_token.expose()
        );
        let request = Request::builder().method(method).uri(path).header(header::COOKIE, cookies);
        request.header("sec-fetch-site", "same-origin")
    }
}
