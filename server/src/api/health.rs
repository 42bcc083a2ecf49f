//! `GET /health`: whether the service and its database answer.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use contract::health::{Health, Status};

use crate::http::AppState;

/// Whether the service and its database answer.
#[utoipa::path(
    get,
    path = "/health",
    operation_id = "health",
    tag = "operations",
    responses((status = 200, description = "Both are well.", body = Health),
        (status = 503, description = "The database does not answer.", body = Health))
)]
pub(crate) async fn get(State(state): State<AppState>) -> (StatusCode, Json<Health>) {
    let well = state.database.answers().await;
    let (code, status) =
        if well { (StatusCode::OK, Status::Ok) } else { (StatusCode::SERVICE_UNAVAILABLE, Status::Down) };
    let health = Health {
        status,
        service: "mog".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        database: status,
        timestamp_ms: state.clock.now_ms(),
    };
    (code, Json(health))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, StatusCode};
    use contract::health::{Health, Status};

    use crate::testing::TestServer;

    #[tokio::test]
    async fn says_that_service_and_database_are_well() {
        let answer = TestServer::start().await.get("/health").await;
        assert_eq!(answer.status, StatusCode::OK);
        let health: Health = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(
            (health.status, health.database, health.service.as_str()),
            (Status::Ok, Status::Ok, "mog")
        );
        assert!(health.timestamp_ms > 0);
        assert_eq!(answer.header(HeaderName::from_static("x-request-id")).len(), 36);
    }
}
