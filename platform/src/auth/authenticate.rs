//! Who a bearer token belongs to.

use contract::ErrorCode;
use serde_json::Value;

use super::repository::sessions;
use super::{AuthError, AuthService, Principal, Via};

impl AuthService {
    /// Who a bearer token belongs to: an access token, an API key, or a token of the Supabase project.
    ///
    /// Signature and time alone are not enough: session and account are looked up each time, so that what was revoked,
    /// locked or changed counts from the next request on.
    ///
    /// # Errors
    /// [`ErrorCode::SignInRequired`], [`ErrorCode::AccountLocked`], and failures of the database.
    pub async fn authenticate(&self, bearer: &str) -> Result<Principal, AuthError> {
        let unknown = || AuthError::Refused(ErrorCode::SignInRequired);
        let (user, session) = self.access_tokens.read(bearer).await?.ok_or_else(unknown)?;
        let now_ms = self.now_ms();
        let standing = sessions::standing(self.database.reader(), session, user, now_ms).await?;
        let standing = standing.ok_or_else(unknown)?;
        if standing.locked {
            return Err(ErrorCode::AccountLocked.into());
        }
        let (role, email_verified) = (standing.role, standing.email_verified);
        Ok(Principal { user, role, email_verified, via: Via::Session(session) })
    }

    /// The public halves of the signing keys, for `/.well-known/jwks.json`.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn jwks(&self) -> Result<Value, AuthError> {
        self.keyring.published().await
    }
}
