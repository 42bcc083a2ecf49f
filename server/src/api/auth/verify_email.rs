//! `POST /auth/verify-email`: the link of a mail.

use axum::extract::State;
use axum::http::StatusCode;
use contract::auth::VerifyEmail;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, VisitOf};
use crate::api::refusals::refusals;

refusals!(LinkExpired);

/// Confirms an address with the token of the link that was mailed to it.
#[utoipa::path(
    post,
    path = "/auth/verify-email",
    operation_id = "verify_email",
    tag = "auth",
    request_body = VerifyEmail,
    responses((status = 204, description = "It is confirmed."), Refusals)
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    VisitOf(visit): VisitOf,
    JsonBody(body): JsonBody<VerifyEmail>,
) -> Result<StatusCode, ApiError> {
    auth.verify_email(&body.token, &visit).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::{PASSWORD, TestServer};

    #[tokio::test]
    async fn the_link_of_the_mail_confirms_the_address_once() {
        let server = TestServer::start().await;
        let sign_up = json!({ "email": "ada@example.org", "password": PASSWORD });
        server.post("/auth/register", sign_up).await;
        let token = server.mailed_token("verify_address", "ada@example.org").await;
        let body = json!({ "token": token });
        assert_snapshot!(server.post("/api/v1/auth/verify-email", body.clone()).await.shown(), @"204 No Content");
        assert_snapshot!(server.post("/api/v1/auth/verify-email", body).await.shown(), @r#"
        410 Gone
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "link_expired",
          "detail": "Ask for a new one.",
          "request_id": "[request_id]",
          "status": 410,
          "title": "This link has expired or was used already.",
          "type": "urn:mog:problem:link_expired"
        }
        "#);
    }
}
