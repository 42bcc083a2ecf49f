//! `POST /auth/totp/recovery-codes`: new recovery codes.

use axum::extract::State;
use contract::auth::{ConfirmByPassword, RecoveryCodes};
use platform::auth::AuthService;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, SignedIn, VisitOf};
use crate::api::refusals::refusals;

refusals!(PasswordWrong, TotpOff, Busy);

/// Makes new recovery codes; the old ones no longer count.
#[utoipa::path(
    post,
    path = "/auth/totp/recovery-codes",
    operation_id = "renew_recovery_codes",
    tag = "auth",
    request_body = ConfirmByPassword,
    responses((status = 200, description = "The codes, shown this once.", body = RecoveryCodes), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    VisitOf(visit): VisitOf,
    JsonBody(body): JsonBody<ConfirmByPassword>,
) -> Result<NotStored<RecoveryCodes>, ApiError> {
    Ok(NotStored(auth.renew_recovery_codes(&principal, &body.password, &visit).await?))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::{PASSWORD, TestServer};

    #[tokio::test]
    async fn there_are_none_without_a_second_step() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        assert_snapshot!(ada.post("/api/v1/auth/totp/recovery-codes", json!({ "password": PASSWORD })).await.shown(), @r#"
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
    }
}
