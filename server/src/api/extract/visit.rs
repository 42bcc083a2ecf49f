//! Where a request comes from, as far as an account's owner should see it later.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use platform::auth::Visit;

use crate::middleware::client_address::ClientAddress;

/// Network and device of a request.
#[derive(Clone, Debug)]
pub(crate) struct VisitOf(pub(crate) Visit);

impl VisitOf {
    /// From the address of the client and what it says of itself.
    pub(crate) fn new(address: Option<&ClientAddress>, headers: &HeaderMap) -> Self {
        let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Self(Visit::new(address.and_then(|address| address.0), agent.unwrap_or_default()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for VisitOf {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::new(parts.extensions.get(), &parts.headers))
    }
}
