//! `POST /credits/grants`: credits as a gift, for administrators.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use contract::ErrorCode;
use contract::credits::GrantCredits;
use platform::credits::CreditService;

use crate::api::error::ApiError;
use crate::api::extract::{Administrator, JsonBody};
use crate::api::refusals::refusals;

refusals!(FieldRequired, NotFound, IdempotencyInFlight, IdempotencyMismatch);

/// Gives somebody credits, once for each `Idempotency-Key`, also long after its answer is forgotten. For administrators.
#[utoipa::path(
    post,
    path = "/credits/grants",
    operation_id = "grant_credits",
    tag = "credits",
    params(("Idempotency-Key" = String, Header, description = "A new one for each gift.")),
    request_body = GrantCredits,
    responses((status = 204, description = "Given."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(credits): State<CreditService>,
    Administrator(principal): Administrator,
    headers: HeaderMap,
    JsonBody(grant): JsonBody<GrantCredits>,
) -> Result<StatusCode, ApiError> {
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    let key = key.ok_or_else(|| ApiError::of_field("Idempotency-Key", ErrorCode::FieldRequired))?;
    credits.grant(&principal, grant, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Method, Request};
    use contract::users::Role;
    use serde_json::{Value, json};

    use crate::testing::{Answer, Person, TestServer};

    const PATH: &str = "/api/v1/credits/grants";

    async fn grant(who: &Person<'_>, key: Option<&str>, body: &Value) -> Answer {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(PATH)
            .header("authorization", format!("Bearer {}", who.bearer()))
            .header("content-type", "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        who.server.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    async fn available(who: &Person<'_>) -> Value {
        let balance: Value = serde_json::from_slice(&who.get("/api/v1/credits").await.body).unwrap();
        balance["available"].clone()
    }

    #[tokio::test]
    async fn a_gift_arrives_once_for_each_key() {
        let server = TestServer::start().await;
        let ada = server.person_as("ada@example.org", Role::Admin).await;
        let bob = server.person("bob@example.org").await;
        let gift = json!({ "user_id": bob.id, "amount": 7, "note": "welcome" });
        for _ in 0..5 {
            assert_eq!(grant(&ada, Some("one"), &gift).await.status, 204);
        }
        assert_eq!(available(&bob).await, 37);
        assert_eq!(grant(&ada, Some("two"), &gift).await.status, 204);
        assert_eq!(available(&bob).await, 44);
    }

    #[tokio::test]
    async fn a_gift_needs_an_administrator_a_key_and_somebody_to_get_it() {
        let server = TestServer::start().await;
        let ada = server.person_as("ada@example.org", Role::Admin).await;
        let bob = server.person("bob@example.org").await;
        let gift = json!({ "user_id": bob.id, "amount": 7 });
        assert_eq!(grant(&bob, Some("one"), &gift).await.refusal().1, "forbidden");
        let keyless = grant(&ada, None, &gift).await.problem();
        assert_eq!((keyless.status, keyless.errors[0].field.as_str()), (422, "Idempotency-Key"));
        let nobody = json!({ "user_id": "0198c0de-0000-7000-8000-000000000000", "amount": 7 });
        assert_eq!(grant(&ada, Some("two"), &nobody).await.refusal().1, "not_found");
        for amount in [0, -1, 1_000_001] {
            let bad = json!({ "user_id": bob.id, "amount": amount });
            assert_eq!(grant(&ada, Some("three"), &bad).await.problem().errors[0].field, "amount");
        }
        assert_eq!(available(&bob).await, 30);
    }
}
