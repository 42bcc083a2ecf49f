//! What handlers read requests with. A request that cannot be read is a problem of the closed table, like any other.

mod json;
mod path;
mod query;

#[expect(unused_imports, reason = "until the accounts that use it are merged")]
pub(crate) use json::JsonBody;
pub(crate) use json::limited;
pub(crate) use path::PathId;
pub(crate) use query::QueryOf;
