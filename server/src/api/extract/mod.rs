//! What handlers read requests with. A request that cannot be read is a problem of the closed table, like any other.

mod json;
mod path;
mod query;
mod signed_in;
mod visit;

pub(crate) use json::{JsonBody, MAX_JSON_BYTES, limited};
pub(crate) use path::PathId;
pub(crate) use query::QueryOf;
pub(crate) use signed_in::{
    Administrator, MediaRead, MediaWrite, ProfileRead, ProfileWrite, SignedIn, SwapsWrite, WithScope,
};
pub(crate) use visit::VisitOf;
