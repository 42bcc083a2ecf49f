//! `GET /credits`: what somebody has.

use axum::Json;
use axum::extract::State;
use contract::credits::CreditBalance;
use platform::credits::CreditService;

use crate::api::error::ApiError;
use crate::api::extract::SignedIn;

/// What the account has to spend, and what is held for its jobs. This month's free credits come with the first look.
#[utoipa::path(
    get,
    path = "/credits",
    operation_id = "get_credits",
    tag = "credits",
    responses((status = 200, description = "The balance.", body = CreditBalance)),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(credits): State<CreditService>,
    SignedIn(principal): SignedIn,
) -> Result<Json<CreditBalance>, ApiError> {
    Ok(Json(credits.balance(&principal).await?))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn the_months_free_credits_are_there_at_the_first_look_and_come_once() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        ada.get("/api/v1/credits").await;
        assert_snapshot!(ada.get("/api/v1/credits").await.shown(), @r#"
        200 OK
        cache-control: private, no-store
        content-type: application/json

        {
          "available": 30,
          "held": 0,
          "monthly_allowance": 30,
          "next_allowance_at_ms": 1769904000000
        }
        "#);
        assert_eq!(server.get("/api/v1/credits").await.refusal().1, "sign_in_required");
    }
}
