//! What happened to an account's security.

use contract::auth::SecurityEventView;
use contract::paging::{Page, PageQuery};
use contract::{ErrorCode, auth::SecurityEventId};

use super::repository::events;
use super::{AuthError, AuthService, Principal};

impl AuthService {
    /// What happened to the account's security, the youngest first.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for an API key, the field `after`, and failures of the database.
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

/// Where a page begins.
pub(super) fn after<T: std::str::FromStr>(query: &PageQuery) -> Result<Option<T>, AuthError> {
    let parsed = query.after.as_deref().map(str::parse).transpose();
    parsed.map_err(|_| AuthError::field("after", ErrorCode::FieldInvalid))
}

/// A page, of which one item more than it holds was looked for.
pub(super) fn page<T>(mut items: Vec<T>, limit: u32, key: impl Fn(&T) -> String) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(key);
    Page { items, next }
}
