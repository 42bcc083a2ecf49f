//! `POST /auth/email/change`: another address.

use axum::extract::State;
use axum::http::StatusCode;
use contract::auth::ChangeEmail;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, SignedIn};
use crate::api::refusals::refusals;

refusals!(PasswordWrong, Busy);

/// Mails a link to the new address, which counts once the link is opened.
#[utoipa::path(
    post,
    path = "/auth/email/change",
    operation_id = "change_email",
    tag = "auth",
    request_body = ChangeEmail,
    responses((status = 202, description = "A mail is on its way."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    JsonBody(body): JsonBody<ChangeEmail>,
) -> Result<StatusCode, ApiError> {
    auth.change_email(&principal, body).await?;
    Ok(StatusCode::ACCEPTED)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::{PASSWORD, TestServer};

    #[tokio::test]
    async fn the_new_address_gets_a_link() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let path = "/api/v1/auth/email/change";
        let body = json!({ "email": "countess@example.org", "password": PASSWORD });
        assert_snapshot!(ada.post(path, body).await.shown(), @r"
        202 Accepted
        cache-control: private, no-store
        ");
        let body = json!({ "email": "countess", "password": PASSWORD });
        assert_snapshot!(ada.post(path, body).await.shown(), @r#"
        422 Unprocessable Entity
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "fields_invalid",
          "detail": "Correct the marked fields and send again.",
          "errors": [
            {
              "code": "email_invalid",
              "detail": "Write it like name@example.org.",
              "field": "email",
              "title": "This is not an e-mail address."
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
