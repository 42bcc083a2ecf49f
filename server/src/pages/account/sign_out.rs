//! `POST /sign-out`.

use app::account::Arrival;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use crate::api::extract::VisitOf;
use crate::cookies::{Cookies, FORGET_PAGES};
use crate::http::AppState;
use crate::middleware::session::Caller;

/// Ends the session if it can be found. The browser forgets it in any case.
pub(super) async fn post(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    VisitOf(visit): VisitOf,
) -> Response {
    if let Caller::Known(principal) = &caller
        && let Err(error) = state.auth.sign_out(principal, &visit).await
    {
        tracing::error!(%error, "a session could not be ended, its cookies are forgotten all the same");
    }
    let mut response =
        Redirect::to(&format!("/sign-in?from={}", Arrival::SignedOut.as_str())).into_response();
    for (name, value) in Cookies::of(&state.site).clear() {
        response.headers_mut().append(name, value);
    }
    response.headers_mut().insert(FORGET_PAGES.0, FORGET_PAGES.1);
    response
}
