//! The SQL of accounts, one file per kind of row. One SQL serves both databases, so there is nothing to abstract.

pub(super) mod accounts;
pub(super) mod api_keys;
pub(super) mod events;
pub(super) mod links;
pub(super) mod sessions;
pub(super) mod signing_keys;
pub(super) mod totp;

use std::str::FromStr;

use sqlx::Row;
use sqlx::any::AnyRow;

/// A column that holds the text of something else, such as an id.
fn parsed<T>(row: &AnyRow, column: &str) -> Result<T, sqlx::Error>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.try_get(column)?;
    text.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))
}
