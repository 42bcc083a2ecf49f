//! `Idempotency-Key`: a request that is sent twice has its effect once, and both get the same answer.
//!
//! For operations that create something for somebody who is signed in, and for changes that a page keeps while the server
//! is out of reach (docs/adr/0026): those also name the account that they are for. Only success is kept: a refusal changed nothing,
//! and may be tried again with the same key.

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::ErrorCode;
use contract::fields::Secret;
use http_body_util::BodyExt;
use platform::auth::Principal;
use platform::idempotency::{Claim, IdempotencyError, IdempotencyService, StoredAnswer, Verdict};
use sha2::{Digest, Sha256};

use crate::api::error::ApiError;
use crate::api::extract::{MAX_JSON_BYTES, limited};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const ACCOUNT: HeaderName = HeaderName::from_static("idempotency-account");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The longest key.
const MAX_KEY_BYTES: usize = 255;

/// The headers that belong to an answer rather than to the moment when it was given.
const KEPT_HEADERS: [HeaderName; 3] = [header::CONTENT_TYPE, header::LOCATION, header::CACHE_CONTROL];

/// The header, as the description of operations shows it.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "described, never built")]
pub(crate) struct IdempotencyKey {
    /// Names this attempt, such as a UUID: sent again within a day, the request has no second effect.
    #[param(rename = "idempotency-key", max_length = 255)]
    key: Option<String>,
    /// The account that the attempt is for: sent by anybody else, it is refused.
    #[param(rename = "idempotency-account")]
    account: Option<String>,
}

/// Around the operation of this method at an address.
pub(crate) async fn once(
    State(method): State<Method>,
    Extension(service): Extension<IdempotencyService>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let principal = request.extensions().get::<Principal>().cloned();
    // The layer is around the whole address, which has other methods, or refuses them.
    let (true, Some(principal)) = (request.method() == method, principal) else {
        return Ok(next.run(request).await);
    };
    let Some(key) = key(request.headers())? else { return Ok(next.run(request).await) };
    if !is_for(&principal, request.headers()) {
        return Err(ErrorCode::IdempotencyMismatch.into());
    }
    let route = route(request.method(), request.uri().path());
    let (request, body) = with_body(request).await?;
    let hash = Sha256::digest(&body).to_vec();
    let attempt = platform::idempotency::Request { account: principal.user, route, key, hash };
    match service.begin(attempt).await? {
        Verdict::CarryOut(claim) => carry_out(service, claim, request, next).await,
        Verdict::Answered(answer) => Ok(again(answer)),
        Verdict::InFlight => Err(ErrorCode::IdempotencyInFlight.into()),
        Verdict::Mismatch => Err(ErrorCode::IdempotencyMismatch.into()),
    }
}

/// The key, if there is one.
fn key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get(KEY) else { return Ok(None) };
    let key = value.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > MAX_KEY_BYTES {
        return Err(ApiError::about("idempotency-key", ErrorCode::RequestMalformed));
    }
    Ok(Some(key.into()))
}

/// Whether the attempt is this account's: what was kept in a browser may meet another person's session.
fn is_for(principal: &Principal, headers: &HeaderMap) -> bool {
    headers.get(ACCOUNT).is_none_or(|account| account.as_bytes() == principal.user.to_string().as_bytes())
}

/// The same at the gateway's address and under `/api/v1`.
fn route(method: &Method, path: &str) -> String {
    format!("{method} {}", path.strip_prefix("/api/v1").unwrap_or(path))
}

async fn with_body(request: Request) -> Result<(Request, Bytes), ApiError> {
    let (parts, body) = request.into_parts();
    let bytes = limited(Request::new(body), MAX_JSON_BYTES).await?;
    Ok((Request::from_parts(parts, Body::from(bytes.clone())), bytes))
}

/// Carries the request out to its end, also when the client has left: it will ask again, and finds the answer.
async fn carry_out(
    service: IdempotencyService,
    claim: Claim,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let work = tokio::spawn(async move {
        let response = next.run(request).await;
        keep(&service, &claim, response).await
    });
    work.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a request with an idempotency key broke off");
        Err(ErrorCode::Internal.into())
    })
}

