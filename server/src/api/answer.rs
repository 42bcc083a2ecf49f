//! Answers of a kind that several operations give.

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Serialize;

use crate::cookies::{Cookies, FORGET_PAGES};
use crate::site::Site;

/// JSON that nobody on the way may store: it holds what is shown once, or belongs to one person.
#[derive(Clone, Debug)]
pub(crate) struct NotStored<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for NotStored<T> {
    fn into_response(self) -> Response {
        ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(self.0)).into_response()
    }
}

/// 204, and the session's cookies taken from a browser that sent them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignedOut(Option<Cookies>);

impl SignedOut {
    pub(crate) fn new(site: &Site, headers: &HeaderMap) -> Self {
        let cookies = Cookies::of(site);
        Self(cookies.are_in(headers).then_some(cookies))
    }
}

impl IntoResponse for SignedOut {
    fn into_response(self) -> Response {
        let cleared = self.0.map(|cookies| {
            let [access, refresh] = cookies.clear();
            AppendHeaders([access, refresh, FORGET_PAGES])
        });
        (StatusCode::NO_CONTENT, cleared, ()).into_response()
    }
}
