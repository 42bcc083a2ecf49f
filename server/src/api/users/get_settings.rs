//! `GET /users/me/settings`: what somebody chose.

use axum::Json;
use axum::extract::State;
use contract::users::Settings;
use platform::users::UserService;

use crate::api::error::ApiError;
use crate::api::extract::{ProfileRead, WithScope};

/// The settings.
#[utoipa::path(
    get,
    path = "/users/me/settings",
    operation_id = "get_settings",
    tag = "users",
    responses((status = 200, description = "The settings.", body = Settings)),
    security(("bearer" = ["profile:read"]))
)]
pub(crate) async fn get(
    State(users): State<UserService>,
    WithScope { principal, .. }: WithScope<ProfileRead>,
) -> Result<Json<Settings>, ApiError> {
    Ok(Json(users.settings(&principal).await?))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn settings_have_defaults() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        assert_snapshot!(ada.get("/api/v1/users/me/settings").await.shown(), @r#"
        200 OK
        cache-control: private, no-store
        content-type: application/json

        {
          "language": null,
          "theme": "system"
        }
        "#);
    }
}
