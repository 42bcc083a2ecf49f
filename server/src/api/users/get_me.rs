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
        assert_snapshot!(ada.get("/api/v1/users/me").await.shown(), @"");
        assert_snapshot!(server.get("/users/me").await.shown(), @"");
    }

    #[tokio::test]
    async fn a_key_needs_the_scope() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let may = ada.api_key(&[Scope::ProfileRead]).await;
        let may_not = ada.api_key(&[Scope::SwapsWrite]).await;
        let me = async |key: &str| server.call(Method::GET, "/api/v1/users/me", Some(key), None).await;
        assert_eq!(me(may.key.expose()).await.status, 200);
        assert_snapshot!(me(may_not.key.expose()).await.shown(), @"");
        assert_eq!(me("mog_nonsense").await.refusal().1, "sign_in_required");
    }
}
