//! `POST /attestations`: states whose face it is.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use contract::consent::{AttestationView, CreateAttestation};
use platform::consent::ConsentService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, SignedIn};
use crate::api::refusals::refusals;

refusals!(NotFound, AgeRequired);

/// States whose face stands in a stored photo. The same statement made again is the one that is there.
#[utoipa::path(
    post,
    path = "/attestations",
    operation_id = "create_attestation",
    tag = "consent",
    request_body = CreateAttestation,
    responses((status = 201, description = "The statement.", body = AttestationView), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(consent): State<ConsentService>,
    SignedIn(principal): SignedIn,
    JsonBody(stated): JsonBody<CreateAttestation>,
) -> Result<(StatusCode, Json<AttestationView>), ApiError> {
    Ok((StatusCode::CREATED, Json(consent.attest(principal.user, stated).await?)))
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};
    use contract::consent::{AttestationView, Revoked};
    use serde_json::{Value, json};

    use crate::testing::TestServer;

    const PATH: &str = "/api/v1/attestations";

    #[tokio::test]
    async fn a_statement_is_made_seen_and_withdrawn_by_whoever_is_of_age() {
        let server = TestServer::start().await;
        let (ada, bob) = (server.person("ada@example.org").await, server.person("bob@example.org").await);
        let photo = ada.picture(1).await;
        let stated = json!({ "source": photo.id, "claim": "permission" });
        assert_eq!(ada.post(PATH, stated.clone()).await.refusal(), (403, "age_required", None));
        let no = ada.call(Method::PUT, "/api/v1/age", Some(json!({ "of_age": false }))).await;
        assert_eq!(no.refusal().1, "age_required");
        for person in [&ada, &bob] {
            let yes = person.call(Method::PUT, "/api/v1/age", Some(json!({ "of_age": true }))).await;
            assert_eq!(yes.text(), r#"{"of_age":true}"#);
        }
        assert_eq!(ada.get("/api/v1/age").await.text(), r#"{"of_age":true}"#);
        let made = ada.post(PATH, stated.clone()).await;
        assert_eq!(made.status, StatusCode::CREATED);
        let view: AttestationView = serde_json::from_slice(&made.body).unwrap();
        assert_eq!(bob.post(PATH, stated).await.refusal().0, 404, "somebody else's photo");
        assert_eq!(ada.post(PATH, json!({ "source": photo.id, "claim": "none" })).await.refusal().0, 422);
        let list: Value = serde_json::from_slice(&ada.get(PATH).await.body).unwrap();
        assert_eq!(list["items"][0]["claim"], "permission");
        let path = format!("{PATH}/{}", view.id);
        assert_eq!(bob.delete(&path).await.refusal().0, 404);
        let revoked: Revoked = serde_json::from_slice(&ada.delete(&path).await.body).unwrap();
        assert_eq!(revoked.removed_results, 0);
        let export: Value = serde_json::from_slice(&ada.get("/api/v1/users/me/export").await.body).unwrap();
        assert!(export["consent"]["statements"][0]["revoked_at_ms"].is_i64(), "{export:#}");
        assert_eq!(export["media"][0]["file"]["id"], photo.id.to_string());
    }
}
