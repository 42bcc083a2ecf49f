//! `DELETE /users/me`: the end of an account.

use axum::extract::State;
use axum::http::HeaderMap;
use contract::auth::ConfirmByPassword;
use platform::auth::AuthService;

use crate::api::answer::SignedOut;
use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, SignedIn, VisitOf};
use crate::api::refusals::refusals;
use crate::site::Site;

refusals!(PasswordWrong, Busy);

/// Erases the account and everything that is kept about it. This cannot be taken back.
#[utoipa::path(
    delete,
    path = "/users/me",
    operation_id = "delete_me",
    tag = "users",
    request_body = ConfirmByPassword,
    responses((status = 204, description = "It is gone."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn delete(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    VisitOf(visit): VisitOf,
    State(site): State<Site>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ConfirmByPassword>,
) -> Result<SignedOut, ApiError> {
    auth.delete_account(&principal, &body.password, &visit).await?;
    Ok(SignedOut::new(&site, &headers))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::{PASSWORD, TestServer};

    #[tokio::test]
    async fn an_account_goes_with_all_its_sessions() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let delete = async |password: &str| {
            ada.call(Method::DELETE, "/api/v1/users/me", Some(json!({ "password": password }))).await
        };
        assert_snapshot!(delete("wrong").await.shown(), @r#"
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
        assert_snapshot!(delete(PASSWORD).await.shown(), @r"
        204 No Content
        cache-control: private, no-store
        ");
        assert_eq!(ada.get("/api/v1/users/me").await.status, 401);
        let path = format!("/api/v1/users/{}", ada.id);
        assert_eq!(server.get(&path).await.refusal().1, "not_found");
    }
}
