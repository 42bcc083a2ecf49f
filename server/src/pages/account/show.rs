//! Writes a page of this part as an answer.

use std::sync::LazyLock;

use app::account::{Chrome, Document, FailurePage, Sent, content_security_policy, render};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use contract::ErrorCode;
use platform::auth::AuthError;

use crate::http::AppState;
use crate::pages::seen::Seen;

/// No cache may keep what one person sees, nor show it again after they have left.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("private, no-store");

/// What these pages may do: written once, because it names a script by its hash.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    HeaderValue::try_from(content_security_policy()).expect("a policy is made of visible characters")
});

/// The page, as an answer with this status.
pub(super) fn page(state: &AppState, seen: &Seen, status: StatusCode, page: impl Document) -> Response {
    at(state, seen, &seen.address, status, page)
}

/// The page, to be had again at another address than the one it was asked for with.
pub(crate) fn at(
    state: &AppState,
    seen: &Seen,
    address: &str,
    status: StatusCode,
    page: impl Document,
) -> Response {
    let chrome = Chrome {
        files: state.assets.page.clone(),
        script: state.assets.forms.clone(),
        samples: state.assets.studio.samples.clone(),
        visitor: seen.visitor.clone(),
        address: address.to_owned(),
    };
    let headers = [(header::CACHE_CONTROL, CACHE_CONTROL), (header::CONTENT_SECURITY_POLICY, POLICY.clone())];
    (status, headers, Html(render(chrome, page))).into_response()
}

/// A page that only says what went wrong.
pub(crate) fn failure(state: &AppState, seen: &Seen, code: ErrorCode) -> Response {
    page(state, seen, status_of(code), FailurePage(code))
}

/// What a refused form shows, and with which status. A failure of ours is logged and shown like any other.
pub(super) fn refused(error: AuthError, mut form: Sent) -> (StatusCode, Sent) {
    let code = error.code();
    if code.status() >= 500 {
        tracing::error!(%error, "a form failed");
    }
    match error {
        AuthError::Fields(faults) => form.faults = faults,
        _ => form.refusal = Some(code),
    }
    (status_of(code), form)
}

fn status_of(code: ErrorCode) -> StatusCode {
    StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
