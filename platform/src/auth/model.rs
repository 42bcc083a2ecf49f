//! Accounts and sessions as the service knows them.

use contract::auth::SessionId;
use contract::fields::{EmailAddress, Secret};
use contract::users::{AccountView, Role, UserId};

/// An account, without what proves that somebody owns it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: UserId,
    /// Where mails go.
    pub email: EmailAddress,
    /// Whether mails have been shown to arrive.
    pub email_verified: bool,
    /// What it may do.
    pub role: Role,
    /// Whether an administrator has locked it.
    pub locked: bool,
    /// Whether it has a password; without one, its owner comes in through another sign-in.
    pub has_password: bool,
    /// Whether sign-in asks for a code as well.
    pub totp_enabled: bool,
    /// When it was made, milliseconds since 1970.
    pub created_at_ms: i64,
}

impl From<Account> for AccountView {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            email: account.email.as_str().into(),
            email_verified: account.email_verified,
            role: account.role,
            locked: account.locked,
            created_at_ms: account.created_at_ms,
        }
    }
}

/// An account and the hash of its password, for the few that check it.
pub(super) struct Credentials {
    pub(super) account: Account,
    /// A PHC string.
    pub(super) password_hash: Option<String>,
}

/// What a client holds of a session.
#[derive(Clone, Debug)]
pub struct SessionTokens {
    /// The JWT that goes with every request.
    pub access: Secret,
    /// When that ends, milliseconds since 1970.
    pub access_ends_at_ms: i64,
    /// Gets the next pair, once.
    pub refresh: Secret,
    /// When that ends, milliseconds since 1970.
    pub refresh_ends_at_ms: i64,
    /// The session.
    pub session: SessionId,
    /// Whose it is.
    pub user: UserId,
}
