//! Sign-in through a Supabase project: its access tokens are taken where it is configured.

use std::fmt;

use contract::ErrorCode;
use contract::fields::{EmailAddress, PersonName};
use contract::users::Role;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use serde::Deserialize;
use sqlx::AnyConnection;

use super::repository::accounts::{self, NewRow};
use super::{Account, AuthError, AuthService, Principal, Via, Visit};

/// A Supabase project whose access tokens are taken.
#[derive(Clone, Debug)]
pub struct SupabaseConfig {
    /// Who writes the tokens: `https://PROJECT.supabase.co/auth/v1`.
    pub issuer: String,
    /// Who they are for: `authenticated`.
    pub audience: String,
    /// What they are checked with.
    pub key: SupabaseKey,
    /// Whether the project lets nobody in before their address is confirmed ("Confirm email"). Its tokens do not say it
    /// in a place that their owner cannot write to, so whoever runs the instance has to.
    pub emails_confirmed: bool,
}

/// What the tokens of a Supabase project are checked with.
#[derive(Clone)]
pub enum SupabaseKey {
    /// The project's shared JWT secret (HS256).
    Secret(Vec<u8>),
    /// The project's public keys (ES256, RS256), as `/auth/v1/.well-known/jwks.json` has them.
    Public(JwkSet),
}

impl fmt::Debug for SupabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret(_) => f.write_str("Secret(…)"),
            Self::Public(keys) => f.debug_tuple("Public").field(&keys.keys.len()).finish(),
        }
    }
}

/// What we read of a token. `user_metadata` is not among it: its owner can write there.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
    #[serde(default)]
    email: String,
    /// Only where the project adds it with a hook of its own.
    #[serde(default)]
    email_verified: bool,
    #[serde(default)]
    is_anonymous: bool,
    /// `aal2` where a second factor was shown (authenticator assurance level).
    #[serde(default)]
    aal: String,
}

impl SupabaseConfig {
    /// What a token says; none if it is not a living one of the project.
    fn read(&self, token: &str, now_ms: i64) -> Option<Claims> {
        let header = decode_header(token).ok()?;
        if header.crit.is_some() {
            return None;
        }
        let (algorithm, key) = self.key.for_header(&header)?;
        let mut validation = Validation::new(algorithm);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // By our own clock, which a test can set.
        validation.validate_exp = false;
        let claims = decode::<Claims>(token, &key, &validation).ok()?.claims;
        (claims.exp > now_ms / 1000 && !claims.sub.is_empty() && !claims.is_anonymous).then_some(claims)
    }
}

impl SupabaseKey {
    /// The key of a token and the one algorithm that it may be used with: the token has no say in that.
    fn for_header(&self, header: &Header) -> Option<(Algorithm, DecodingKey)> {
        match self {
            Self::Secret(secret) => Some((Algorithm::HS256, DecodingKey::from_secret(secret))),
            Self::Public(keys) => {
                let key = keys.find(header.kid.as_deref()?)?;
                Some((algorithm(key)?, DecodingKey::from_jwk(key).ok()?))
            }
        }
    }
}

fn algorithm(key: &Jwk) -> Option<Algorithm> {
    match &key.algorithm {
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
            Some(Algorithm::ES256)
        }
        AlgorithmParameters::RSA(_) => Some(Algorithm::RS256),
        _ => None,
    }
}

impl AuthService {
    pub(super) async fn authenticate_supabase(&self, token: &str) -> Result<Principal, AuthError> {
        let claims = self.config.supabase.as_ref().and_then(|project| project.read(token, self.now_ms()));
        let claims = claims.ok_or(AuthError::Refused(ErrorCode::SignInRequired))?;
        let account = match accounts::by_supabase_subject(self.database.reader(), &claims.sub).await? {
            Some(account) => account,
            None => self.first_sight(&claims).await?,
        };
        if account.locked {
            return Err(ErrorCode::AccountLocked.into());
        }
        // Another way in must not be a way around the second factor.
        if account.totp_enabled && claims.aal != "aal2" {
            return Err(ErrorCode::CodeRequired.into());
        }
        let Account { id: user, role, email_verified, .. } = account;
        Ok(Principal { user, role, email_verified, via: Via::Supabase })
    }

    /// Finds the account of somebody whom the project knows and we have not seen yet, or makes it.
    async fn first_sight(&self, claims: &Claims) -> Result<Account, AuthError> {
        let confirmed = claims.email_verified
            || self.config.supabase.as_ref().is_some_and(|known| known.emails_confirmed);
        let email = EmailAddress::parse(&claims.email).ok().filter(|_| confirmed);
        let email = email.ok_or(AuthError::Refused(ErrorCode::EmailUnverified))?;
        let mut tx = self.database.begin().await?;
        let account = match accounts::by_email(&mut *tx, &email).await? {
            Some(known) => self.adopt(&mut tx, known.account, &claims.sub).await?,
            None => self.make(&mut tx, &email, &claims.sub).await?,
        };
        tx.commit().await?;
        Ok(account)
    }

    /// Ties an account to the person whom the project vouches for.
    async fn adopt(
        &self,
        tx: &mut AnyConnection,
        account: Account,
        subject: &str,
    ) -> Result<Account, AuthError> {
        if account.locked {
            return Err(ErrorCode::AccountLocked.into());
        }
        if !account.email_verified {
            self.first_proof(tx, account.id, &Visit::default()).await?;
        }
        accounts::set_supabase_subject(&mut *tx, account.id, subject).await?;
        self.reread(tx, &account.email).await
    }

    async fn make(
        &self,
        tx: &mut AnyConnection,
        email: &EmailAddress,
        subject: &str,
    ) -> Result<Account, AuthError> {
        let row = NewRow {
            id: self.new_user_id(),
            email,
            email_verified_at_ms: Some(self.now_ms()),
            password_hash: None,
            role: Role::User,
            supabase_subject: Some(subject),
            created_at_ms: self.now_ms(),
        };
        // Not added: their other request was faster.
        if accounts::insert(&mut *tx, &row).await? {
            self.welcome(tx, row.id, &PersonName::default(), None, &Visit::default()).await?;
        }
        self.reread(tx, email).await
    }

    async fn reread(&self, tx: &mut AnyConnection, email: &EmailAddress) -> Result<Account, AuthError> {
        let known = accounts::by_email(tx, email).await?;
        known.map(|known| known.account).ok_or(AuthError::Refused(ErrorCode::SignInRequired))
    }
}
