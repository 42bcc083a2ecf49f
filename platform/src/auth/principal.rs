//! Who a request comes from, and what that allows.

use contract::ErrorCode;
use contract::auth::{ApiKeyId, Scope, SessionId};
use contract::users::{Role, UserId};

use super::AuthError;

/// Who a request comes from: an account that was there and not locked when the request arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The account.
    pub user: UserId,
    /// What it may do.
    pub role: Role,
    /// Whether its address is known to be its owner's.
    pub email_verified: bool,
    /// How it showed who it is.
    pub via: Via,
}

/// How a request showed who it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// The access token of a session: a person at a browser, or a program that signed in as one.
    Session(SessionId),
    /// An API key, which may do what its scopes say and nothing else.
    ApiKey(ApiKeyId, Vec<Scope>),
    /// A token of the Supabase project.
    Supabase,
}

impl Principal {
    /// The session of the request, if it has one.
    pub const fn session(&self) -> Option<SessionId> {
        match self.via {
            Via::Session(session) => Some(session),
            Via::ApiKey(..) | Via::Supabase => None,
        }
    }

    /// Lets through a person who signed in; an API key never is one.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`].
    pub fn require_person(&self) -> Result<(), AuthError> {
        allowed(!matches!(self.via, Via::ApiKey(..)))
    }

    /// Lets through a person who signed in, and a key with this scope.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`].
    pub fn require_scope(&self, scope: Scope) -> Result<(), AuthError> {
        match &self.via {
            Via::ApiKey(_, scopes) => allowed(scopes.contains(&scope)),
            Via::Session(_) | Via::Supabase => Ok(()),
        }
    }

    /// Lets through an administrator who signed in.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`].
    pub fn require_admin(&self) -> Result<(), AuthError> {
        self.require_person()?;
        allowed(self.role == Role::Admin)
    }

    /// Lets through an account whose address is known to be its owner's.
    ///
    /// # Errors
    /// [`ErrorCode::EmailUnverified`].
    pub const fn require_verified(&self) -> Result<(), AuthError> {
        if self.email_verified { Ok(()) } else { Err(AuthError::Refused(ErrorCode::EmailUnverified)) }
    }
}

const fn allowed(may: bool) -> Result<(), AuthError> {
    if may { Ok(()) } else { Err(AuthError::Refused(ErrorCode::Forbidden)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(role: Role, via: Via) -> Principal {
        Principal { user: UserId::new(0, 0), role, email_verified: false, via }
    }

    #[test]
    fn a_key_does_what_its_scopes_say_and_nothing_else() {
        let key = Via::ApiKey(ApiKeyId::new(0, 0), vec![Scope::ProfileRead]);
        let admin_key = principal(Role::Admin, key);
        assert!(admin_key.require_scope(Scope::ProfileRead).is_ok());
        assert!(admin_key.require_scope(Scope::ProfileWrite).is_err());
        assert!(admin_key.require_person().is_err() && admin_key.require_admin().is_err());
    }

    #[test]
    fn only_administrators_administer() {
        let session = || Via::Session(SessionId::new(0, 0));
        assert!(principal(Role::Admin, session()).require_admin().is_ok());
        for role in [Role::User, Role::Coach] {
            assert!(principal(role, session()).require_admin().is_err());
        }
    }
}
