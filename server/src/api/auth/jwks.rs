//! `GET /.well-known/jwks.json`: what access tokens are checked with, for other services (RFC 7517).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use platform::auth::AuthService;
use serde_json::Value;

use crate::api::error::ApiError;

/// For how long others may keep it. A new key is published long before an old one ends.
const CACHE_CONTROL: &str = "public, max-age=300";

/// The public keys with which access tokens are checked.
#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    operation_id = "get_jwks",
    tag = "auth",
    responses((status = 200, description = "A JSON Web Key Set.", body = Value))
)]
pub(crate) async fn get(
    State(auth): State<AuthService>,
) -> Result<([(HeaderName, &'static str); 1], Json<Value>), ApiError> {
    Ok(([(header::CACHE_CONTROL, CACHE_CONTROL)], Json(auth.jwks().await?)))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn others_can_check_our_tokens() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let answer = server.get("/.well-known/jwks.json").await;
        let set: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(set["keys"][0]["crv"], "Ed25519");
        assert!(!answer.text().contains("\"d\""), "the private half stays here");
        drop(ada);
    }
}
