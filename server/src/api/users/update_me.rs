//! `PATCH /users/me`: a changed profile.

use axum::Json;
use axum::extract::State;
use contract::users::{Me, UpdateProfile};
use platform::users::UserService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, ProfileWrite, WithScope};
use crate::api::refusals::refusals;
use crate::middleware::idempotency::IdempotencyKey;

refusals!(IdempotencyMismatch, IdempotencyInFlight);

/// Changes what is given of the profile.
#[utoipa::path(
    patch,
    path = "/users/me",
    operation_id = "update_me",
    tag = "users",
    params(IdempotencyKey),
    request_body = UpdateProfile,
    responses((status = 200, description = "Who you are from now on.", body = Me), Refusals),
    security(("bearer" = ["profile:write"]))
)]
pub(crate) async fn patch(
    State(users): State<UserService>,
    WithScope { principal, .. }: WithScope<ProfileWrite>,
    JsonBody(body): JsonBody<UpdateProfile>,
) -> Result<Json<Me>, ApiError> {
    Ok(Json(users.update_profile(&principal, &body.check()?).await?))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn what_is_absent_stays() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let path = "/api/v1/users/me";
        ada.call(Method::PATCH, path, Some(json!({ "name": "Ada" }))).await;
        assert_snapshot!(ada.call(Method::PATCH, path, Some(json!({ "bio": "First programmer." }))).await.shown(), @r#"
        200 OK
        cache-control: private, no-store
        content-type: application/json

        {
          "bio": "First programmer.",
          "created_at_ms": 1767225600000,
          "email": "ada@example.org",
          "email_verified": true,
          "id": "[id]",
          "name": "Ada",
          "role": "user",
          "settings": {
            "language": null,
            "theme": "system"
          },
          "totp_enabled": false
        }
        "#);
        assert_snapshot!(ada.call(Method::PATCH, path, Some(json!({ "name": "x".repeat(81) }))).await.shown(), @r#"
        422 Unprocessable Entity
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "fields_invalid",
          "detail": "Correct the marked fields and send again.",
          "errors": [
            {
              "code": "field_too_long",
              "detail": "Shorten it.",
              "field": "name",
              "title": "This text is too long."
            }
          ],
          "request_id": "[request_id]",
          "status": 422,
          "title": "Some of what you entered needs another look.",
          "type": "urn:mog:problem:fields_invalid"
        }
        "#);
    }
}
