//! `GET /metrics`: measurements for Prometheus.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use contract::ErrorCode;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::error::ApiError;
use crate::config::MetricsSection;
use crate::http::AppState;
use crate::middleware::client_address::ClientAddress;

/// What Prometheus reads (text format 0.0.4).
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

pub(crate) async fn get(
    State(state): State<AppState>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if !may_read(&state.operations.metrics, client, &headers) {
        // To strangers there is nothing here.
        return Err(ErrorCode::NotFound.into());
    }
    let text = state.operations.measurements.text(&state.database);
    Ok(([(header::CONTENT_TYPE, TEXT)], text).into_response())
}

fn may_read(section: &MetricsSection, client: ClientAddress, headers: &HeaderMap) -> bool {
    let near = |address| section.networks.iter().any(|network| network.contains(address));
    client.is_loopback() || client.0.is_some_and(near) || has_token(section, headers)
}

fn has_token(section: &MetricsSection, headers: &HeaderMap) -> bool {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let sent = sent.and_then(|value| value.strip_prefix("Bearer "));
    // Hashes are compared, so that the time it takes says nothing about the token.
    let same = |token: &str, sent: &str| Sha256::digest(token) == Sha256::digest(sent);
    section.token.as_ref().zip(sent).is_some_and(|(token, sent)| same(token.expose_secret(), sent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_named_networks_and_the_token_open_the_measurements() {
        let mut section = MetricsSection::default();
        section.networks = "10.0.0.0/8".parse().unwrap();
        section.token = Some("a long token".to_owned().into());
        let reads = |section: &MetricsSection, from: &str, token: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.extend(token.map(|token| (header::AUTHORIZATION, token.parse().unwrap())));
            may_read(section, ClientAddress(from.parse().ok()), &headers)
        };
        assert!(reads(&section, "127.0.0.1", None) && reads(&section, "10.1.2.3", None));
        assert!(reads(&section, "203.0.113.9", Some("Bearer a long token")));
        assert!(!reads(&section, "203.0.113.9", Some("Bearer a long tokem")));
        assert!(!reads(&section, "203.0.113.9", None) && !reads(&section, "unknown", None));
        assert!(!reads(&MetricsSection::default(), "203.0.113.9", Some("Bearer ")));
    }
}
