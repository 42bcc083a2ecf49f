//! Which of our languages a visitor reads.

use axum::http::{HeaderMap, header};
use contract::Language;
use platform::users::UserService;

use super::session::Caller;

/// The first of ours that the visitor's program asks for.
pub(crate) fn accepted(headers: &HeaderMap) -> Option<Language> {
    Language::accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?)
}

/// What somebody who is signed in chose. Asked for where something failed: it costs a look into the database.
pub(crate) async fn chosen(users: &UserService, caller: Option<&Caller>) -> Option<Language> {
    let Some(Caller::Known(principal)) = caller else { return None };
    users.settings(principal).await.ok()?.language
}