async fn keep(service: &IdempotencyService, claim: &Claim, response: Response) -> Result<Response, ApiError> {
    if !response.status().is_success() {
        service.release(claim).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.map_err(|_| ErrorCode::Internal)?.to_bytes();
    let header = |name: &HeaderName| {
        let value = parts.headers.get(name)?.to_str().ok()?;
        Some((name.as_str().to_owned(), value.to_owned()))
    };
    let answer = StoredAnswer {
        status: parts.status.as_u16(),
        headers: KEPT_HEADERS.iter().filter_map(header).collect(),
        body: Secret::new(String::from_utf8_lossy(&bytes)),
    };
    service.finish(claim, &answer).await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

/// The answer of the first time.
fn again(answer: StoredAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, answer.body.expose().to_owned()).into_response();
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}

impl From<IdempotencyError> for ApiError {
    fn from(error: IdempotencyError) -> Self {
        tracing::error!(%error, "an idempotency key could not be looked at");
        match error {
            IdempotencyError::Database(error) => platform::database::error_code(&error).into(),
            IdempotencyError::Sealing(_) | IdempotencyError::Answer(_) => ErrorCode::Internal.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, StatusCode, header};
    use insta::assert_snapshot;
    use platform::database::testing::on_each_database;
    use serde_json::json;

    use super::*;
    use crate::testing::{Answer, Person, TestServer};

    async fn create(person: &Person<'_>, path: &str, key: &str, name: &str) -> Answer {
        let request = Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", person.bearer()))
            .header(header::CONTENT_TYPE, "application/json")
            .header(KEY, key);
        let body = json!({ "name": name, "scopes": ["profile:read"] }).to_string();
        person.server.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn keys(person: &Person<'_>) -> usize {
        let list: Vec<serde_json::Value> =
            serde_json::from_slice(&person.get("/api/v1/auth/api-keys").await.body).unwrap();
        list.len()
    }

    const PATH: &str = "/api/v1/auth/api-keys";

    #[tokio::test]
    async fn a_request_sent_again_has_one_effect_and_one_answer() {
        on_each_database(async |database| {
            let server = TestServer::on(database).await;
            let ada = server.person("ada@example.org").await;
            let first = create(&ada, PATH, "one", "CI").await;
            let again = create(&ada, "/auth/api-keys", "one", "CI").await;
            assert_eq!((first.status, &first.body), (StatusCode::CREATED, &again.body));
            assert_eq!(first.header(header::LOCATION), again.header(header::LOCATION));
            assert_eq!((first.header(REPLAYED), again.header(REPLAYED)), ("", "true"));
            assert_eq!(create(&ada, PATH, "two", "CI").await.status, StatusCode::CREATED);
            assert_eq!(keys(&ada).await, 2);
        })
        .await;
    }

    #[tokio::test]
    async fn many_at_once_have_one_effect() {
        on_each_database(async |database| {
            let server = TestServer::on(database).await;
            let ada = server.person("ada@example.org").await;
            let all = (0..8).map(|_| create(&ada, PATH, "one", "CI"));
            let answers = futures_util::future::join_all(all).await;
            let made = answers.iter().filter(|answer| answer.status == StatusCode::CREATED);
            assert!(made.clone().count() >= 1);
            let bodies: std::collections::BTreeSet<_> = made.map(|answer| answer.body.clone()).collect();
            assert_eq!(bodies.len(), 1, "every success is the same one");
            for answer in answers.iter().filter(|answer| answer.status != StatusCode::CREATED) {
                assert_eq!(answer.refusal(), (409, "idempotency_in_flight", None));
            }
            assert_eq!(keys(&ada).await, 1);
        })
        .await;
    }

    #[tokio::test]
    async fn a_key_is_for_one_body_of_one_person() {
        let server = TestServer::start().await;
        let (ada, eve) = (server.person("ada@example.org").await, server.person("eve@example.org").await);
        let first = create(&ada, PATH, "one", "CI").await;
        assert_snapshot!(create(&ada, PATH, "one", "another").await.shown(), @r#"
        422 Unprocessable Entity
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "idempotency_mismatch",
          "detail": "Use a new Idempotency-Key for each new request.",
          "request_id": "[request_id]",
          "status": 422,
          "title": "This key was used for another request.",
          "type": "urn:mog:problem:idempotency_mismatch"
        }
        "#);
        let other = create(&eve, PATH, "one", "CI").await;
        assert_eq!(other.status, StatusCode::CREATED);
        assert_ne!(other.body, first.body);
        assert_snapshot!(create(&ada, PATH, &"x".repeat(256), "CI").await.shown(), @r#"
        400 Bad Request
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "request_malformed",
          "detail": "Check what you send and try again.",
          "field": "idempotency-key",
          "request_id": "[request_id]",
          "status": 400,
          "title": "The request could not be read.",
          "type": "urn:mog:problem:request_malformed"
        }
        "#);
    }

    #[tokio::test]
    async fn an_attempt_that_names_its_account_changes_nobody_else_s() {
        let server = TestServer::start().await;
        let (ada, eve) = (server.person("ada@example.org").await, server.person("eve@example.org").await);
        let me: serde_json::Value = serde_json::from_slice(&ada.get("/api/v1/users/me").await.body).unwrap();
        let id = me["id"].as_str().unwrap();
        let rename = async |person: &Person<'_>, name: &str, key: &str| {
            let request = Request::patch("/api/v1/users/me")
                .header(header::AUTHORIZATION, format!("Bearer {}", person.bearer()))
                .header(header::CONTENT_TYPE, "application/json")
                .header(KEY, key)
                .header(ACCOUNT, id);
            server.send(request.body(Body::from(json!({ "name": name }).to_string())).unwrap()).await
        };
        assert_eq!(rename(&eve, "Ada", "one").await.refusal(), (422, "idempotency_mismatch", None));
        assert_eq!(rename(&ada, "Ada", "one").await.status, StatusCode::OK);
        assert_eq!(rename(&ada, "Countess", "two").await.status, StatusCode::OK);
        let again = rename(&ada, "Ada", "one").await;
        assert_eq!((again.status, again.header(REPLAYED)), (StatusCode::OK, "true"));
        let me: serde_json::Value = serde_json::from_slice(&ada.get("/api/v1/users/me").await.body).unwrap();
        assert_eq!(me["name"], "Countess", "sent again, the earlier change has no second effect");
    }

    #[tokio::test]
    async fn a_refusal_may_be_tried_again_and_a_day_later_all_is_forgotten() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        assert_eq!(create(&ada, PATH, "one", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(create(&ada, PATH, "one", "CI").await.status, StatusCode::CREATED);
        server.clock.advance(std::time::Duration::from_millis(platform::idempotency::KEPT_MS.unsigned_abs()));
        assert_eq!(server.state().idempotency.sweep().await.unwrap(), 1);
    }

    #[tokio::test]
    async fn what_is_shown_once_is_not_in_the_database_in_clear() {
        use sqlx::Row;
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        create(&ada, PATH, "one", "CI").await;
        let row =
            sqlx::query("SELECT answer FROM idempotency_keys").fetch_one(server.database().reader()).await;
        let stored: Vec<u8> = row.unwrap().get("answer");
        assert!(!stored.windows(4).any(|part| part == b"mog_"));
    }
}
