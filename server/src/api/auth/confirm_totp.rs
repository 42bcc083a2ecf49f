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
        assert_snapshot!(ada.post("/api/v1/auth/totp/confirm", body.clone()).await.shown(), @"");
        ada.call(Method::POST, "/api/v1/auth/totp", None).await;
        assert_snapshot!(ada.post("/api/v1/auth/totp/confirm", body).await.shown(), @"");
    }
}
