//! Changing a password, and getting back in without it.

use contract::ErrorCode;
use contract::auth::{ChangePassword, ResetPassword, SecurityEventKind, SessionId};
use contract::fields::{EmailAddress, NewPassword, Secret};
use contract::users::UserId;
use sqlx::AnyConnection;

use super::opaque::OpaqueToken;
use super::repository::links::{self, Purpose};
use super::repository::{accounts, api_keys, sessions, totp};
use super::{Account, AuthError, AuthService, Principal, Visit};
use crate::mail::{Mail, Notice};

impl AuthService {
    /// Mails a link that sets a new password, if the address has an account that is not locked.
    ///
    /// Who asked cannot tell: the answer is the same, and where there is nobody to mail a decoy is written down.
    ///
    /// # Errors
    /// The field `email` if it is no address, and failures of the database.
    pub async fn forgot_password(&self, email: &str, visit: &Visit) -> Result<(), AuthError> {
        let email = EmailAddress::parse(email).map_err(|code| AuthError::field("email", code))?;
        let mut tx = self.database.begin().await?;
        let known = accounts::by_email(&mut *tx, &email).await?.map(|known| known.account);
        let known = known.filter(|account| !account.locked);
        let user = known.as_ref().map(|account| account.id);
        let link = self.one_time(&mut tx, user, Purpose::ResetPassword, None).await?;
        if let Some(account) = known {
            self.mail(&mut tx, account.id, &account.email, &Mail::ResetPassword(link)).await?;
            self.record(&mut tx, account.id, SecurityEventKind::PasswordResetAsked, visit).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Sets a new password for who holds the link of a mail, and ends every session.
    ///
    /// The second factor stays. But where the address was never verified before, whoever made the account may have been
    /// somebody else: then their second factor, keys and links go as well.
    ///
    /// # Errors
    /// The field `password`, [`ErrorCode::LinkExpired`], [`ErrorCode::AccountLocked`], [`ErrorCode::Busy`], and
    /// failures of the database. A refused password leaves the link as it was.
    pub async fn reset_password(&self, reset: ResetPassword, visit: &Visit) -> Result<(), AuthError> {
        let expired = || AuthError::Refused(ErrorCode::LinkExpired);
        let password = new_password(reset.password)?;
        let token = OpaqueToken::parse(reset.token.expose()).ok_or_else(expired)?.hash();
        let now_ms = self.now_ms();
        let link = links::find(self.database.reader(), &token, Purpose::ResetPassword, now_ms).await?;
        let user = link.ok_or_else(expired)?.user;
        let hash = self.hash_for(user, &password).await?;
        let mut tx = self.database.begin().await?;
        let taken = links::take(&mut *tx, &token, Purpose::ResetPassword, now_ms).await?;
        let user = taken.ok_or_else(expired)?.user;
        let account = accounts::by_id(&mut *tx, user).await?.ok_or_else(expired)?.account;
        if account.locked {
            return Err(ErrorCode::AccountLocked.into());
        }
        if !account.email_verified {
            self.first_proof(&mut tx, user, visit).await?;
        }
        self.set_password(&mut tx, &account, &hash, None, visit).await?;
        Ok(tx.commit().await?)
    }

    /// Sets a new password for who knows the old one, and ends every other session.
    ///
    /// # Errors
    /// The field `password`, [`ErrorCode::Forbidden`] for an API key, [`ErrorCode::PasswordWrong`],
    /// [`ErrorCode::Busy`], and failures of the database.
    pub async fn change_password(
        &self,
        principal: &Principal,
        change: ChangePassword,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        principal.require_person()?;
        let password = new_password(change.password)?;
        let account = self.confirm(principal.user, change.current.expose()).await?;
        let hash = self.hash_for(account.id, &password).await?;
        let mut tx = self.database.begin().await?;
        self.set_password(&mut tx, &account, &hash, principal.session(), visit).await?;
        Ok(tx.commit().await?)
    }

    /// Takes an account away from whoever made it with an address that has only now been shown to be its owner's.
    pub(super) async fn first_proof(
        &self,
        tx: &mut AnyConnection,
        user: UserId,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        totp::remove(&mut *tx, user).await?;
        api_keys::remove_all(&mut *tx, user).await?;
        links::remove_all(&mut *tx, user).await?;
        sessions::revoke_all_but(&mut *tx, user, None, self.now_ms()).await?;
        accounts::set_password(&mut *tx, user, None).await?;
        accounts::set_verified(&mut *tx, user, self.now_ms()).await?;
        self.record(tx, user, SecurityEventKind::EmailVerified, visit).await
    }

    /// Sets a new password. The order matters: a sign-in with the old one waits for the first line, and then fails.
    async fn set_password(
        &self,
        tx: &mut AnyConnection,
        account: &Account,
        hash: &str,
        kept: Option<SessionId>,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        accounts::set_password(&mut *tx, account.id, Some(hash)).await?;
        links::remove_all(&mut *tx, account.id).await?;
        sessions::revoke_all_but(&mut *tx, account.id, kept, self.now_ms()).await?;
        self.record(tx, account.id, SecurityEventKind::PasswordChanged, visit).await?;
        self.notify(tx, account, Notice::PasswordChanged, visit).await
    }

    /// The hash of a new password, unless it is easy to guess for who knows the person.
    async fn hash_for(&self, user: UserId, password: &NewPassword) -> Result<String, AuthError> {
        let account = self.account(user).await?;
        let name = {
            let mut connection = self.database.reader().acquire().await?;
            self.people.manner(&mut connection, user).await?.name
        };
        self.passwords.hash_new(password.expose(), &[account.email.as_str(), &name]).await
    }
}

fn new_password(password: Secret) -> Result<NewPassword, AuthError> {
    NewPassword::parse(password).map_err(|code| AuthError::field("password", code))
}
