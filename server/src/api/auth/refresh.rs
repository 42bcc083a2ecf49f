//! `POST /auth/refresh`: the next pair of tokens.

use std::sync::Arc;

use super::tokens::token_response;
use axum::extract::State;
use contract::auth::{RefreshRequest, TokenResponse};
use platform::auth::AuthService;
use platform::clock::Clock;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, VisitOf};
use crate::api::refusals::refusals;

refusals!(SessionEnded, AccountLocked);

/// Gives the next pair of tokens for a refresh token, which is used up by that.
///
/// Whoever did not get the answer may ask again within ten seconds. Any other second use ends the session.
#[utoipa::path(
    post,
    path = "/auth/refresh",
    operation_id = "refresh",
    tag = "auth",
    request_body = RefreshRequest,
    responses((status = 200, description = "The next pair.", body = TokenResponse), Refusals)
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    VisitOf(visit): VisitOf,
    State(clock): State<Arc<dyn Clock>>,
    JsonBody(body): JsonBody<RefreshRequest>,
) -> Result<NotStored<TokenResponse>, ApiError> {
    let tokens = auth.refresh(&body.refresh_token, &visit).await?;
    Ok(NotStored(token_response(tokens, clock.now_ms())))
}

#[cfg(test)]
mod tests {
    use contract::auth::TokenResponse;
    use insta::assert_snapshot;
    use serde_json::json;
    use std::time::Duration;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn a_pair_gets_the_next_one_and_a_stolen_one_ends_the_session() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let body = json!({ "refresh_token": ada.tokens.refresh_token });
        let next = server.post("/api/v1/auth/refresh", body.clone()).await;
        assert_snapshot!(next.shown(), @r#"
        200 OK
        cache-control: no-store
        content-type: application/json

        {
          "access_token": "[access_token]",
          "expires_in": 900,
          "refresh_token": "[refresh_token]",
          "token_type": "bearer"
        }
        "#);
        let retried = server.post("/api/v1/auth/refresh", body.clone()).await;
        let refresh = |answer: &crate::testing::Answer| -> TokenResponse {
            serde_json::from_slice(&answer.body).unwrap()
        };
        assert_eq!(refresh(&next).refresh_token, refresh(&retried).refresh_token, "one child only");
        server.clock.advance(Duration::from_secs(11));
        assert_snapshot!(server.post("/api/v1/auth/refresh", body).await.shown(), @r#"
        401 Unauthorized
        cache-control: no-store
        content-language: en
        content-type: application/problem+json
        www-authenticate: Bearer realm="mog"

        {
          "code": "session_ended",
          "detail": "Sign in again.",
          "request_id": "[request_id]",
          "status": 401,
          "title": "This session has ended.",
          "type": "urn:mog:problem:session_ended"
        }
        "#);
        assert_eq!(ada.get("/api/v1/users/me").await.refusal().1, "sign_in_required");
    }
}
