//! `POST /users/{id}/unlock`, for administrators.

use axum::extract::State;
use axum::http::StatusCode;
use contract::users::UserId;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{Administrator, PathId};
use crate::api::refusals::refusals;

refusals!(NotFound);

/// Opens a locked account again. For administrators.
#[utoipa::path(
    post,
    path = "/users/{id}/unlock",
    operation_id = "unlock_user",
    tag = "users",
    params(("id" = UserId, Path, description = "The account.")),
    responses((status = 204, description = "Done."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    _: Administrator,
    PathId(id): PathId<UserId>,
) -> Result<StatusCode, ApiError> {
    auth.unlock(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use contract::users::Role;
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn an_account_that_is_none_cannot_be_unlocked() {
        let server = TestServer::start().await;
        let ada = server.person_as("ada@example.org", Role::Admin).await;
        let path = "/api/v1/users/01890a5d-ac96-774b-bcce-b302099a8057/unlock";
        assert_snapshot!(ada.call(Method::POST, path, None).await.shown(), @r#"
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
    }
}
