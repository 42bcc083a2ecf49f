//! `POST /auth/password/change`: a new password for who knows the old one.

use axum::extract::State;
use axum::http::StatusCode;
use contract::auth::ChangePassword;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, SignedIn, VisitOf};
use crate::api::refusals::refusals;

refusals!(PasswordWrong, Busy);

/// Changes the password, and ends every other session.
#[utoipa::path(
    post,
    path = "/auth/password/change",
    operation_id = "change_password",
    tag = "auth",
    request_body = ChangePassword,
    responses((status = 204, description = "It is changed."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    VisitOf(visit): VisitOf,
    JsonBody(body): JsonBody<ChangePassword>,
) -> Result<StatusCode, ApiError> {
    auth.change_password(&principal, body, &visit).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::{PASSWORD, TestServer};

    #[tokio::test]
    async fn who_knows_the_old_one_sets_a_new_one() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let path = "/api/v1/auth/password/change";
        let wrong = json!({ "current": "wrong", "password": "another harbour 41 walnut" });
        assert_snapshot!(ada.post(path, wrong).await.shown(), @r#"
        403 Forbidden
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "password_wrong",
          "detail": "Enter the password that you sign in with.",
          "request_id": "[request_id]",
          "status": 403,
          "title": "The password is wrong.",
          "type": "urn:mog:problem:password_wrong"
        }
        "#);
        let weak = json!({ "current": PASSWORD, "password": "aaaaaaaaaa" });
        assert_snapshot!(ada.post(path, weak).await.shown(), @r#"
        422 Unprocessable Entity
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "fields_invalid",
          "detail": "Correct the marked fields and send again.",
          "errors": [
            {
              "code": "password_too_weak",
              "detail": "Use several unrelated words, or let your password manager make one.",
              "field": "password",
              "title": "This password is easy to guess."
            }
          ],
          "request_id": "[request_id]",
          "status": 422,
          "title": "Some of what you entered needs another look.",
          "type": "urn:mog:problem:fields_invalid"
        }
        "#);
        let right = json!({ "current": PASSWORD, "password": "another harbour 41 walnut" });
        assert_snapshot!(ada.post(path, right).await.shown(), @r"
        204 No Content
        cache-control: private, no-store
        ");
    }
}
