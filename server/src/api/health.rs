//! `GET /health` and its sisters: whether the service lives, whether it should be sent requests, how its database is.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use contract::health::{Health, Status};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::http::AppState;

/// `GET /health`: whether the service and its database answer.
#[utoipa::path(
    get,
    path = "/health",
    operation_id = "health",
    tag = "operations",
    responses((status = 200, description = "Both are well.", body = Health),
        (status = 503, description = "The database does not answer.", body = Health))
)]
pub(crate) async fn get(State(state): State<AppState>) -> (StatusCode, Json<Health>) {
    let database = status(state.database.answers().await);
    answer(&state, database, database)
}

/// `GET /health/live`: the process answers. Whoever sees this fail should start it anew; a database that is away is no
/// reason to.
#[utoipa::path(
    get,
    path = "/health/live",
    operation_id = "health_live",
    tag = "operations",
    responses((status = 204, description = "The process answers."))
)]
pub(crate) async fn live() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// `GET /health/ready`: whether requests should be sent here. Not while starting or stopping, nor without a database.
#[utoipa::path(
    get,
    path = "/health/ready",
    operation_id = "health_ready",
    tag = "operations",
    responses((status = 200, description = "Requests are welcome.", body = Health),
        (status = 503, description = "The service starts or stops, or its database does not answer.", body = Health))
)]
pub(crate) async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Health>) {
    let well = state.database.answers().await;
    answer(&state, status(well && state.operations.readiness.is_ready()), status(well))
}

const fn status(well: bool) -> Status {
    if well { Status::Ok } else { Status::Down }
}

fn answer(state: &AppState, status: Status, database: Status) -> (StatusCode, Json<Health>) {
    let code = match status {
        Status::Ok => StatusCode::OK,
        Status::Down => StatusCode::SERVICE_UNAVAILABLE,
    };
    let health = Health {
        status,
        service: "mog".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        database,
        timestamp: rfc3339(state.clock.now_ms()),
    };
    (code, Json(health))
}

fn rfc3339(at_ms: i64) -> String {
    let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at_ms) * 1_000_000);
    moment.ok().and_then(|moment| moment.format(&Rfc3339).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, StatusCode};
    use contract::health::{Health, Status};

    use super::rfc3339;
    use crate::testing::{Answer, TestServer};

    fn health(answer: &Answer) -> (u16, Status, Status) {
        let health: Health = serde_json::from_slice(&answer.body).unwrap();
        (answer.status.as_u16(), health.status, health.database)
    }

    #[tokio::test]
    async fn says_that_service_and_database_are_well() {
        let answer = TestServer::start().await.get("/health").await;
        assert_eq!(health(&answer), (200, Status::Ok, Status::Ok));
        let health: Health = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((health.service.as_str(), health.version.as_str()), ("mog", env!("CARGO_PKG_VERSION")));
        assert!(
            health.timestamp.starts_with("20") && health.timestamp.ends_with('Z'),
            "{}",
            health.timestamp
        );
        assert_eq!(answer.header(HeaderName::from_static("x-request-id")).len(), 36);
    }

    #[tokio::test]
    async fn lives_without_a_database_but_is_not_ready() {
        let server = TestServer::start().await;
        assert_eq!(health(&server.get("/health/ready").await), (200, Status::Ok, Status::Ok));
        server.database().close().await;
        assert_eq!(server.get("/health/live").await.status, StatusCode::NO_CONTENT);
        assert_eq!(health(&server.get("/health/ready").await), (503, Status::Down, Status::Down));
        assert_eq!(health(&server.get("/health").await), (503, Status::Down, Status::Down));
    }

    #[tokio::test]
    async fn is_not_ready_while_it_stops_though_all_is_well() {
        let server = TestServer::start().await;
        server.operations().readiness.stopping();
        assert_eq!(health(&server.get("/health/ready").await), (503, Status::Down, Status::Ok));
        assert_eq!(health(&server.get("/health").await), (200, Status::Ok, Status::Ok));
    }

    #[test]
    fn a_moment_is_written_as_rfc_3339_does() {
        assert_eq!(rfc3339(1_795_262_400_123), "2026-11-21T12:00:00.123Z");
    }
}
