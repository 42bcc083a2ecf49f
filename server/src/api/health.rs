//! `GET /health`: whether the service and its database answer.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use contract::health::{Health, Status};
use platform::database;

use crate::http::AppState;

pub(crate) async fn get(State(state): State<AppState>) -> (StatusCode, Json<Health>) {
    let well = database::answers(&state.pool).await;
    let (code, status) = if well { (StatusCode::OK, Status::Ok) } else { (StatusCode::SERVICE_UNAVAILABLE, Status::Down) };
    let health = Health {
        status,
        service: "mog".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        database: status,
        timestamp_ms: state.clock.now_ms(),
    };
    (code, Json(health))
}
