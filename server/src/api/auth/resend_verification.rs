//! `POST /auth/verify-email/resend`: another mail with a link.

use axum::extract::State;
use axum::http::StatusCode;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::SignedIn;

/// Mails the link that confirms the address once more.
#[utoipa::path(
    post,
    path = "/auth/verify-email/resend",
    operation_id = "resend_verification",
    tag = "auth",
    responses((status = 202, description = "A mail is on its way, unless the address is confirmed already.")),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
) -> Result<StatusCode, ApiError> {
    auth.resend_verification(&principal).await?;
    Ok(StatusCode::ACCEPTED)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::{PASSWORD, TestServer};

    #[tokio::test]
    async fn another_mail_is_sent() {
        let server = TestServer::start().await;
        let sign_up = json!({ "email": "ada@example.org", "password": PASSWORD });
        server.post("/auth/register", sign_up).await;
        let tokens = server.sign_in("ada@example.org").await;
        let bearer = Some(tokens.access_token.expose());
        let answer = server.call(Method::POST, "/api/v1/auth/verify-email/resend", bearer, None).await;
        assert_snapshot!(answer.shown(), @r"
        202 Accepted
        cache-control: private, no-store
        ");
        assert_snapshot!(server.call(Method::POST, "/api/v1/auth/verify-email/resend", None, None).await.shown(), @r#"
        401 Unauthorized
        cache-control: no-store
        content-language: en
        content-type: application/problem+json
        www-authenticate: Bearer realm="mog"

        {
          "code": "sign_in_required",
          "detail": "Sign in and try again.",
          "request_id": "[request_id]",
          "status": 401,
          "title": "You are not signed in.",
          "type": "urn:mog:problem:sign_in_required"
        }
        "#);
    }
}
