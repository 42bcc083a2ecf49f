//! `POST /account/export`: everything that is kept about a person, as a file.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::owner::Owner;
use super::show;
use crate::api::extract::VisitOf;
use crate::http::AppState;

pub(super) async fn post(State(state): State<AppState>, owner: Owner, VisitOf(visit): VisitOf) -> Response {
    match state.auth.export(&owner.principal, &visit).await {
        Ok(everything) => {
            let headers = [
                (header::CONTENT_DISPOSITION, "attachment; filename=\"mog-ai-export.json\""),
                (header::CACHE_CONTROL, "private, no-store"),
            ];
            (headers, Json(everything)).into_response()
        }
        Err(error) => show::failure(&state, &owner.seen, error.code()),
    }
}
