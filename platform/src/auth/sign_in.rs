//! Signing in and out.

use contract::ErrorCode;
use contract::auth::{SecurityEventKind, SessionId, SignIn};
use contract::fields::{EmailAddress, Secret};
use contract::users::UserId;
use sqlx::AnyConnection;

use super::model::Credentials;
use super::opaque::OpaqueToken;
use super::passwords::Verdict;
use super::repository::accounts;
use super::repository::links::{self, Purpose};
use super::repository::sessions::{self, Session};
use super::{AuthError, AuthService, Principal, SessionTokens, Via, Visit};

/// How many wrong codes a half-finished sign-in survives.
const MAX_WRONG_CODES: i64 = 5;

/// A session that has just begun or been refreshed, and the token that continues it.
pub(super) struct Started {
    pub(super) session: Session,
    pub(super) refresh: OpaqueToken,
}

impl AuthService {
    /// Begins a session for who knows an account's password, and its code where it asks for one.
    ///
    /// # Errors
    /// [`ErrorCode::CredentialsWrong`] for an unknown address as for a wrong password, after the same work;
    /// [`AuthError::CodeRequired`], [`ErrorCode::CodeWrong`] and [`ErrorCode::AccountLocked`] only to those who know
    /// the password; [`ErrorCode::Busy`], and failures of the database.
    pub async fn sign_in(&self, sign_in: SignIn, visit: &Visit) -> Result<SessionTokens, AuthError> {
        let known = match EmailAddress::parse(&sign_in.email) {
            Ok(email) => accounts::by_email(self.database.reader(), &email).await?,
            Err(_) => None,
        };
        let password = sign_in.password.required().map_err(|code| AuthError::field("password", code))?;
        let hash = known.as_ref().and_then(|known| known.password_hash.as_deref());
        let verdict = self.passwords.verify(password.expose(), hash).await?;
        let Some(known) = known else { return self.refuse_nobody().await };
        let hash = match (verdict, known.password_hash.as_deref()) {
            (Verdict::Right, Some(hash)) => hash.to_owned(),
            (Verdict::RightButOld, Some(_)) => self.passwords.hash(password.expose()).await?,
            _ => return self.refuse(known.account.id, ErrorCode::CredentialsWrong, visit).await,
        };
        if known.account.locked {
            return Err(ErrorCode::AccountLocked.into());
        }
        self.enter(known, &hash, sign_in.code, visit).await
    }

    /// The second half of a sign-in: `challenge` is what [`AuthError::CodeRequired`] carried.
    ///
    /// # Errors
    /// [`ErrorCode::CodeWrong`]; after too many of them, or too late, [`ErrorCode::LinkExpired`]; failures of the
    /// database.
    pub async fn sign_in_with_code(
        &self,
        challenge: &Secret,
        code: &Secret,
        visit: &Visit,
    ) -> Result<SessionTokens, AuthError> {
        let expired = || AuthError::Refused(ErrorCode::LinkExpired);
        let hash = OpaqueToken::parse(challenge.expose()).ok_or_else(expired)?.hash();
        let mut tx = self.database.begin().await?;
        let counted = links::count_code(&mut *tx, &hash, self.now_ms()).await?;
        let (user, tried) = counted.ok_or_else(expired)?;
        if self.check_code(&mut tx, user, code, visit).await? {
            links::remove(&mut *tx, &hash).await?;
            let started = self.begin_session(&mut tx, user, visit).await?;
            tx.commit().await?;
            return self.tokens(started).await;
        }
        if tried >= MAX_WRONG_CODES {
            links::remove(&mut *tx, &hash).await?;
        }
        self.record(&mut tx, user, SecurityEventKind::SignInFailed, visit).await?;
        tx.commit().await?;
        Err(ErrorCode::CodeWrong.into())
    }

