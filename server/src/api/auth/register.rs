//! `POST /auth/register`: a new account.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use contract::auth::SignUp;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, VisitOf};
use crate::api::refusals::refusals;
use crate::middleware::language::accepted;

refusals!(Busy);

/// Makes an account and mails its address a link that confirms it.
///
/// The answer is the same for an address that has an account already: its owner gets a mail that says so.
#[utoipa::path(
    post,
    path = "/auth/register",
    operation_id = "register",
    tag = "auth",
    request_body = SignUp,
    responses((status = 202, description = "A mail is on its way."), Refusals)
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    VisitOf(visit): VisitOf,
    headers: HeaderMap,
    JsonBody(body): JsonBody<SignUp>,
) -> Result<StatusCode, ApiError> {
    let SignUp { language, .. } = body;
    let language = language.or_else(|| accepted(&headers));
    auth.sign_up(SignUp { language, ..body }.check()?, &visit).await?;
    Ok(StatusCode::ACCEPTED)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::{PASSWORD, TestServer};

    #[tokio::test]
    async fn the_answer_never_says_whether_there_is_an_account() {
        let server = TestServer::start().await;
        let body = json!({ "email": "ada@example.org", "password": PASSWORD, "name": "Ada" });
        let first = server.post("/api/v1/auth/register", body.clone()).await;
        assert_snapshot!(first.shown(), @"202 Accepted");
        let again = server.post("/auth/register", body).await;
        assert_eq!(first.shown(), again.shown(), "the same, also at the gateway's address");
    }

    #[tokio::test]
    async fn every_field_at_fault_is_named() {
        let server = TestServer::start().await;
        let body = json!({ "email": "ada", "password": "password12", "name": "a\u{202e}b" });
        assert_snapshot!(server.post("/api/v1/auth/register", body).await.shown(), @r#"
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
            },
            {
              "code": "field_invalid",
              "detail": "Use plain letters, digits and punctuation.",
              "field": "name",
              "title": "This cannot be used here."
            }
          ],
          "request_id": "[request_id]",
          "status": 422,
          "title": "Some of what you entered needs another look.",
          "type": "urn:mog:problem:fields_invalid"
        }
        "#);
        let body = json!({ "email": "ada@example.org", "password": "password1234" });
        assert_snapshot!(server.post("/api/v1/auth/register", body).await.shown(), @r#"
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
        let body = json!({ "email": "ada@example.org", "password": PASSWORD, "role": "admin" });
        assert_snapshot!(server.post("/api/v1/auth/register", body).await.shown(), @r#"
        422 Unprocessable Entity
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "fields_invalid",
          "detail": "Correct the marked fields and send again.",
          "errors": [
            {
              "code": "field_invalid",
              "detail": "Use plain letters, digits and punctuation.",
              "field": "role",
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
}
