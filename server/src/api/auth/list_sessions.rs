//! `GET /auth/sessions`: where somebody is signed in.

use axum::Json;
use axum::extract::State;
use contract::auth::SessionView;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::SignedIn;

/// The sessions of the account, the newest first.
#[utoipa::path(
    get,
    path = "/auth/sessions",
    operation_id = "list_sessions",
    tag = "auth",
    responses((status = 200, description = "The sessions.", body = Vec<SessionView>)),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
) -> Result<Json<Vec<SessionView>>, ApiError> {
    Ok(Json(auth.sessions(&principal).await?))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn each_sign_in_is_a_session() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        assert_snapshot!(ada.get("/api/v1/auth/sessions").await.shown(), @r#"
        200 OK
        cache-control: private, no-store
        content-type: application/json

        [
          {
            "created_at_ms": 1767225601000,
            "current": true,
            "device": "",
            "expires_at_ms": 1767830401000,
            "id": "[id]",
            "last_seen_at_ms": 1767225601000,
            "network": ""
          }
        ]
        "#);
        assert_snapshot!(server.get("/api/v1/auth/sessions").await.shown(), @r#"
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
