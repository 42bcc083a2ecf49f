//! `DELETE /auth/sessions/{id}`: the end of one session.

use axum::extract::State;
use axum::http::StatusCode;
use contract::auth::SessionId;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{PathId, SignedIn, VisitOf};
use crate::api::refusals::refusals;

refusals!(NotFound);

/// Ends a session of the account.
#[utoipa::path(
    delete,
    path = "/auth/sessions/{id}",
    operation_id = "revoke_session",
    tag = "auth",
    params(("id" = SessionId, Path, description = "The session.")),
    responses((status = 204, description = "It has ended."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn delete(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    VisitOf(visit): VisitOf,
    PathId(id): PathId<SessionId>,
) -> Result<StatusCode, ApiError> {
    auth.revoke_session(&principal, id, &visit).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use contract::auth::SessionView;
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn only_one_s_own_sessions_are_there_to_be_ended() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let eve = server.person("eve@example.org").await;
        let sessions: Vec<SessionView> =
            serde_json::from_slice(&ada.get("/auth/sessions").await.body).unwrap();
        let path = format!("/api/v1/auth/sessions/{}", sessions[0].id);
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
        assert_eq!(ada.get("/api/v1/users/me").await.status, 401);
        assert_eq!(eve.delete("/api/v1/auth/sessions/nonsense").await.refusal().1, "not_found");
    }
}
