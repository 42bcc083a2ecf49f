//! `POST /auth/password/reset`: a new password by the link of a mail.

use axum::extract::State;
use axum::http::StatusCode;
use contract::auth::ResetPassword;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, VisitOf};
use crate::api::refusals::refusals;

refusals!(LinkExpired, Busy);

/// Sets a new password with the token of a mailed link, and ends every session.
#[utoipa::path(
    post,
    path = "/auth/password/reset",
    operation_id = "reset_password",
    tag = "auth",
    request_body = ResetPassword,
    responses((status = 204, description = "It is set."), Refusals)
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    VisitOf(visit): VisitOf,
    JsonBody(body): JsonBody<ResetPassword>,
) -> Result<StatusCode, ApiError> {
    auth.reset_password(body, &visit).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn a_mailed_link_sets_a_password_and_ends_every_session() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        server.post("/auth/password/forgot", json!({ "email": "ada@example.org" })).await;
        let token = server.mailed_token("reset_password", "ada@example.org").await;
        let body = json!({ "token": token, "password": "another harbour 41 walnut" });
        assert_snapshot!(server.post("/api/v1/auth/password/reset", body.clone()).await.shown(), @"204 No Content");
        assert_eq!(ada.get("/api/v1/users/me").await.status, 401);
        assert_snapshot!(server.post("/api/v1/auth/password/reset", body).await.shown(), @r#"
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
