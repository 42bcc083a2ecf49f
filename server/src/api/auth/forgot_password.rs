//! `POST /auth/password/forgot`: a link to choose a new password.

use axum::extract::State;
use axum::http::StatusCode;
use contract::auth::ForgotPassword;
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, VisitOf};

/// Mails a link with which a new password can be chosen.
///
/// The answer is the same for an address without an account.
#[utoipa::path(
    post,
    path = "/auth/password/forgot",
    operation_id = "forgot_password",
    tag = "auth",
    request_body = ForgotPassword,
    responses((status = 202, description = "If there is such an account, a mail is on its way."))
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    VisitOf(visit): VisitOf,
    JsonBody(body): JsonBody<ForgotPassword>,
) -> Result<StatusCode, ApiError> {
    auth.forgot_password(&body.email, &visit).await?;
    Ok(StatusCode::ACCEPTED)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn the_answer_never_says_whether_there_is_an_account() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let known = server.post("/api/v1/auth/password/forgot", json!({ "email": "ada@example.org" })).await;
        assert_snapshot!(known.shown(), @"202 Accepted");
        let unknown =
            server.post("/api/v1/auth/password/forgot", json!({ "email": "bob@example.org" })).await;
        assert_eq!(known.shown(), unknown.shown());
        drop(ada);
    }
}
