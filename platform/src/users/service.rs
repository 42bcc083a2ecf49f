//! What people see and change of themselves, and what others see of them.

use contract::ErrorCode;
use contract::auth::Scope;
use contract::fields::{Bio, PersonName};
use contract::users::{Me, ProfileChange, PublicUser, Settings, UserId};

use super::repository::{self, Profile};
use crate::auth::{AuthError, AuthService, Principal};
use crate::database::Database;

/// The entrance to profiles.
#[derive(Clone, Debug)]
pub struct UserService {
    database: Database,
    accounts: AuthService,
}

impl UserService {
    /// A service over this database, for these accounts.
    pub const fn new(database: Database, accounts: AuthService) -> Self {
        Self { database, accounts }
    }

    /// A person's own view of themselves.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for a key without [`Scope::ProfileRead`], and failures of the database.
    pub async fn me(&self, principal: &Principal) -> Result<Me, AuthError> {
        principal.require_scope(Scope::ProfileRead)?;
        self.own_view(principal.user).await
    }

    async fn own_view(&self, user: UserId) -> Result<Me, AuthError> {
        let account = self.accounts.account(user).await?;
        let profile = self.profile(account.id).await?;
        Ok(Me {
            id: account.id,
            email: account.email.as_str().into(),
            email_verified: account.email_verified,
            role: account.role,
            name: profile.name,
            bio: profile.bio,
            settings: profile.settings,
            totp_enabled: account.totp_enabled,
            created_at_ms: account.created_at_ms,
        })
    }

    /// Changes what is given of a person's profile; answers with the whole.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for a key without [`Scope::ProfileWrite`], and failures of the database.
    pub async fn update_profile(
        &self,
        principal: &Principal,
        change: &ProfileChange,
    ) -> Result<Me, AuthError> {
        principal.require_scope(Scope::ProfileWrite)?;
        let (name, bio) =
            (change.name.as_ref().map(PersonName::as_str), change.bio.as_ref().map(Bio::as_str));
        repository::update(self.database.writer(), principal.user, name, bio).await?;
        // Who may write may see what they wrote, also with a key that may not read.
        self.own_view(principal.user).await
    }

    /// What a person chose.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for a key without [`Scope::ProfileRead`], and failures of the database.
    pub async fn settings(&self, principal: &Principal) -> Result<Settings, AuthError> {
        principal.require_scope(Scope::ProfileRead)?;
        Ok(self.profile(principal.user).await?.settings)
    }

    /// Keeps what a person chose.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for a key without [`Scope::ProfileWrite`], and failures of the database.
    pub async fn change_settings(&self, principal: &Principal, settings: Settings) -> Result<(), AuthError> {
        principal.require_scope(Scope::ProfileWrite)?;
        Ok(repository::set_settings(self.database.writer(), principal.user, settings).await?)
    }

    /// What anybody may see of a person; none where there is no such account, or it is locked.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn public(&self, user: UserId) -> Result<Option<PublicUser>, AuthError> {
        let account = match self.accounts.account(user).await {
            Ok(account) if !account.locked => account,
            Ok(_) | Err(AuthError::Refused(ErrorCode::NotFound)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let profile = self.profile(user).await?;
        Ok(Some(PublicUser {
            id: user,
            name: profile.name,
            bio: profile.bio,
            created_at_ms: account.created_at_ms,
        }))
    }

    async fn profile(&self, user: UserId) -> Result<Profile, AuthError> {
        Ok(repository::find(self.database.reader(), user).await?.unwrap_or_default())
    }
}
