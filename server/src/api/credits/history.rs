//! `GET /credits/history`: what became of somebody's credits.

use axum::Json;
use axum::extract::State;
use contract::credits::TransferView;
use contract::paging::{Page, PageQuery};
use platform::credits::CreditService;

use crate::api::error::ApiError;
use crate::api::extract::{QueryOf, SignedIn};
use crate::api::refusals::refusals;

refusals!(FieldsInvalid);

/// What became of the account's credits, the newest first.
#[utoipa::path(
    get,
    path = "/credits/history",
    operation_id = "list_credit_transfers",
    tag = "credits",
    params(PageQuery),
    responses((status = 200, description = "A page of transfers.", body = Page<TransferView>), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(credits): State<CreditService>,
    SignedIn(principal): SignedIn,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Json<Page<TransferView>>, ApiError> {
    Ok(Json(credits.history(&principal, &page).await?))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn the_history_begins_with_the_first_allowance() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        ada.get("/api/v1/credits").await;
        assert_snapshot!(ada.get("/api/v1/credits/history").await.shown(), @r#"
        200 OK
        cache-control: private, no-store
        content-type: application/json

        {
          "items": [
            {
              "amount": 30,
              "at_ms": 1767225601000,
              "change": 30,
              "id": "[id]",
              "kind": "allowance",
              "note": ""
            }
          ]
        }
        "#);
        let bad = ada.get("/api/v1/credits/history?after=nonsense").await;
        assert_eq!(bad.refusal().1, "fields_invalid");
    }
}
