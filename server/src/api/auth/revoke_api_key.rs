//! `DELETE /auth/api-keys/{id}`: the end of a key.

use axum::extract::State;
use axum::http::StatusCode;
use contract::auth::ApiKeyId;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{PathId, SignedIn, VisitOf};
use crate::api::refusals::refusals;

refusals!(NotFound);

/// Ends an API key of the account.
#[utoipa::path(
    delete,
    path = "/auth/api-keys/{id}",
    operation_id = "revoke_api_key",
    tag = "auth",
    params(("id" = ApiKeyId, Path, description = "The key.")),
    responses((status = 204, description = "It has ended."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn delete(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    VisitOf(visit): VisitOf,
    PathId(id): PathId<ApiKeyId>,
) -> Result<StatusCode, ApiError> {
    auth.revoke_api_key(&principal, id, &visit).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use contract::auth::Scope;
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn only_one_s_own_keys_are_there_to_be_ended() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let eve = server.person("eve@example.org").await;
        let key = ada.api_key(&[Scope::ProfileRead]).await;
        let path = format!("/api/v1/auth/api-keys/{}", key.view.id);
        assert_snapshot!(eve.delete(&path).await.shown(), @r#"
        404 Not Found
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "not_found",
          "detail": "Go back to the studio.",
          "request_id": "[request_id]",
          "status": 404,
          "title": "There is nothing at this address.",
          "type": "urn:mog:problem:not_found"
        }
        "#);
        assert_snapshot!(ada.delete(&path).await.shown(), @r"
        204 No Content
        cache-control: private, no-store
        ");
        let bearer = Some(key.key.expose());
        assert_eq!(server.call(Method::GET, "/api/v1/users/me", bearer, None).await.status, 401);
    }
}
