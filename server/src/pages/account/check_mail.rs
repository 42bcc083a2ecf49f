//! `/check-your-mail`.

use app::account::{CheckMailPage, MailKind};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::door::InAddress;
use super::owner::Anybody;
use super::show;
use crate::http::AppState;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default, rename = "for")]
    kind: String,
}

pub(super) async fn get(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let kind = MailKind::parse(&asked.kind).unwrap_or_default();
    show::page(&state, &seen, StatusCode::OK, CheckMailPage { kind })
}
