//! What stands after the `?` of an address.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use contract::ErrorCode;
use serde::de::DeserializeOwned;

use crate::api::error::ApiError;

/// The query of the address, read as `T`.
#[derive(Debug)]
pub(crate) struct QueryOf<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for QueryOf<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Query(value) = Query::try_from_uri(&parts.uri).map_err(|_| ErrorCode::RequestMalformed)?;
        Ok(Self(value))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use contract::paging::PageQuery;

    use super::*;

    async fn page(address: &str) -> Result<PageQuery, ApiError> {
        let (mut parts, ()) = Request::get(address).body(()).unwrap().into_parts();
        QueryOf::from_request_parts(&mut parts, &()).await.map(|QueryOf(query)| query)
    }

    #[tokio::test]
    async fn a_query_is_read_or_is_a_problem() {
        let query = page("/users?limit=5&after=abc").await.unwrap();
        assert_eq!((query.limit(), query.after.as_deref()), (5, Some("abc")));
        for bad in ["/users?limit=many", "/users?limit=-1", "/users?page=2", "/users?limit=1&limit=2"] {
            assert_eq!(page(bad).await.unwrap_err(), ErrorCode::RequestMalformed.into(), "{bad}");
        }
    }
}