    /// Ends the session of the request. Who has none is signed out already.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn sign_out(&self, principal: &Principal, visit: &Visit) -> Result<(), AuthError> {
        let Via::Session(session) = principal.via else { return Ok(()) };
        let mut tx = self.database.begin().await?;
        if sessions::revoke(&mut *tx, principal.user, session, self.now_ms()).await? {
            self.record(&mut tx, principal.user, SecurityEventKind::SignedOut, visit).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The password was right; `hash` is what it is hashed to from now on.
    async fn enter(
        &self,
        known: Credentials,
        hash: &str,
        code: Option<Secret>,
        visit: &Visit,
    ) -> Result<SessionTokens, AuthError> {
        let user = known.account.id;
        let checked = known.password_hash.unwrap_or_default();
        let mut tx = self.database.begin().await?;
        if !accounts::confirm_password(&mut *tx, user, &checked, hash).await? {
            return Err(ErrorCode::CredentialsWrong.into());
        }
        match (known.account.totp_enabled, code) {
            (false, _) => {}
            (true, None) => {
                let challenge = self.one_time(&mut tx, Some(user), Purpose::SignInCode, None).await?.token;
                tx.commit().await?;
                return Err(AuthError::CodeRequired { challenge });
            }
            (true, Some(code)) => {
                if !self.check_code(&mut tx, user, &code, visit).await? {
                    // The writer must be free again before the refusal is written down.
                    tx.commit().await?;
                    return self.refuse(user, ErrorCode::CodeWrong, visit).await;
                }
            }
        }
        let started = self.begin_session(&mut tx, user, visit).await?;
        tx.commit().await?;
        self.tokens(started).await
    }

    async fn refuse<T>(&self, user: UserId, code: ErrorCode, visit: &Visit) -> Result<T, AuthError> {
        let mut connection = self.database.writer().acquire().await?;
        self.record(&mut connection, user, SecurityEventKind::SignInFailed, visit).await?;
        Err(code.into())
    }

    /// Refuses where there is no account whose history could have the failure: a decoy is written down instead, so that
    /// this case too waits for the disk.
    async fn refuse_nobody<T>(&self) -> Result<T, AuthError> {
        let mut connection = self.database.writer().acquire().await?;
        self.one_time(&mut connection, None, Purpose::SignInCode, None).await?;
        Err(ErrorCode::CredentialsWrong.into())
    }

    async fn begin_session(
        &self,
        tx: &mut AnyConnection,
        user: UserId,
        visit: &Visit,
    ) -> Result<Started, AuthError> {
        let now_ms = self.now_ms();
        let session = Session {
            id: SessionId::new(now_ms, self.random.bits_128()),
            user,
            device: visit.device.clone(),
            network: visit.network.clone(),
            created_at_ms: now_ms,
            last_seen_at_ms: now_ms,
            idle_ends_at_ms: now_ms + self.config.lifetimes.session_idle_ms,
            expires_at_ms: now_ms + self.config.lifetimes.session_ms,
            revoked: false,
        };
        let refresh = OpaqueToken::random(self.random.as_ref());
        sessions::insert(&mut *tx, &session).await?;
        sessions::insert_token(&mut *tx, &refresh.hash(), session.id).await?;
        self.record(tx, user, SecurityEventKind::SignedIn, visit).await?;
        Ok(Started { session, refresh })
    }

    /// The pair of tokens for a session. Not within a transaction: a new signing key may have to be written.
    pub(super) async fn tokens(
        &self,
        Started { session, refresh }: Started,
    ) -> Result<SessionTokens, AuthError> {
        let ends_at_ms = session.idle_ends_at_ms.min(session.expires_at_ms);
        let (access, access_ends_at_ms) =
            self.access_tokens.write(session.user, session.id, ends_at_ms).await?;
        Ok(SessionTokens {
            access,
            access_ends_at_ms,
            refresh: refresh.secret(),
            refresh_ends_at_ms: ends_at_ms,
            session: session.id,
            user: session.user,
        })
    }
}
