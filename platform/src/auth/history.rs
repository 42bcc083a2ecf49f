//! What happened to an account's security.

use contract::auth::{SecurityEventId, SecurityEventView};
use contract::paging::{Page, PageQuery};

use super::repository::events;
use super::{AuthError, AuthService, Principal};
use crate::paging::{after, page};

impl AuthService {
    /// What happened to the account's security, the youngest first.
    ///
    /// # Errors
    /// `forbidden` for an API key, the field `after`, and failures of the database.
    pub async fn security_events(
        &self,
        principal: &Principal,
        query: &PageQuery,
    ) -> Result<Page<SecurityEventView>, AuthError> {
        principal.require_person()?;
        let after: Option<SecurityEventId> = after(query)?;
        let limit = query.limit();
        let items = events::page(self.database.reader(), principal.user, after, limit + 1).await?;
        Ok(page(items, limit, |event| event.id.to_string()))
    }
}
