//! Access tokens: JWTs as RFC 9068 profiles them, signed with Ed25519 and nothing else.

use std::sync::Arc;

use contract::auth::SessionId;
use contract::fields::Secret;
use contract::users::UserId;
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};

use super::AuthError;
use super::signing_keys::Keyring;
use crate::clock::Clock;

/// Who access tokens are for: this product's API.
const AUDIENCE: &str = "mog";

/// The type of an access token (RFC 9068, 2.1): no other JWT of anybody's can be taken for one.
const TYPE: &str = "at+jwt";

/// Writes and reads access tokens.
#[derive(Clone)]
pub(super) struct AccessTokens {
    issuer: String,
    lifetime_ms: i64,
    keyring: Keyring,
    clock: Arc<dyn Clock>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    sid: SessionId,
    iat: i64,
    exp: i64,
}

impl AccessTokens {
    pub(super) const fn new(
        issuer: String,
        lifetime_ms: i64,
        keyring: Keyring,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { issuer, lifetime_ms, keyring, clock }
    }

    /// A token for a session, and when it ends. It never outlives the session.
    pub(super) async fn write(
        &self,
        user: UserId,
        session: SessionId,
        session_ends_at_ms: i64,
    ) -> Result<(Secret, i64), AuthError> {
        let now_ms = self.clock.now_ms();
        let ends_at_ms = (now_ms + self.lifetime_ms).min(session_ends_at_ms);
        let key = self.keyring.signing().await?;
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: user,
            sid: session,
            iat: now_ms / 1000,
            exp: ends_at_ms / 1000,
        };
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.into());
        header.kid = Some(key.kid.clone());
        let token = encode(&header, &claims, &key.encoding)
            .map_err(|_| AuthError::Crypto("an access token was not signed"))?;
        Ok((Secret::new(token), ends_at_ms))
    }

    /// Whose session the token is of; none for whatever is not a living token of ours.
    pub(super) async fn read(&self, token: &str) -> Result<Option<(UserId, SessionId)>, AuthError> {
        let Ok(header) = decode_header(token) else { return Ok(None) };
        let typed = header.typ.as_deref() == Some(TYPE) && header.alg == Algorithm::EdDSA;
        let (true, None, Some(kid)) = (typed, header.crit, header.kid) else { return Ok(None) };
        let Some(key) = self.keyring.checking(&kid).await? else { return Ok(None) };
        let Ok(token) = decode::<Claims>(token, &key.decoding, &self.validation()) else { return Ok(None) };
        let living = token.claims.exp > self.clock.now_ms() / 1000;
        Ok(living.then_some((token.claims.sub, token.claims.sid)))
    }

    fn validation(&self) -> Validation {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // By our own clock, which a test can set.
        validation.validate_exp = false;
        validation
    }
}
