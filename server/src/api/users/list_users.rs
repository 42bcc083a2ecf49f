//! `GET /users`: every account, for administrators.

use axum::Json;
use axum::extract::State;
use contract::paging::{Page, PageQuery};
use contract::users::AccountView;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{Administrator, QueryOf};
use crate::api::refusals::refusals;

refusals!(FieldsInvalid);

/// The accounts, the oldest first. For administrators.
#[utoipa::path(
    get,
    path = "/users",
    operation_id = "list_users",
    tag = "users",
    params(PageQuery),
    responses((status = 200, description = "A page of accounts.", body = Page<AccountView>), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(auth): State<AuthService>,
    _: Administrator,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Json<Page<AccountView>>, ApiError> {
    Ok(Json(auth.accounts(&page).await?))
}

#[cfg(test)]
mod tests {
    use contract::users::Role;
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn administrators_see_every_account() {
        let server = TestServer::start().await;
        let ada = server.person_as("ada@example.org", Role::Admin).await;
        let bob = server.person("bob@example.org").await;
        assert_snapshot!(ada.get("/api/v1/users?limit=1").await.shown(), @r#"
        200 OK
        cache-control: private, no-store
        content-type: application/json

        {
          "items": [
            {
              "created_at_ms": 1767225600000,
              "email": "ada@example.org",
              "email_verified": true,
              "id": "[id]",
              "locked": false,
              "role": "admin"
            }
          ],
          "next": "[id]"
        }
        "#);
        assert_snapshot!(bob.get("/api/v1/users").await.shown(), @r#"
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
    }
}
