//! Forgetting what has expired.

use super::repository::{api_keys, events, links, sessions, signing_keys};
use super::{AuthError, AuthService};

impl AuthService {
    /// Forgets what has expired: links, sessions, keys, old history; says how many rows went.
    ///
    /// # Errors
    /// Failures of the database; what was forgotten before stays so.
    pub async fn sweep(&self) -> Result<u64, AuthError> {
        let (db, now_ms, lifetimes) = (self.database.writer(), self.now_ms(), &self.config.lifetimes);
        let mut gone = links::remove_expired(db, now_ms).await?;
        gone += sessions::remove_ended(db, now_ms).await?;
        gone += signing_keys::remove_old(db, now_ms).await?;
        gone += api_keys::remove_expired(db, now_ms - lifetimes.ended_key_shown_ms).await?;
        gone += events::remove_before(db, now_ms - lifetimes.security_event_ms).await?;
        Ok(gone)
    }
}
