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
        assert_snapshot!(ada.call(Method::PUT, path, Some(json!({ "language": "fr", "theme": "dark" }))).await.shown(), @r#"
        200 OK
        cache-control: private, no-store
        content-type: application/json

        {
          "language": "fr",
          "theme": "dark"
        }
        "#);
        assert_snapshot!(ada.call(Method::PUT, path, Some(json!({ "theme": "pink" }))).await.shown(), @r#"
        422 Unprocessable Entity
        cache-control: no-store
        content-language: fr
        content-type: application/problem+json

        {
          "code": "fields_invalid",
          "detail": "Corrigez les champs signalés et renvoyez.",
          "errors": [
            {
              "code": "field_invalid",
              "detail": "Utilisez des lettres, des chiffres et de la ponctuation simples.",
              "field": "theme",
              "title": "Ceci ne peut pas être utilisé ici."
            }
          ],
          "request_id": "[request_id]",
          "status": 422,
          "title": "Une partie de la saisie est à revoir.",
          "type": "urn:mog:problem:fields_invalid"
        }
        "#);
        assert_snapshot!(ada.call(Method::PUT, path, Some(json!({}))).await.shown(), @r#"
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
