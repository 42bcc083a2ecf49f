//! Lists by keyset: a page says where the next one begins, and rows that come or go meanwhile shift nothing.

use serde::{Deserialize, Serialize};

/// How many items a page has unless asked otherwise.
pub const DEFAULT_LIMIT: u32 = 20;

/// The most items of a page.
pub const MAX_LIMIT: u32 = 100;

/// Which page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// `next` of the page before; the first page without it.
    #[serde(default)]
    pub after: Option<String>,
    /// How many items, 1 to 100; 20 if not given.
    #[serde(default)]
    pub limit: Option<u32>,
}

impl PageQuery {
    /// How many items, within the bounds.
    pub fn limit(&self) -> u32 {
        self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT)
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Where the next page begins; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
