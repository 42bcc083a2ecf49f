//! `GET /auth/security-events`: what happened to an account.

use axum::Json;
use axum::extract::State;
use contract::auth::SecurityEventView;
use contract::paging::{Page, PageQuery};
use platform::auth::AuthService;

use crate::api::error::ApiError;
use crate::api::extract::{QueryOf, SignedIn};
use crate::api::refusals::refusals;

refusals!(FieldsInvalid);

/// What happened to the security of the account, the newest first.
#[utoipa::path(
    get,
    path = "/auth/security-events",
    operation_id = "list_security_events",
    tag = "auth",
    params(PageQuery),
    responses((status = 200, description = "A page of events.", body = Page<SecurityEventView>), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(auth): State<AuthService>,
    SignedIn(principal): SignedIn,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Json<Page<SecurityEventView>>, ApiError> {
    Ok(Json(auth.security_events(&principal, &page).await?))
}

#[cfg(test)]
mod tests {
    use contract::auth::SecurityEventView;
    use contract::paging::Page;
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn the_history_comes_page_by_page() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let page = ada.get("/api/v1/auth/security-events?limit=1").await;
        assert_snapshot!(page.shown(), @r#"
        200 OK
        cache-control: private, no-store
        content-type: application/json

        {
          "items": [
            {
              "at_ms": 1767225601000,
              "device": "",
              "id": "[id]",
              "kind": "signed_in",
              "network": ""
            }
          ],
          "next": "[id]"
        }
        "#);
        let page: Page<SecurityEventView> = serde_json::from_slice(&page.body).unwrap();
        let path = format!("/api/v1/auth/security-events?limit=1&after={}", page.next.unwrap());
        assert_snapshot!(ada.get(&path).await.shown(), @r#"
        200 OK
        cache-control: private, no-store
        content-type: application/json

        {
          "items": [
            {
              "at_ms": 1767225600000,
              "device": "",
              "id": "[id]",
              "kind": "signed_up",
              "network": ""
            }
          ]
        }
        "#);
        assert_snapshot!(ada.get("/api/v1/auth/security-events?limit=many").await.shown(), @r#"
        400 Bad Request
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "request_malformed",
          "detail": "Check what you send and try again.",
          "request_id": "[request_id]",
          "status": 400,
          "title": "The request could not be read.",
          "type": "urn:mog:problem:request_malformed"
        }
        "#);
    }
}
