//! The tokens of a session as OAuth2 writes them (RFC 6749, 5.1).

use contract::auth::TokenResponse;
use platform::auth::SessionTokens;

pub(super) fn token_response(tokens: SessionTokens, now_ms: i64) -> TokenResponse {
    TokenResponse {
        access_token: tokens.access,
        token_type: "bearer".into(),
        expires_in: u64::try_from((tokens.access_ends_at_ms - now_ms) / 1000).unwrap_or(0),
        refresh_token: tokens.refresh,
    }
}
