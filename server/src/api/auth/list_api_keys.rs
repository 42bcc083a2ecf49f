//! `GET /auth/api-keys`: the keys of an account.

use axum::Json;
use axum::extract::State;
use contract::auth::ApiKeyView;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::SignedIn;

/// The API keys of the account, without the keys themselves.
#[utoipa::path(
    get,
    path = "/auth/api-keys",
    operation_id = "list_api_keys",
    tag = "auth",
    responses((status = 200, description = "The keys.", body = Vec<ApiKeyView>)),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
) -> Result<Json<Vec<ApiKeyView>>, ApiError> {
    Ok(Json(auth.api_keys(&principal).await?))
}

#[cfg(test)]
mod tests {
    use contract::auth::Scope;
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn keys_are_listed_without_themselves() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        ada.api_key(&[Scope::ProfileRead]).await;
        assert_snapshot!(ada.get("/api/v1/auth/api-keys").await.shown(), @r#"
        200 OK
        cache-control: private, no-store
        content-type: application/json

        [
          {
            "created_at_ms": 1767225601000,
            "expires_at_ms": 1775001601000,
            "id": "[id]",
            "name": "a program",
            "prefix": "[prefix]",
            "scopes": [
              "profile:read"
            ]
          }
        ]
        "#);
    }
}
