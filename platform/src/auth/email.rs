//! Showing that an address is one's own, and changing it.

use contract::ErrorCode;
use contract::auth::{ChangeEmail, SecurityEventKind};
use contract::fields::{EmailAddress, Secret};
use sqlx::AnyConnection;

use super::opaque::OpaqueToken;
use super::repository::accounts;
use super::repository::links::{self, Link, Purpose};
use super::{AuthError, AuthService, Principal, Visit};
use crate::database::is_unique_violation;
use crate::mail::{Mail, Notice};

impl AuthService {
    /// Takes the token of a mail that shows an address to be its owner's: the one they signed up with, or a new one,
    /// which counts from now on.
    ///
    /// # Errors
    /// [`ErrorCode::LinkExpired`], also where somebody else has the new address by now; failures of the database.
    pub async fn verify_email(&self, token: &Secret, visit: &Visit) -> Result<(), AuthError> {
        let expired = || AuthError::Refused(ErrorCode::LinkExpired);
        let hash = OpaqueToken::parse(token.expose()).ok_or_else(expired)?.hash();
        let now_ms = self.now_ms();
        let mut tx = self.database.begin().await?;
        if let Some(link) = links::take(&mut *tx, &hash, Purpose::VerifyEmail, now_ms).await? {
            if accounts::set_verified(&mut *tx, link.user, now_ms).await? {
                self.record(&mut tx, link.user, SecurityEventKind::EmailVerified, visit).await?;
            }
        } else {
            let link = links::take(&mut *tx, &hash, Purpose::ChangeEmail, now_ms).await?;
            self.set_email(&mut tx, link.ok_or_else(expired)?, visit).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Mails a new link to an address that is not verified yet.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for an API key, and failures of the database.
    pub async fn resend_verification(&self, principal: &Principal) -> Result<(), AuthError> {
        principal.require_person()?;
        let account = self.credentials(principal.user).await?.account;
        if account.email_verified {
            return Ok(());
        }
        let mut tx = self.database.begin().await?;
        self.send_verification(&mut tx, account.id, &account.email).await?;
        Ok(tx.commit().await?)
    }

    /// Mails a link to a new address; it counts once the link is opened.
    ///
    /// Where the address has an account already, its owner is told instead. Who asked cannot tell which.
    ///
    /// # Errors
    /// The field `email`, [`ErrorCode::Forbidden`], [`ErrorCode::PasswordWrong`], and failures of the database.
    pub async fn change_email(&self, principal: &Principal, change: ChangeEmail) -> Result<(), AuthError> {
        principal.require_person()?;
        let email = EmailAddress::parse(&change.email).map_err(|code| AuthError::field("email", code))?;
        let account = self.confirm(principal.user, change.password.expose()).await?;
        let mut tx = self.database.begin().await?;
        let owner = accounts::by_email(&mut *tx, &email).await?.map(|known| known.account.id);
        if owner.is_some_and(|owner| owner != account.id) {
            self.one_time(&mut tx, None, Purpose::ChangeEmail, None).await?;
            self.tell_owner(&mut tx, &email).await?;
        } else {
            let link = self.one_time(&mut tx, Some(account.id), Purpose::ChangeEmail, Some(&email)).await?;
            self.mail(&mut tx, account.id, &email, &Mail::ConfirmNewAddress(link)).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Sets a new address and tells the old one.
    async fn set_email(&self, tx: &mut AnyConnection, link: Link, visit: &Visit) -> Result<(), AuthError> {
        let expired = AuthError::Refused(ErrorCode::LinkExpired);
        let (Some(email), Some(known)) = (link.email, accounts::by_id(&mut *tx, link.user).await?) else {
            return Err(expired);
        };
        match accounts::set_email(&mut *tx, link.user, &email, self.now_ms()).await {
            Err(error) if is_unique_violation(&error) => return Err(expired),
            outcome => outcome?,
        }
        // Links that went to the old address are worth nothing any more.
        links::remove_all(&mut *tx, link.user).await?;
        self.record(tx, link.user, SecurityEventKind::EmailChanged, visit).await?;
        self.notify(tx, &known.account, Notice::AddressChanged, visit).await
    }
}
