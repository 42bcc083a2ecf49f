//! `POST /auth/totp`: a secret for an authenticator app.

use axum::extract::State;
use contract::auth::TotpSetup;
use platform::auth::AuthService;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::SignedIn;
use crate::api::refusals::refusals;

refusals!(TotpAlreadyOn);

/// Makes a secret for an authenticator app. It counts once a code of it is confirmed.
#[utoipa::path(
    post,
    path = "/auth/totp",
    operation_id = "begin_totp",
    tag = "auth",
    responses((status = 200, description = "What the app needs.", body = TotpSetup), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
) -> Result<NotStored<TotpSetup>, ApiError> {
    Ok(NotStored(auth.totp_begin(&principal).await?))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn an_app_gets_its_secret() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        assert_snapshot!(ada.call(Method::POST, "/api/v1/auth/totp", None).await.shown(), @r#"
        200 OK
        cache-control: no-store
        content-type: application/json

        {
          "qr_svg": "[qr_svg]",
          "secret": "[secret]",
          "uri": "[uri]"
        }
        "#);
    }
}
