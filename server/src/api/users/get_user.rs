//! `GET /users/{id}`: what anybody may see of a person.

use axum::Json;
use axum::extract::State;
use contract::ErrorCode;
use contract::users::{PublicUser, UserId};
use platform::users::UserService;

use crate::api::error::ApiError;
use crate::api::extract::PathId;
use crate::api::refusals::refusals;

refusals!(NotFound);

/// What anybody may see of a person.
#[utoipa::path(
    get,
    path = "/users/{id}",
    operation_id = "get_user",
    tag = "users",
    params(("id" = UserId, Path, description = "The person.")),
    responses((status = 200, description = "The person.", body = PublicUser), Refusals)
)]
pub(crate) async fn get(
    State(users): State<UserService>,
    PathId(id): PathId<UserId>,
) -> Result<Json<PublicUser>, ApiError> {
    let user = users.public(id).await?;
    Ok(Json(user.ok_or(ErrorCode::NotFound)?))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn anybody_sees_what_is_public() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let path = format!("/api/v1/users/{}", ada.id);
        assert_snapshot!(server.get(&path).await.shown(), @r#"
        200 OK
        content-type: application/json

        {
          "bio": "",
          "created_at_ms": 1767225600000,
          "id": "[id]",
          "name": ""
        }
        "#);
        assert_snapshot!(server.get("/api/v1/users/nonsense").await.shown(), @r#"
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
