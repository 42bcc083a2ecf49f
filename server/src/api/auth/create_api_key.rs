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
        assert_snapshot!(ada.post("/api/v1/auth/api-keys", body).await.shown(), @r#"
        201 Created
        cache-control: no-store
        content-type: application/json
        location: /api/v1/auth/api-keys/[id]

        {
          "created_at_ms": 1767225601000,
          "expires_at_ms": 1769817601000,
          "id": "[id]",
          "key": "[key]",
          "name": "CI",
          "prefix": "[prefix]",
          "scopes": [
            "profile:read"
          ]
        }
        "#);
        let body = json!({ "name": "", "scopes": [], "expires_in_days": 0 });
        assert_snapshot!(ada.post("/api/v1/auth/api-keys", body).await.shown(), @r#"
        422 Unprocessable Entity
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "fields_invalid",
          "detail": "Correct the marked fields and send again.",
          "errors": [
            {
              "code": "field_required",
              "detail": "Fill it in.",
              "field": "name",
              "title": "This field is empty."
            },
            {
              "code": "field_required",
              "detail": "Fill it in.",
              "field": "scopes",
              "title": "This field is empty."
            },
            {
              "code": "field_invalid",
              "detail": "Use plain letters, digits and punctuation.",
              "field": "expires_in_days",
              "title": "This cannot be used here."
            }
          ],
          "request_id": "[request_id]",
          "status": 422,
          "title": "Some of what you entered needs another look.",
          "type": "urn:mog:problem:fields_invalid"
        }
        "#);
    }

    #[tokio::test]
    async fn a_key_makes_no_keys() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let key = ada.api_key(&Scope::ALL).await;
        let body = Some(json!({ "name": "CI", "scopes": ["profile:read"] }));
        let bearer = Some(key.key.expose());
        assert_snapshot!(server.call(Method::POST, "/api/v1/auth/api-keys", bearer, body).await.shown(), @r#"
        403 Forbidden
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "forbidden",
          "detail": "Sign in with an account or a key that may.",
          "request_id": "[request_id]",
          "status": 403,
          "title": "You may not do this.",
          "type": "urn:mog:problem:forbidden"
        }
        "#);
    }
}
