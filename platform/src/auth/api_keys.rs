//! Keys for programs.

use contract::ErrorCode;
use contract::auth::{ApiKeyId, ApiKeyView, CreatedApiKey, NewApiKey, SecurityEventKind};
use contract::fields::Secret;

use super::opaque::OpaqueToken;
use super::repository::{accounts, api_keys};
use super::{AuthError, AuthService, Principal, Via, Visit};
use crate::mail::Notice;

/// How every key begins, so that people and scanners of leaked secrets know one when they see it.
pub(super) const PREFIX: &str = "mog_";

/// How many characters of a key are shown afterwards: enough to tell keys apart, 208 bits too few to use one.
const SHOWN_CHARS: usize = PREFIX.len() + 8;

/// How many living keys an account can have.
const MAX_KEYS: i64 = 20;

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// How exactly the last use of a key is known, in milliseconds: to write each one down would cost more than it tells.
const USE_KNOWN_TO_MS: i64 = 60 * 1000;

impl AuthService {
    /// Makes a key, shown this once.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for another key, [`ErrorCode::EmailUnverified`], [`ErrorCode::TooManyApiKeys`], and
    /// failures of the database.
    pub async fn create_api_key(
        &self,
        principal: &Principal,
        new: NewApiKey,
        visit: &Visit,
    ) -> Result<CreatedApiKey, AuthError> {
        principal.require_person()?;
        principal.require_verified()?;
        let (user, now_ms) = (principal.user, self.now_ms());
        let token = OpaqueToken::random(self.random.as_ref());
        let key = format!("{PREFIX}{}", token.text());
        let view = ApiKeyView {
            id: ApiKeyId::new(now_ms, self.random.bits_128()),
            name: new.name.as_str().into(),
            prefix: key[..SHOWN_CHARS].into(),
            scopes: new.scopes,
            created_at_ms: now_ms,
            last_used_at_ms: None,
            expires_at_ms: now_ms + i64::from(new.expires_in_days) * DAY_MS,
        };
        let mut tx = self.database.begin().await?;
        accounts::hold(&mut *tx, user).await?;
        if api_keys::count_living(&mut *tx, user, now_ms).await? >= MAX_KEYS {
            return Err(ErrorCode::TooManyApiKeys.into());
        }
        api_keys::insert(&mut *tx, user, &token.hash(), &view).await?;
        let notice = Notice::ApiKeyCreated { name: new.name };
        self.tell(&mut tx, user, SecurityEventKind::ApiKeyCreated, notice, visit).await?;
        tx.commit().await?;
        Ok(CreatedApiKey { key: Secret::new(key), view })
    }

    /// The account's keys, the youngest first; those that ended stay for a while.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for a key, and failures of the database.
    pub async fn api_keys(&self, principal: &Principal) -> Result<Vec<ApiKeyView>, AuthError> {
        principal.require_person()?;
        Ok(api_keys::of(self.database.reader(), principal.user).await?)
    }

    /// Ends a key.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for a key, [`ErrorCode::NotFound`], and failures of the database.
    pub async fn revoke_api_key(
        &self,
        principal: &Principal,
        key: ApiKeyId,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        principal.require_person()?;
        let mut tx = self.database.begin().await?;
        if !api_keys::remove(&mut *tx, principal.user, key).await? {
            return Err(ErrorCode::NotFound.into());
        }
        self.record(&mut tx, principal.user, SecurityEventKind::ApiKeyRevoked, visit).await?;
        Ok(tx.commit().await?)
    }

    /// Whose key it is; `rest` is what follows the prefix.
    pub(super) async fn authenticate_key(&self, rest: &str) -> Result<Principal, AuthError> {
        let unknown = || AuthError::Refused(ErrorCode::SignInRequired);
        let hash = OpaqueToken::parse(rest).ok_or_else(unknown)?.hash();
        let now_ms = self.now_ms();
        let key = api_keys::by_hash(self.database.reader(), &hash, now_ms).await?.ok_or_else(unknown)?;
        let via = Via::ApiKey(key.id, key.scopes);
        let principal = key.standing.principal(key.user, via)?;
        if key.last_used_at_ms.is_none_or(|at| now_ms >= at + USE_KNOWN_TO_MS) {
            // Whether the moment can be written down must not decide whether the request is served.
            if let Err(error) = api_keys::touch(self.database.writer(), key.id, now_ms).await {
                tracing::warn!(%error, "the last use of an API key was not written down");
            }
        }
        Ok(principal)
    }
}
