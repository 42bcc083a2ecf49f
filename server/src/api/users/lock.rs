//! `POST /users/{id}/lock`, for administrators.

use axum::extract::State;
use axum::http::StatusCode;
use contract::ErrorCode;
use contract::users::UserId;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{Administrator, PathId};
use crate::api::refusals::refusals;

refusals!(NotFound);

/// Locks an account: nobody signs in to it, and its sessions end. For administrators, who cannot lock themselves: one
/// always stays who can unlock.
#[utoipa::path(
    post,
    path = "/users/{id}/lock",
    operation_id = "lock_user",
    tag = "users",
    params(("id" = UserId, Path, description = "The account.")),
    responses((status = 204, description = "Done."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    Administrator(principal): Administrator,
    PathId(id): PathId<UserId>,
) -> Result<StatusCode, ApiError> {
    if principal.user == id {
        return Err(ErrorCode::Forbidden.into());
    }
    auth.lock(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use contract::users::Role;
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::{PASSWORD, TestServer};

    #[tokio::test]
    async fn a_locked_account_is_out_at_once_until_it_is_unlocked() {
        let server = TestServer::start().await;
        let ada = server.person_as("ada@example.org", Role::Admin).await;
        let bob = server.person("bob@example.org").await;
        let lock = format!("/api/v1/users/{}/lock", bob.id);
        let own = format!("/api/v1/users/{}/lock", ada.id);
        assert_eq!(ada.call(Method::POST, &own, None).await.refusal().1, "forbidden");
        assert_eq!(bob.call(Method::POST, &lock, None).await.refusal().1, "forbidden");
        assert_snapshot!(ada.call(Method::POST, &lock, None).await.shown(), @r"
        204 No Content
        cache-control: private, no-store
        ");
        assert_ne!(bob.get("/api/v1/users/me").await.status, 200);
        let body = json!({ "email": "bob@example.org", "password": PASSWORD });
        assert_snapshot!(server.post("/api/v1/auth/login", body).await.shown(), @r#"
        403 Forbidden
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "account_locked",
          "detail": "Write to us if you think that is a mistake.",
          "request_id": "[request_id]",
          "status": 403,
          "title": "This account is locked.",
          "type": "urn:mog:problem:account_locked"
        }
        "#);
        let unlock = format!("/api/v1/users/{}/unlock", bob.id);
        assert_eq!(ada.call(Method::POST, &unlock, None).await.status, 204);
        server.sign_in("bob@example.org").await;
    }
}
