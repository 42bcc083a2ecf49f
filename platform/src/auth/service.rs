//! The entrance to accounts, and what all its operations share.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use aws_lc_rs::hmac;
use contract::auth::{SecurityEventId, SecurityEventKind};
use contract::fields::{EmailAddress, PersonName};
use contract::users::UserId;
use contract::{ErrorCode, Language};
use sqlx::AnyConnection;

use super::access_tokens::AccessTokens;
use super::model::Credentials;
use super::opaque::OpaqueToken;
use super::passwords::{Passwords, Verdict};
use super::repository::links::{self, NewLink, Purpose};
use super::repository::{accounts, events};
use super::signing_keys::Keyring;
use super::{Account, AuthConfig, AuthError, Visit};
use crate::clock::Clock;
use crate::database::Database;
use crate::ids::RandomSource;
use crate::mail::{Link, Mail, Notice, Occasion, Outbox, Recipient};
use crate::personal_data::PersonalData;
use crate::sealing::Sealer;

/// What accounts need from those who keep people's profiles.
#[async_trait]
pub trait People: Send + Sync {
    /// Makes the profile of a new account, as part of the caller's transaction.
    async fn add(
        &self,
        connection: &mut AnyConnection,
        user: UserId,
        name: &PersonName,
        language: Option<Language>,
    ) -> Result<(), sqlx::Error>;

    /// What a person is called and reads, as part of the caller's transaction.
    async fn manner(&self, connection: &mut AnyConnection, user: UserId) -> Result<Manner, sqlx::Error>;
}

/// How to speak to a person.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// Their name; may be empty.
    pub name: String,
    /// The language of their mails.
    pub language: Language,
}

/// What the service is made of.
pub struct AuthPorts {
    /// Where accounts are kept.
    pub database: Database,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Randomness fit for secrets.
    pub random: Arc<dyn RandomSource>,
    /// Where mails go.
    pub outbox: Outbox,
    /// Who keeps profiles.
    pub people: Arc<dyn People>,
    /// Every other feature that keeps something about people.
    pub personal_data: Vec<Arc<dyn PersonalData>>,
}

/// The entrance to accounts. Clones share everything.
#[derive(Clone)]
pub struct AuthService {
    pub(super) config: Arc<AuthConfig>,
    pub(super) database: Database,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) random: Arc<dyn RandomSource>,
    pub(super) outbox: Outbox,
    pub(super) people: Arc<dyn People>,
    pub(super) personal_data: Arc<[Arc<dyn PersonalData>]>,
    pub(super) passwords: Passwords,
    pub(super) keyring: Keyring,
    pub(super) access_tokens: AccessTokens,
    pub(super) refresh_key: hmac::Key,
    pub(super) sealer: Arc<Sealer>,
}

impl AuthService {
    /// A service with this configuration.
    ///
    /// # Errors
    /// When the configuration asks for hashes that argon2 cannot make.
    pub fn new(config: AuthConfig, ports: AuthPorts) -> Result<Self, AuthError> {
        let AuthPorts { database, clock, random, outbox, people, personal_data } = ports;
        let keyring = Keyring::new(
            database.clone(),
            clock.clone(),
            random.clone(),
            Arc::new(config.secret.sealer("signing keys")?),
            config.lifetimes.clone(),
        );
        let access_tokens = AccessTokens::new(
            config.public_url.clone(),
            config.lifetimes.access_ms,
            keyring.clone(),
            clock.clone(),
        );
        Ok(Self {
            passwords: Passwords::new(config.hash_cost, config.hashing_cores, random.clone())?,
            refresh_key: config.secret.mac_key("refresh tokens"),
            sealer: Arc::new(config.secret.sealer("second factors")?),
            config: Arc::new(config),
            personal_data: personal_data.into(),
            database,
            clock,
            random,
            outbox,
            people,
            keyring,
            access_tokens,
        })
    }

    /// How many passwords were hashed so far: what sign-in costs is this times the cost of one.
    pub fn hashes_computed(&self) -> u64 {
        self.passwords.computed()
    }

    /// An account.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], and failures of the database.
    pub async fn account(&self, user: UserId) -> Result<Account, AuthError> {
        let known = accounts::by_id(self.database.reader(), user).await?;
        known.map(|known| known.account).ok_or(AuthError::Refused(ErrorCode::NotFound))
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// An account that must be there.
    pub(super) async fn credentials(&self, user: UserId) -> Result<Credentials, AuthError> {
        let known = accounts::by_id(self.database.reader(), user).await?;
        known.ok_or(AuthError::Refused(ErrorCode::SignInRequired))
    }

    /// Lets through who knows the account's password; answers with the account.
    pub(super) async fn confirm(&self, user: UserId, password: &str) -> Result<Account, AuthError> {
        let Credentials { account, password_hash } = self.credentials(user).await?;
        match self.passwords.verify(password, password_hash.as_deref()).await? {
            Verdict::Wrong => Err(ErrorCode::PasswordWrong.into()),
            Verdict::Right | Verdict::RightButOld => Ok(account),
        }
    }

    /// Adds to an account's security history.
    pub(super) async fn record(
        &self,
        connection: &mut AnyConnection,
        user: UserId,
        kind: SecurityEventKind,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        let now_ms = self.now_ms();
        let id = SecurityEventId::new(now_ms, self.random.bits_128());
        events::insert(connection, id, user, kind, visit, now_ms).await?;
        tracing::info!(user.id = %user, event = kind.as_str(), "security event");
        Ok(())
    }

    /// Mails the owner of an account that something happened to it.
    pub(super) async fn notify(
        &self,
        connection: &mut AnyConnection,
        account: &Account,
        notice: Notice,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        let mail = Mail::Notice(notice, self.occasion(visit));
        self.mail(connection, account.id, &account.email, &mail).await
    }

    /// This moment, as a mail tells it.
    pub(super) fn occasion(&self, visit: &Visit) -> Occasion {
        let Visit { network, device } = visit.clone();
        Occasion { at_ms: self.now_ms(), network, device }
    }

    /// Puts a mail to a person into the outbox, in their language.
    pub(super) async fn mail(
        &self,
        connection: &mut AnyConnection,
        user: UserId,
        address: &EmailAddress,
        mail: &Mail,
    ) -> Result<(), AuthError> {
        let language = self.people.manner(connection, user).await?.language;
        let recipient = Recipient { address: address.clone(), language };
        Ok(self.outbox.put(connection, &recipient, mail).await?)
    }

    /// Makes a one-time token; for nobody, it is a decoy.
    pub(super) async fn one_time(
        &self,
        connection: &mut AnyConnection,
        user: Option<UserId>,
        purpose: Purpose,
        email: Option<&EmailAddress>,
    ) -> Result<Link, AuthError> {
        let token = OpaqueToken::random(self.random.as_ref());
        let lifetimes = &self.config.lifetimes;
        let good_for_ms = match purpose {
            Purpose::VerifyEmail | Purpose::ChangeEmail => lifetimes.verify_link_ms,
            Purpose::ResetPassword => lifetimes.reset_link_ms,
            Purpose::SignInCode => lifetimes.challenge_ms,
        };
        let hash = token.hash();
        let expires_at_ms = self.now_ms() + good_for_ms;
        links::insert(connection, &NewLink { hash: &hash, user, purpose, email, expires_at_ms }).await?;
        let valid_hours = u32::try_from(good_for_ms / super::config::HOUR_MS).unwrap_or(u32::MAX);
        Ok(Link { token: token.secret(), valid_hours })
    }
}

impl fmt::Debug for AuthService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthService").field("public_url", &self.config.public_url).finish_non_exhaustive()
    }
}
