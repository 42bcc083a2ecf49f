//! Refresh tokens: single use, and a family that ends when one is used again (`docs/adr/0007-sessions.md`).

use contract::ErrorCode;
use contract::auth::SecurityEventKind;
use contract::fields::Secret;
use sqlx::AnyConnection;

use super::opaque::OpaqueToken;
use super::repository::accounts;
use super::repository::sessions::{self, Session};
use super::sign_in::Started;
use super::{AuthError, AuthService, SessionTokens, Visit};
use crate::mail::Notice;

/// What the second coming of a token is.
enum Coming {
    /// The first one: a child is born.
    First,
    /// The answer was lost, or two tabs asked at once: the same child again.
    Repeated,
    /// Somebody holds a token that somebody else has used.
    Reused,
}

impl AuthService {
    /// The next pair of tokens of a session.
    ///
    /// A token is good once. The same token again within ten seconds, while its child is unused, gets the same child:
    /// so a lost answer costs nothing and two tabs agree. Any other repetition means that two parties hold the family:
    /// it ends, for both, and its owner is told.
    ///
    /// # Errors
    /// [`ErrorCode::SessionEnded`], and failures of the database.
    pub async fn refresh(&self, token: &Secret, visit: &Visit) -> Result<SessionTokens, AuthError> {
        let ended = || AuthError::Refused(ErrorCode::SessionEnded);
        let parent = OpaqueToken::parse(token.expose()).ok_or_else(ended)?;
        let mut tx = self.database.begin().await?;
        let held = sessions::hold_by_refresh_token(&mut *tx, &parent.hash()).await?;
        let session = held.filter(|session| session.lives(self.now_ms())).ok_or_else(ended)?;
        let refresh = parent.child(&self.refresh_key);
        let started = match self.coming(&mut tx, &parent, &refresh).await? {
            Coming::First => self.give_birth(&mut tx, session, &parent, refresh, visit).await?,
            Coming::Repeated => Started { session, refresh },
            Coming::Reused => {
                self.end_family(&mut tx, &session, visit).await?;
                tx.commit().await?;
                return Err(ended());
            }
        };
        tx.commit().await?;
        self.tokens(started).await
    }

    async fn coming(
        &self,
        tx: &mut AnyConnection,
        parent: &OpaqueToken,
        child: &OpaqueToken,
    ) -> Result<Coming, AuthError> {
        let Some(used_at_ms) = sessions::token_used_at_ms(&mut *tx, &parent.hash()).await?.flatten() else {
            return Ok(Coming::First);
        };
        let soon = self.now_ms() - used_at_ms <= self.config.lifetimes.refresh_retry_ms;
        let child_unused = sessions::token_used_at_ms(&mut *tx, &child.hash()).await? == Some(None);
        Ok(if soon && child_unused { Coming::Repeated } else { Coming::Reused })
    }

    async fn give_birth(
        &self,
        tx: &mut AnyConnection,
        mut session: Session,
        parent: &OpaqueToken,
        refresh: OpaqueToken,
        visit: &Visit,
    ) -> Result<Started, AuthError> {
        let now_ms = self.now_ms();
        if !sessions::use_token(&mut *tx, &parent.hash(), now_ms).await? {
            return Err(ErrorCode::SessionEnded.into());
        }
        sessions::insert_token(&mut *tx, &refresh.hash(), session.id).await?;
        session.idle_ends_at_ms = now_ms + self.config.lifetimes.session_idle_ms;
        sessions::touch(&mut *tx, session.id, visit, now_ms, session.idle_ends_at_ms).await?;
        Ok(Started { session, refresh })
    }

    async fn end_family(
        &self,
        tx: &mut AnyConnection,
        session: &Session,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        sessions::revoke(&mut *tx, session.user, session.id, self.now_ms()).await?;
        self.record(tx, session.user, SecurityEventKind::RefreshReused, visit).await?;
        let Some(owner) = accounts::by_id(&mut *tx, session.user).await? else { return Ok(()) };
        self.notify(tx, &owner.account, Notice::SessionEndedByReuse, visit).await
    }
}
