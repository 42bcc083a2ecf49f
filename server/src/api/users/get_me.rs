//! `GET /users/me`: somebody's own view of themselves.

use axum::Json;
use axum::extract::State;
use contract::users::Me;
use platform::users::UserService;

use crate::api::error::ApiError;
use crate::api::extract::{ProfileRead, WithScope};

/// The account and profile of the request.
#[utoipa::path(
    get,
    path = "/users/me",
    operation_id = "get_me",
    tag = "users",
    responses((status = 200, description = "Who you are.", body = Me)),
    security(("bearer" = ["profile:read"]))
)]
pub(crate) async fn get(
    State(users): State<UserService>,
    WithScope { principal, .. }: WithScope<ProfileRead>,
) -> Result<Json<Me>, ApiError> {
    Ok(Json(users.me(&principal).await?))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use contract::auth::Scope;
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn somebody_sees_themselves() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        assert_snapshot!(ada.get("/api/v1/users/me").await.shown(), @r#"
        200 OK
        cache-control: private, no-store
        content-type: application/json

        {
          "bio": "",
          "created_at_ms": 1767225600000,
          "email": "ada@example.org",
          "email_verified": true,
          "id": "[id]",
          "name": "",
          "role": "user",
          "settings": {
            "language": null,
            "theme": "system"
          },
          "totp_enabled": false
        }
        "#);
        assert_snapshot!(server.get("/users/me").await.shown(), @r#"
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

    #[tokio::test]
    async fn a_key_needs_the_scope() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let may = ada.api_key(&[Scope::ProfileRead]).await;
        let may_not = ada.api_key(&[Scope::SwapsWrite]).await;
        let me = async |key: &str| server.call(Method::GET, "/api/v1/users/me", Some(key), None).await;
        assert_eq!(me(may.key.expose()).await.status, 200);
        assert_snapshot!(me(may_not.key.expose()).await.shown(), @r#"
        403 Forbidden
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "forbidden",
          "detail": "Sign in with an account or a key that may.",
          "request_id": "[request_id]",
          "status": 403,
          "title": "You may not do this.",
          "type": "urn:mog:problem:forbidden"
        }
        "#);
        assert_eq!(me("mog_nonsense").await.refusal().1, "sign_in_required");
    }
}
