//! Making accounts.

use contract::auth::{NewAccount, SecurityEventKind};
use contract::fields::{EmailAddress, PersonName};
use contract::users::{Role, UserId};
use contract::{ErrorCode, Language};
use sqlx::AnyConnection;

use super::repository::accounts::{self, NewRow};
use super::repository::links::Purpose;
use super::{AuthError, AuthService, Visit};
use crate::mail::{Mail, Recipient};

impl AuthService {
    /// Makes an account and mails its address a link, or mails the owner of the address that it has one already.
    ///
    /// Who asked cannot tell which: the answer is the same, and so is the work that counts, one hash and one mail.
    ///
    /// # Errors
    /// The field `password` where it is easy to guess, [`ErrorCode::Busy`], and failures of the database.
    pub async fn sign_up(&self, new: NewAccount, visit: &Visit) -> Result<(), AuthError> {
        let known = [new.email.as_str(), new.name.as_str()];
        let hash = self.passwords.hash_new(new.password.expose(), &known).await?;
        let mut tx = self.database.begin().await?;
        let user = self.new_user_id();
        let row = NewRow {
            id: user,
            email: &new.email,
            email_verified_at_ms: None,
            password_hash: Some(&hash),
            role: Role::User,
            supabase_subject: None,
            created_at_ms: self.now_ms(),
        };
        if accounts::insert(&mut *tx, &row).await? {
            self.welcome(&mut tx, user, &new.name, new.language, visit).await?;
            self.send_verification(&mut tx, user, &new.email).await?;
        } else {
            self.tell_owner(&mut tx, &new.email).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Makes an account from the command line. Its address counts as verified: whoever runs the server vouches for it.
    ///
    /// # Errors
    /// The field at fault: an address that has an account, a password that is easy to guess. Failures of the database.
    pub async fn create_account(
        &self,
        email: &EmailAddress,
        password: &contract::fields::NewPassword,
        role: Role,
    ) -> Result<UserId, AuthError> {
        let hash = self.passwords.hash_new(password.expose(), &[email.as_str()]).await?;
        let mut tx = self.database.begin().await?;
        let user = self.new_user_id();
        let row = NewRow {
            id: user,
            email,
            email_verified_at_ms: Some(self.now_ms()),
            password_hash: Some(&hash),
            role,
            supabase_subject: None,
            created_at_ms: self.now_ms(),
        };
        if !accounts::insert(&mut *tx, &row).await? {
            return Err(AuthError::field("email", ErrorCode::EmailTaken));
        }
        self.welcome(&mut tx, user, &PersonName::default(), None, &Visit::default()).await?;
        tx.commit().await?;
        Ok(user)
    }

    pub(super) fn new_user_id(&self) -> UserId {
        UserId::new(self.now_ms(), self.random.bits_128())
    }

    /// What every new account has from its first moment.
    pub(super) async fn welcome(
        &self,
        tx: &mut AnyConnection,
        user: UserId,
        name: &PersonName,
        language: Option<Language>,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        self.people.add(tx, user, name, language).await?;
        self.record(tx, user, SecurityEventKind::SignedUp, visit).await
    }

    /// Mails the link that shows an address to be its owner's.
    pub(super) async fn send_verification(
        &self,
        tx: &mut AnyConnection,
        user: UserId,
        address: &EmailAddress,
    ) -> Result<(), AuthError> {
        let link = self.one_time(tx, Some(user), Purpose::VerifyEmail, None).await?;
        self.mail(tx, user, address, &Mail::VerifyAddress(link)).await
    }

    /// Mails the owner of an address that somebody wanted an account for it.
    ///
    /// Also where the address was never verified: a link to verify it now could hand the stranger who signed up first,
    /// with a password of their own, a verified account in the owner's name.
    pub(super) async fn tell_owner(
        &self,
        tx: &mut AnyConnection,
        email: &EmailAddress,
    ) -> Result<(), AuthError> {
        let Some(owner) = accounts::by_email(&mut *tx, email).await? else { return Ok(()) };
        let language = self.people.manner(tx, owner.account.id).await?.language;
        let recipient = Recipient { address: owner.account.email, language };
        Ok(self.outbox.put(tx, &recipient, &Mail::AddressTaken).await?)
    }
}
