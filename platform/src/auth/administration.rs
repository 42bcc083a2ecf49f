//! What administrators do to accounts. Who may ask is for the caller to check ([`super::Principal::require_admin`]): the
//! command line has nobody signed in.

use contract::ErrorCode;
use contract::auth::SecurityEventKind;
use contract::fields::EmailAddress;
use contract::paging::{Page, PageQuery};
use contract::users::{AccountView, Role, UserId};

use super::repository::{accounts, links, sessions};
use super::{Account, AuthError, AuthService, Visit};
use crate::mail::Notice;
use crate::paging::{after, page};

impl AuthService {
    /// All accounts, the oldest first.
    ///
    /// # Errors
    /// The field `after`, and failures of the database.
    pub async fn accounts(&self, query: &PageQuery) -> Result<Page<AccountView>, AuthError> {
        let after: Option<UserId> = after(query)?;
        let limit = query.limit();
        let found = accounts::page(self.database.reader(), after, limit + 1).await?;
        let items = found.into_iter().map(AccountView::from).collect();
        Ok(page(items, limit, |account: &AccountView| account.id.to_string()))
    }

    /// The account of an address.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], and failures of the database.
    pub async fn account_of(&self, email: &EmailAddress) -> Result<Account, AuthError> {
        let known = accounts::by_email(self.database.reader(), email).await?;
        known.map(|known| known.account).ok_or(AuthError::Refused(ErrorCode::NotFound))
    }

    /// Changes what an account may do, from its next request on.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], and failures of the database.
    pub async fn set_role(&self, user: UserId, role: Role) -> Result<(), AuthError> {
        self.account(user).await?;
        let mut tx = self.database.begin().await?;
        if accounts::set_role(&mut *tx, user, role).await? {
            // The history is its owner's to read: where the administrator sat is not theirs to know.
            self.record(&mut tx, user, SecurityEventKind::RoleChanged, &Visit::default()).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Locks an account: its sessions end, its keys rest, nobody signs in to it.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], and failures of the database.
    pub async fn lock(&self, user: UserId) -> Result<(), AuthError> {
        self.account(user).await?;
        let (visit, now_ms) = (Visit::default(), self.now_ms());
        let mut tx = self.database.begin().await?;
        if accounts::lock(&mut *tx, user, now_ms).await? {
            links::remove_all(&mut *tx, user).await?;
            sessions::revoke_all_but(&mut *tx, user, None, now_ms).await?;
            self.tell(&mut tx, user, SecurityEventKind::AccountLocked, Notice::AccountLocked, &visit).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Unlocks an account.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], and failures of the database.
    pub async fn unlock(&self, user: UserId) -> Result<(), AuthError> {
        self.account(user).await?;
        let visit = Visit::default();
        let mut tx = self.database.begin().await?;
        if accounts::unlock(&mut *tx, user).await? {
            let kind = SecurityEventKind::AccountUnlocked;
            self.tell(&mut tx, user, kind, Notice::AccountUnlocked, &visit).await?;
        }
        Ok(tx.commit().await?)
    }
}
