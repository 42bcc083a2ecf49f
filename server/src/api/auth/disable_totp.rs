//! `DELETE /auth/totp`: the second step turned off.

use axum::extract::State;
use axum::http::StatusCode;
use contract::auth::ConfirmByPassword;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, SignedIn, VisitOf};
use crate::api::refusals::refusals;

refusals!(PasswordWrong, TotpOff, Busy);

/// Turns the second step off.
#[utoipa::path(
    delete,
    path = "/auth/totp",
    operation_id = "disable_totp",
    tag = "auth",
    request_body = ConfirmByPassword,
    responses((status = 204, description = "It is off."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn delete(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    VisitOf(visit): VisitOf,
    JsonBody(body): JsonBody<ConfirmByPassword>,
) -> Result<StatusCode, ApiError> {
    auth.totp_disable(&principal, &body.password, &visit).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::{PASSWORD, TestServer};

    #[tokio::test]
    async fn what_is_off_cannot_be_turned_off() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let body = Some(json!({ "password": PASSWORD }));
        assert_snapshot!(ada.call(Method::DELETE, "/api/v1/auth/totp", body).await.shown(), @r#"
        409 Conflict
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "totp_off",
          "detail": "Set it up first.",
          "request_id": "[request_id]",
          "status": 409,
          "title": "The second step is not on.",
          "type": "urn:mog:problem:totp_off"
        }
        "#);
        let wrong = Some(json!({ "password": "wrong" }));
        assert_snapshot!(ada.call(Method::DELETE, "/api/v1/auth/totp", wrong).await.shown(), @r#"
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
    }
}
