//! Who a bearer token belongs to.

use contract::ErrorCode;
use contract::users::UserId;
use serde_json::Value;

use super::repository::sessions::{self, Standing};
use super::{AuthError, AuthService, Principal, Via, api_keys};

impl AuthService {
    /// Who a bearer token belongs to: an access token, an API key, or a token of the Supabase project.
    ///
    /// Signature and time alone are not enough: session and account are looked up each time, so that what was revoked,
    /// locked or changed counts from the next request on.
    ///
    /// # Errors
    /// [`ErrorCode::SignInRequired`], [`ErrorCode::AccountLocked`], and failures of the database. For a token of
    /// Supabase also [`ErrorCode::EmailUnverified`], and [`ErrorCode::CodeRequired`] where the account has a second
    /// factor and the token was had without one.
    pub async fn authenticate(&self, bearer: &str) -> Result<Principal, AuthError> {
        if let Some(key) = bearer.strip_prefix(api_keys::PREFIX) {
            return self.authenticate_key(key).await;
        }
        if let Some((user, session)) = self.access_tokens.read(bearer).await? {
            let db = self.database.reader();
            let standing = sessions::standing(db, session, user, self.now_ms()).await?;
            let standing = standing.ok_or(AuthError::Refused(ErrorCode::SignInRequired))?;
            return standing.principal(user, Via::Session(session));
        }
        self.authenticate_supabase(bearer).await
    }

    /// The public halves of the signing keys, for `/.well-known/jwks.json`.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn jwks(&self) -> Result<Value, AuthError> {
        self.keyring.published().await
    }
}

impl Standing {
    /// Who came, unless the account is locked.
    pub(super) fn principal(self, user: UserId, via: Via) -> Result<Principal, AuthError> {
        if self.locked {
            return Err(ErrorCode::AccountLocked.into());
        }
        Ok(Principal { user, role: self.role, email_verified: self.email_verified, via })
    }
}
