//! `GET /users/me/export`: all that is kept about somebody.

use axum::extract::State;
use axum::http::{HeaderName, header};
use platform::auth::AuthService;
use serde_json::Value;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{SignedIn, VisitOf};

/// All that is kept about the account, as a file.
#[utoipa::path(
    get,
    path = "/users/me/export",
    operation_id = "export_me",
    tag = "users",
    responses((status = 200, description = "Everything, one part a feature.", body = serde_json::Value)),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    VisitOf(visit): VisitOf,
) -> Result<([(HeaderName, &'static str); 1], NotStored<Value>), ApiError> {
    let everything = auth.export(&principal, &visit).await?;
    let file = [(header::CONTENT_DISPOSITION, "attachment; filename=\"mog-export.json\"")];
    Ok((file, NotStored(everything)))
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, header};
    use contract::auth::Scope;
    use serde_json::Value;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn everything_comes_as_a_file() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let answer = ada.get("/api/v1/users/me/export").await;
        assert_eq!(answer.header(header::CONTENT_DISPOSITION), "attachment; filename=\"mog-export.json\"");
        let everything: Value = serde_json::from_slice(&answer.body).unwrap();
        assert!(everything.get("profile").is_some(), "{everything:#}");
        assert!(!answer.text().contains("argon2"), "no hash is handed out");
        let key = ada.api_key(&Scope::ALL).await;
        let by_key = server.call(Method::GET, "/api/v1/users/me/export", Some(key.key.expose()), None).await;
        assert_eq!(by_key.refusal().1, "forbidden");
    }
}
