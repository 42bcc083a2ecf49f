//! `POST /auth/totp/confirm`: the second step turned on.

use axum::extract::State;
use contract::auth::{RecoveryCodes, TotpConfirm};
use platform::auth::AuthService;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, SignedIn, VisitOf};
use crate::api::refusals::refusals;

refusals!(TotpOff, TotpAlreadyOn, CodeWrong);

/// Turns the second step on with a code of the app; answers with codes for the day when the phone is lost.
#[utoipa::path(
    post,
    path = "/auth/totp/confirm",
    operation_id = "confirm_totp",
    tag = "auth",
    request_body = TotpConfirm,
    responses((status = 200, description = "The recovery codes, shown this once.", body = RecoveryCodes), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    VisitOf(visit): VisitOf,
    JsonBody(body): JsonBody<TotpConfirm>,
) -> Result<NotStored<RecoveryCodes>, ApiError> {
    Ok(NotStored(auth.totp_confirm(&principal, &body.code, &visit).await?))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn a_wrong_code_turns_nothing_on() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let body = json!({ "code": "000000" });
        assert_snapshot!(ada.post("/api/v1/auth/totp/confirm", body.clone()).await.shown(), @r#"
        409 Conflict
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "totp_off",
          "detail": "Set it up first.",
          "request_id": "[request_id]",
          "status": 409,
          "title": "The second step is not on.",
          "type": "urn:mog:problem:totp_off"
        }
        "#);
        ada.call(Method::POST, "/api/v1/auth/totp", None).await;
        assert_snapshot!(ada.post("/api/v1/auth/totp/confirm", body).await.shown(), @r#"
        401 Unauthorized
        cache-control: no-store
        content-language: en
        content-type: application/problem+json
        www-authenticate: Bearer realm="mog"

        {
          "code": "code_wrong",
          "detail": "Wait for the next one and enter it, or use a recovery code.",
          "request_id": "[request_id]",
          "status": 401,
          "title": "This code is wrong.",
          "type": "urn:mog:problem:code_wrong"
        }
        "#);
    }
}
