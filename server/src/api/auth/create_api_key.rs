//! `POST /auth/api-keys`: a new key.

use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use contract::auth::{CreateApiKey, CreatedApiKey};
use platform::auth::AuthService;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, SignedIn, VisitOf};
use crate::api::refusals::refusals;
use crate::middleware::idempotency::IdempotencyKey;

refusals!(EmailUnverified, TooManyApiKeys, IdempotencyMismatch, IdempotencyInFlight);

/// Makes an API key. It is shown this once.
#[utoipa::path(
    post,
    path = "/auth/api-keys",
    operation_id = "create_api_key",
    tag = "auth",
    params(IdempotencyKey),
    request_body = CreateApiKey,
    responses((status = 201, description = "The key.", body = CreatedApiKey, headers(("location" = String, description = "Its address."))), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    VisitOf(visit): VisitOf,
    JsonBody(body): JsonBody<CreateApiKey>,
) -> Result<(StatusCode, [(HeaderName, String); 1], NotStored<CreatedApiKey>), ApiError> {
    let key = auth.create_api_key(&principal, body.check()?, &visit).await?;
    let address = format!("/api/v1/auth/api-keys/{}", key.view.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, address)], NotStored(key)))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use contract::auth::Scope;
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn a_key_is_shown_once_and_does_what_its_scopes_say() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let body = json!({ "name": "CI", "scopes": ["profile:read"], "expires_in_days": 30 });
        assert_snapshot!(ada.post("/api/v1/auth/api-keys", body).await.shown(), @"");
        let body = json!({ "name": "", "scopes": [], "expires_in_days": 0 });
        assert_snapshot!(ada.post("/api/v1/auth/api-keys", body).await.shown(), @"");
    }

    #[tokio::test]
    async fn a_key_makes_no_keys() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let key = ada.api_key(&Scope::ALL).await;
        let body = Some(json!({ "name": "CI", "scopes": ["profile:read"] }));
        let bearer = Some(key.key.expose());
        assert_snapshot!(server.call(Method::POST, "/api/v1/auth/api-keys", bearer, body).await.shown(), @"");
    }
}
