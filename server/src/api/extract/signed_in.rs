//! Who sends a request, as far as an operation must know.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use contract::ErrorCode;
use contract::auth::Scope;
use platform::auth::Principal;

use crate::api::error::ApiError;
use crate::middleware::session::Caller;

/// A person who signed in: with cookies or an access token. An API key is none.
#[derive(Debug)]
pub(crate) struct SignedIn(pub(crate) Principal);

/// A person who signed in and looks after the platform.
#[derive(Debug)]
pub(crate) struct Administrator(pub(crate) Principal);

/// A person who signed in, or an API key with this scope.
#[derive(Debug)]
pub(crate) struct WithScope<S> {
    pub(crate) principal: Principal,
    scope: PhantomData<S>,
}

/// A scope as a type, so that a handler's signature says which one it asks for.
pub(crate) trait NamedScope {
    const SCOPE: Scope;
}

/// The scopes as types.
macro_rules! named_scopes {
    ($($name:ident),+) => {$(
        #[doc = concat!("[`Scope::", stringify!($name), "`].")]
        #[derive(Debug)]
        pub(crate) struct $name;

        impl NamedScope for $name {
            const SCOPE: Scope = Scope::$name;
        }
    )+};
}

named_scopes!(ProfileRead, ProfileWrite, SwapsWrite, MediaRead, MediaWrite);

/// Whoever it is; a problem if that is nobody.
fn principal(parts: &Parts) -> Result<Principal, ApiError> {
    match parts.extensions.get::<Caller>() {
        Some(Caller::Known(principal)) => Ok(principal.clone()),
        Some(Caller::Refused(code)) => Err((*code).into()),
        Some(Caller::Nobody) | None => Err(ErrorCode::SignInRequired.into()),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let principal = principal(parts)?;
        principal.require_person()?;
        Ok(Self(principal))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let principal = principal(parts)?;
        principal.require_admin()?;
        Ok(Self(principal))
    }
}

impl<S: Send + Sync, N: NamedScope> FromRequestParts<S> for WithScope<N> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let principal = principal(parts)?;
        principal.require_scope(N::SCOPE)?;
        Ok(Self { principal, scope: PhantomData })
    }
}
