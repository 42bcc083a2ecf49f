//! `GET /users`: every account, for administrators.

use axum::Json;
use axum::extract::State;
use contract::paging::{Page, PageQuery};
use contract::users::AccountView;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{Administrator, QueryOf};

/// The accounts, the newest first. For administrators.
#[utoipa::path(
    get,
    path = "/users",
    operation_id = "list_users",
    tag = "users",
    params(PageQuery),
    responses((status = 200, description = "A page of accounts.", body = Page<AccountView>)),
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
        assert_snapshot!(ada.get("/api/v1/users?limit=1").await.shown(), @"");
        assert_snapshot!(bob.get("/api/v1/users").await.shown(), @"");
    }
}
