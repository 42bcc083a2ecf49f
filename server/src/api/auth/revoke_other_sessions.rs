//! `DELETE /auth/sessions`: the end of all other sessions.

use axum::extract::State;
use axum::http::StatusCode;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{SignedIn, VisitOf};

/// Ends every session but that of the request.
#[utoipa::path(
    delete,
    path = "/auth/sessions",
    operation_id = "revoke_other_sessions",
    tag = "auth",
    responses((status = 204, description = "They have ended.")),
    security(("bearer" = []))
)]
pub(crate) async fn delete(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    VisitOf(visit): VisitOf,
) -> Result<StatusCode, ApiError> {
    auth.revoke_other_sessions(&principal, &visit).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn the_request_s_own_session_stays() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let phone = server.sign_in("ada@example.org").await;
        assert_snapshot!(ada.delete("/api/v1/auth/sessions").await.shown(), @r"
        204 No Content
        cache-control: private, no-store
        ");
        let bearer = Some(phone.access_token.expose());
        assert_eq!(server.call(Method::GET, "/api/v1/users/me", bearer, None).await.status, 401);
        assert_eq!(ada.get("/api/v1/users/me").await.status, 200);
    }
}
