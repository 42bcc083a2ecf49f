//! `PUT /users/me/settings`: what somebody chooses.

use axum::Json;
use axum::extract::State;
use contract::users::Settings;
use platform::users::UserService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, ProfileWrite, WithScope};

/// Replaces the settings: what is absent goes back to its default.
#[utoipa::path(
    put,
    path = "/users/me/settings",
    operation_id = "put_settings",
    tag = "users",
    request_body = Settings,
    responses((status = 200, description = "The settings from now on.", body = Settings)),
    security(("bearer" = ["profile:write"]))
)]
pub(crate) async fn put(
    State(users): State<UserService>,
    WithScope { principal, .. }: WithScope<ProfileWrite>,
    JsonBody(body): JsonBody<Settings>,
) -> Result<Json<Settings>, ApiError> {
    users.change_settings(&principal, body).await?;
    Ok(Json(body))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn settings_are_replaced_and_problems_follow_them() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let path = "/api/v1/users/me/settings";
        assert_snapshot!(ada.call(Method::PUT, path, Some(json!({ "language": "fr", "theme": "dark" }))).await.shown(), @"");
        assert_snapshot!(ada.call(Method::PUT, path, Some(json!({ "theme": "pink" }))).await.shown(), @"");
        assert_snapshot!(ada.call(Method::PUT, path, Some(json!({}))).await.shown(), @"");
    }
}
