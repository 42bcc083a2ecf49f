//! What lists by keyset have in common (`contract::paging`).

use contract::ErrorCode;
use contract::paging::{Page, PageQuery};

use crate::auth::AuthError;

/// Where a page begins.
pub(crate) fn after<T: std::str::FromStr>(query: &PageQuery) -> Result<Option<T>, AuthError> {
    let parsed = query.after.as_deref().map(str::parse).transpose();
    parsed.map_err(|_| AuthError::field("after", ErrorCode::FieldInvalid))
}

/// A page, of which one item more than it holds was looked for.
pub(crate) fn page<T>(mut items: Vec<T>, limit: u32, key: impl Fn(&T) -> String) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(key);
    Page { items, next }
}
