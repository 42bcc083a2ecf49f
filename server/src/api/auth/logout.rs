//! `POST /auth/logout`: the end of a session.

use axum::extract::State;
use axum::http::HeaderMap;
use platform::auth::AuthService;

use crate::api::answer::SignedOut;
use crate::api::error::ApiError;
use crate::api::extract::{SignedIn, VisitOf};
use crate::site::Site;

/// Ends the session of the request, and takes its cookies from the browser.
#[utoipa::path(
    post,
    path = "/auth/logout",
    operation_id = "logout",
    tag = "auth",
    responses((status = 204, description = "It has ended.")),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    VisitOf(visit): VisitOf,
    State(site): State<Site>,
    headers: HeaderMap,
) -> Result<SignedOut, ApiError> {
    auth.sign_out(&principal, &visit).await?;
    Ok(SignedOut::new(&site, &headers))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Method;
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn the_session_ends_and_a_browser_loses_its_cookies() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let request = ada.browser(Method::POST, "/api/v1/auth/logout").body(Body::empty()).unwrap();
        assert_snapshot!(server.send(request).await.shown(), @r"
        204 No Content
        cache-control: private, no-store
        set-cookie: __Host-mog-access=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure
        set-cookie: __Host-mog-refresh=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure
        ");
        assert_snapshot!(ada.call(Method::POST, "/api/v1/auth/logout", None).await.shown(), @r#"
        401 Unauthorized
        cache-control: no-store
        content-language: en
        content-type: application/problem+json
        www-authenticate: Bearer realm="mog"

        {
          "code": "sign_in_required",
          "detail": "Sign in and try again.",
          "request_id": "[request_id]",
          "status": 401,
          "title": "You are not signed in.",
          "type": "urn:mog:problem:sign_in_required"
        }
        "#);
    }
}
