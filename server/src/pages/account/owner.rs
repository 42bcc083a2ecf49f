//! Who may see the pages of an account.

use app::account::Arrival;
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use contract::ErrorCode;
use contract::users::Me;
use platform::auth::Principal;

use super::show;
use crate::http::AppState;
use crate::middleware::session::Caller;
use crate::pages::seen::{self, Seen};

/// The person whose account it is. Anybody else is sent to sign in.
#[derive(Debug)]
pub(super) struct Owner {
    pub(super) principal: Principal,
    pub(super) me: Me,
    pub(super) seen: Seen,
}

/// What a page is made for, whoever looks.
#[derive(Debug)]
pub(super) struct Anybody(pub(super) Seen);

impl<S: Send + Sync> FromRequestParts<S> for Anybody {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(seen::of(parts)))
    }
}

impl FromRequestParts<AppState> for Owner {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let seen = seen::of(parts);
        match (parts.extensions.get::<Caller>(), seen.me.clone()) {
            (_, Err(code)) => Err(show::failure(state, &seen, code)),
            (Some(Caller::Known(principal)), Ok(Some(me))) => {
                let principal = principal.clone();
                match principal.require_person() {
                    Ok(()) => Ok(Self { principal, me, seen }),
                    Err(error) => Err(show::failure(state, &seen, error.code())),
                }
            }
            (Some(Caller::Refused(code @ ErrorCode::AccountLocked)), _) => {
                Err(show::failure(state, &seen, *code))
            }
            _ => Err(to_sign_in(parts)),
        }
    }
}

/// The way to sign in, and back here. A form's own address shows nothing: its sender begins again at the account.
fn to_sign_in(parts: &Parts) -> Response {
    let address = match parts.method {
        Method::GET => parts.uri.path_and_query().map_or("/account", |address| address.as_str()),
        _ => "/account",
    };
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("from", Arrival::SentHere.as_str())
        .append_pair("next", address)
        .finish();
    Redirect::to(&format!("/sign-in?{query}")).into_response()
}
