//! `/account/keys`: API keys.

use app::account::{KeysPage, Sent};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use contract::ErrorCode;
use contract::auth::{CreateApiKey, CreatedApiKey};
use contract::fields::FieldError;
use platform::auth::AuthError;
use serde::Deserialize;

use super::door::{InAddress, Posted};
use super::owner::Owner;
use super::show;
use crate::api::extract::VisitOf;
use crate::http::AppState;

const HOME: &str = "/account/keys";

/// What the form offers: as many days as a key has when a program does not say.
const DAYS: &str = "90";

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

pub(super) async fn get(
    State(state): State<AppState>,
    owner: Owner,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let revoked = asked.done.is_some();
    list(&state, &owner, StatusCode::OK, empty_form(), None, revoked).await
}

/// Shows the new key with this very answer: it is kept nowhere.
pub(super) async fn create(
    State(state): State<AppState>,
    owner: Owner,
    VisitOf(visit): VisitOf,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Response {
    let form = sent(&pairs);
    let outcome = match read(&pairs) {
        Ok(new) => state.auth.create_api_key(&owner.principal, new, &visit).await,
        Err(faults) => Err(AuthError::Fields(faults)),
    };
    match outcome {
        Ok(made) => list(&state, &owner, StatusCode::OK, empty_form(), Some(made), false).await,
        Err(error) => {
            let (status, form) = show::refused(error, form);
            list(&state, &owner, status, form, None, false).await
        }
    }
}

pub(super) async fn revoke(
    State(state): State<AppState>,
    owner: Owner,
    VisitOf(visit): VisitOf,
    Path(id): Path<String>,
) -> Response {
    let outcome = match id.parse() {
        Ok(id) => state.auth.revoke_api_key(&owner.principal, id, &visit).await,
        Err(_) => Err(AuthError::Refused(ErrorCode::NotFound)),
    };
    match outcome {
        // One that is gone already is as its owner wants it.
        Ok(()) | Err(AuthError::Refused(ErrorCode::NotFound)) => {
            Redirect::to(&format!("{HOME}?done=revoked")).into_response()
        }
        Err(error) => show::failure(&state, &owner.seen, error.code()),
    }
}

async fn list(
    state: &AppState,
    owner: &Owner,
    status: StatusCode,
    form: Sent,
    made: Option<CreatedApiKey>,
    revoked: bool,
) -> Response {
    match state.auth.api_keys(&owner.principal).await {
        Ok(keys) => show::at(state, &owner.seen, HOME, status, KeysPage { keys, form, made, revoked }),
        Err(error) => show::failure(state, &owner.seen, error.code()),
    }
}

fn empty_form() -> Sent {
    Sent::with([("expires_in_days", DAYS.to_owned())])
}

fn values<'a>(pairs: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    pairs.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
}

fn sent(pairs: &[(String, String)]) -> Sent {
    let first = |name| values(pairs, name).next().unwrap_or_default().to_owned();
    let scopes = values(pairs, "scopes").collect::<Vec<_>>().join(" ");
    Sent::with([("name", first("name")), ("expires_in_days", first("expires_in_days")), ("scopes", scopes)])
}

fn read(pairs: &[(String, String)]) -> Result<contract::auth::NewApiKey, Vec<FieldError>> {
    let name = values(pairs, "name").next().unwrap_or_default().to_owned();
    let scopes = values(pairs, "scopes").filter_map(|scope| scope.parse().ok()).collect();
    // What is no number is out of every range.
    let days = values(pairs, "expires_in_days").next().map(|days| days.trim().parse().unwrap_or(0));
    CreateApiKey { name, scopes, expires_in_days: days }.check()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn ticks_of_one_name_are_all_read() {
        let fields = pairs(&[
            ("name", "CI"),
            ("scopes", "profile:read"),
            ("scopes", "swaps:write"),
            ("expires_in_days", "7"),
        ]);
        let key = read(&fields).unwrap();
        assert_eq!((key.scopes.len(), key.expires_in_days), (2, 7));
        assert_eq!(sent(&fields).values["scopes"], "profile:read swaps:write");
    }

    #[test]
    fn what_is_no_number_is_a_fault_of_its_field() {
        let faults = read(&pairs(&[("name", ""), ("expires_in_days", "soon")])).unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["name", "scopes", "expires_in_days"]);
    }
}
