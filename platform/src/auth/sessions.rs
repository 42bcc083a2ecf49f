//! Where an account is signed in, and ending that.

use contract::ErrorCode;
use contract::auth::{SecurityEventKind, SessionId, SessionView};

use super::repository::sessions;
use super::{AuthError, AuthService, Principal, Visit};

impl AuthService {
    /// Where the account is signed in, the session used last first.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for an API key, and failures of the database.
    pub async fn sessions(&self, principal: &Principal) -> Result<Vec<SessionView>, AuthError> {
        principal.require_person()?;
        let living = sessions::living(self.database.reader(), principal.user, self.now_ms()).await?;
        let view = |session: sessions::Session| SessionView {
            id: session.id,
            current: principal.session() == Some(session.id),
            device: session.device,
            network: session.network,
            created_at_ms: session.created_at_ms,
            last_seen_at_ms: session.last_seen_at_ms,
            expires_at_ms: session.expires_at_ms.min(session.idle_ends_at_ms),
        };
        Ok(living.into_iter().map(view).collect())
    }

    /// Ends one session of the account.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for an API key, [`ErrorCode::NotFound`] if it has no such session, and failures of the
    /// database.
    pub async fn revoke_session(
        &self,
        principal: &Principal,
        session: SessionId,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        principal.require_person()?;
        let mut tx = self.database.begin().await?;
        if !sessions::revoke(&mut *tx, principal.user, session, self.now_ms()).await? {
            return Err(ErrorCode::NotFound.into());
        }
        self.record(&mut tx, principal.user, SecurityEventKind::SessionsRevoked, visit).await?;
        Ok(tx.commit().await?)
    }

    /// Ends every session of the account but the one that asks.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for an API key, and failures of the database.
    pub async fn revoke_other_sessions(&self, principal: &Principal, visit: &Visit) -> Result<(), AuthError> {
        principal.require_person()?;
        let (user, kept) = (principal.user, principal.session());
        let mut tx = self.database.begin().await?;
        if sessions::revoke_all_but(&mut *tx, user, kept, self.now_ms()).await? > 0 {
            self.record(&mut tx, user, SecurityEventKind::SessionsRevoked, visit).await?;
        }
        Ok(tx.commit().await?)
    }
}
