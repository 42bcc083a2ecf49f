//! `/privacy`: what happens with photos and with everything else.

use app::account::PrivacyPage;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::owner::Anybody;
use super::show;
use crate::http::AppState;

pub(super) async fn get(State(state): State<AppState>, Anybody(seen): Anybody) -> Response {
    let page = PrivacyPage { checked: state.media.is_checked() };
    show::page(&state, &seen, StatusCode::OK, page)
}
